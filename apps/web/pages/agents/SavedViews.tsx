import { Button, Menu, Popover, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { paths } from '../../paths.ts';
import { writeSearch } from '../../shell/search-params.ts';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { FormLayout } from '../../ui/form/FormLayout.tsx';
import { fieldChecks } from '../../ui/form/field-checks.ts';
import { useServerForm } from '../../ui/form/use-server-form.ts';
import { toastDone } from '../../ui/toast.ts';
import { savedViewsQuery } from './agents-queries.ts';
import { type AgentsView, serverColumns } from './agents-view.ts';
import classes from './SavedViews.module.css';

/** Views that one keeps for oneself: open one, keep this one, remove one. */
export function SavedViews({ view }: { view: AgentsView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const views = useQuery(savedViewsQuery);
  const [naming, name] = useDisclosure(false);
  const query = writeSearch({ ...view }).slice(1);
  const remove = async (id: string) => {
    await api.DELETE('/api/v1/saved-views/{id}', { params: { path: { id } } });
    await queryClient.invalidateQueries({ queryKey: savedViewsQuery.queryKey });
  };
  const current = views.data?.find((one) => one.query === query);
  return (
    <Popover
      opened={naming}
      onChange={(open) => !open && name.close()}
      position="bottom-end"
      trapFocus
      width={300}
      withinPortal={false}
    >
      <Menu position="bottom-end">
        <Popover.Target>
          <span>
            <Menu.Target>
              <Button variant="default" leftSection={<IconBookmark size={15} stroke={1.8} />}>
                {current?.name ?? t('agents.views.title')}
              </Button>
            </Menu.Target>
          </span>
        </Popover.Target>
        <Menu.Dropdown className={classes.menu}>
          {views.data?.map((one) => (
            <div key={one.id} className={classes.line} role="none">
              <Menu.Item
                aria-current={one.id === current?.id || undefined}
                onClick={() => void navigate({ href: `${paths.agents()}?${one.query}` })}
              >
                {one.name}
              </Menu.Item>
              <Menu.Item
                className={classes.remove}
                aria-label={t('agents.views.remove', { name: one.name })}
                closeMenuOnClick={false}
                onClick={() => void remove(one.id)}
              >
                <IconTrash size={14} stroke={1.8} />
              </Menu.Item>
            </div>
          ))}
          {views.data?.length === 0 && <Menu.Label>{t('agents.views.none')}</Menu.Label>}
          <Menu.Divider />
          <Menu.Item onClick={name.open}>{t('agents.views.save')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Popover.Dropdown>
        <NameView view={view} query={query} onClose={name.close} />
      </Popover.Dropdown>
    </Popover>
  );
}

function NameView({ view, query, onClose }: { view: AgentsView; query: string; onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: { name: '' },
    validate: { name: fieldChecks(t).required },
    async submit(values) {
      await api.POST('/api/v1/saved-views', {
        body: { name: values.name, query, columns: serverColumns(view) },
      });
      await queryClient.invalidateQueries({ queryKey: savedViewsQuery.queryKey });
      void toastDone(t('agents.views.saved', { name: values.name }));
      onClose();
    },
  });
  return (
    <FormLayout
      onSubmit={onSubmit}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={submitting}>
            {t('ui.save')}
          </Button>
        </>
      }
    >
      <TextInput
        data-autofocus
        label={t('agents.views.name')}
        description={t('agents.views.nameHelp')}
        {...form.getInputProps('name')}
      />
      <FormFailure {...failure} />
    </FormLayout>
  );
}
