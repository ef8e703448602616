import { Button, TextInput, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { NumberView } from '@rollcall/contract/numbers';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { problemOf } from '../../api/problem.ts';
import { ConfirmDanger } from '../../ui/ConfirmDanger.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { FormLayout } from '../../ui/form/FormLayout.tsx';
import { useServerForm } from '../../ui/form/use-server-form.ts';
import { Notice } from '../../ui/Notice.tsx';
import { SideDrawer } from '../../ui/SideDrawer.tsx';
import { toastDone } from '../../ui/toast.ts';
import { HolderField, holderInput, holderOf } from './HolderField.tsx';
import { numbersKey } from './numbers-queries.ts';
import { usePhoneFormat } from './use-phone-format.ts';

/** Labels, assigns, frees or removes one number; says who is touched by it. */
export function EditNumber({ number, onClose }: { number: NumberView; onClose: () => void }) {
  const { t } = useTranslation();
  const write = usePhoneFormat();
  const queryClient = useQueryClient();
  const [removing, remove] = useDisclosure(false);
  const [warnings, setWarnings] = useState<string[]>([]);
  const refresh = () => queryClient.invalidateQueries({ queryKey: [numbersKey] });
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: { label: number.label, holder: holderOf(number) },
    async submit({ label, holder }) {
      const saved = await body(
        api.PATCH('/api/v1/numbers/{id}', {
          params: { path: { id: number.id } },
          headers: { 'If-Match': `"v${number.version}"` },
          body: { label, ...holderInput(holder) },
        }),
      );
      await refresh();
      const told = saved.warnings?.map(({ message }) => message) ?? [];
      if (told.length > 0) return setWarnings(told);
      onClose();
      void toastDone(t('numbers.saved', { number: write(number.e164) }));
    },
  });
  const held = holderOf(number) !== null;
  const moves = form.values.holder !== holderOf(number);
  const stale = problemOf(failure.error).code === 'precondition_failed';
  if (removing) {
    return (
      <ConfirmDanger
        opened
        onClose={onClose}
        title={t('numbers.removeTitle', { number: write(number.e164) })}
        confirmLabel={t('numbers.remove')}
        preview={{
          status: 'ready',
          groups: [
            {
              kind: 'ends',
              heading: t('numbers.removeEnds'),
              items: [{ key: 'number', text: t('numbers.removeWhat') }],
            },
          ],
        }}
        onConfirm={async () => {
          await api.DELETE('/api/v1/numbers/{id}', { params: { path: { id: number.id } } });
          await refresh();
          void toastDone(t('numbers.removed', { number: write(number.e164) }));
        }}
      />
    );
  }
  const done = warnings.length > 0;
  return (
    <SideDrawer
      opened
      onClose={onClose}
      title={write(number.e164)}
      footer={
        done ? (
          <Button onClick={onClose}>{t('ui.close')}</Button>
        ) : (
          <>
            <Tooltip label={t('numbers.removeBlocked')} disabled={!held}>
              <Button
                variant="default"
                mr="auto"
                data-disabled={held || undefined}
                aria-disabled={held}
                onClick={() => !held && remove.open()}
              >
                {t('numbers.remove')}
              </Button>
            </Tooltip>
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" form="number" loading={submitting}>
              {t('ui.save')}
            </Button>
          </>
        )
      }
    >
      <FormLayout id="number" onSubmit={onSubmit}>
        {warnings.map((message) => (
          <Notice key={message} tone="warn" role="status">
            {message}
          </Notice>
        ))}
        <TextInput
          data-autofocus
          label={t('numbers.columns.label')}
          description={t('numbers.labelHelp')}
          maxLength={200}
          disabled={done}
          {...form.getInputProps('label')}
        />
        <HolderField
          label={t('numbers.columns.holder')}
          description={t('numbers.holderHelp')}
          valueName={number.user?.name ?? number.group?.name}
          disabled={done}
          value={form.values.holder}
          onChange={(holder) => form.setFieldValue('holder', holder)}
          error={form.errors.holder ?? form.errors.userId ?? form.errors.groupId}
        />
        {moves && held && !done && (
          <Notice tone="info">
            {t('numbers.moves', { name: number.user?.name ?? number.group?.name })}{' '}
            {number.defaultOf > 0 && t('numbers.movesDefault', { count: number.defaultOf })}
          </Notice>
        )}
        <FormFailure {...failure} />
        {stale && (
          <Button
            variant="default"
            onClick={() => {
              void refresh();
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
