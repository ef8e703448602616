import { Button, Modal, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { FormLayout } from '../../ui/form/FormLayout.tsx';
import { fieldChecks } from '../../ui/form/field-checks.ts';
import { useServerForm } from '../../ui/form/use-server-form.ts';
import { toastDone } from '../../ui/toast.ts';
import { useFocusReturn } from '../../ui/use-focus-return.ts';
import { savedViewsQuery } from './agents-queries.ts';
import { type AgentsView, serverColumns } from './agents-view.ts';

interface NameViewProps {
  view: AgentsView;
  query: string;
  onClose: () => void;
}

/** Keeps the view under a name. */
export function NameView({ view, query, onClose }: NameViewProps) {
  const { t } = useTranslation();
  useFocusReturn();
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
    <Modal
      opened
      onClose={onClose}
      size="sm"
      title={t('agents.views.saveTitle')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
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
    </Modal>
  );
}
