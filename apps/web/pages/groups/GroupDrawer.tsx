import { Button, Radio, TextInput } from '@mantine/core';
import type { GroupView, RingStrategy } from '@rollcall/contract/groups';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { problemOf } from '../../api/problem.ts';
import { paths } from '../../paths.ts';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { FormLayout } from '../../ui/form/FormLayout.tsx';
import { fieldChecks } from '../../ui/form/field-checks.ts';
import { useServerForm } from '../../ui/form/use-server-form.ts';
import { SideDrawer } from '../../ui/SideDrawer.tsx';
import { toastDone } from '../../ui/toast.ts';
import classes from './groups.module.css';
import { groupsKey, ringStrategies } from './groups-queries.ts';

interface GroupDrawerProps {
  opened: boolean;
  onClose: () => void;
  /** Left out to add one. */
  group?: GroupView;
}

export function GroupDrawer({ opened, onClose, group }: GroupDrawerProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: {
      name: group?.name ?? '',
      ringStrategy: (group?.ringStrategy ?? 'all_at_once') as RingStrategy,
    },
    validate: { name: fieldChecks(t).required },
    async submit(values) {
      const saved = group ? await save(group, values) : await add(values);
      await queryClient.invalidateQueries({ queryKey: [groupsKey] });
      onClose();
      if (group) return void toastDone(t('groups.saved', { name: saved.name }));
      await navigate({ href: paths.group(saved.id) });
    },
  });
  // Whoever reads that somebody else was faster sees what stands there now behind the drawer.
  const stale = problemOf(failure.error).code === 'precondition_failed';
  return (
    <SideDrawer
      opened={opened}
      onClose={onClose}
      title={group ? t('groups.editTitle', { name: group.name }) : t('groups.add')}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" form="group" loading={submitting}>
            {group ? t('ui.save') : t('groups.add')}
          </Button>
        </>
      }
    >
      <FormLayout id="group" onSubmit={onSubmit}>
        <TextInput
          data-autofocus
          label={t('groups.columns.name')}
          maxLength={200}
          {...form.getInputProps('name')}
        />
        <Radio.Group label={t('groups.columns.ringStrategy')} {...form.getInputProps('ringStrategy')}>
          <div className={classes.strategies}>
            {ringStrategies.map((strategy) => (
              <Radio
                key={strategy}
                size="xs"
                value={strategy}
                label={t(`groups.strategy.${strategy}`)}
                description={t(`groups.strategyHelp.${strategy}`)}
              />
            ))}
          </div>
        </Radio.Group>
        <FormFailure {...failure} />
        {stale && (
          <Button
            variant="default"
            onClick={() => {
              void queryClient.invalidateQueries({ queryKey: [groupsKey] });
              onClose();
            }}
          >
            {t('groups.seePresent')}
          </Button>
        )}
      </FormLayout>
    </SideDrawer>
  );
}

type Values = { name: string; ringStrategy: RingStrategy };

const add = (values: Values) => body(api.POST('/api/v1/groups', { body: values }));

const save = (group: GroupView, values: Values) =>
  body(
    api.PATCH('/api/v1/groups/{id}', {
      params: { path: { id: group.id } },
      headers: { 'If-Match': `"v${group.version}"` },
      body: values,
    }),
  );
