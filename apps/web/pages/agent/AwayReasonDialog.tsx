import { Button, Modal, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { FormLayout } from '../../ui/form/FormLayout.tsx';
import { fieldChecks } from '../../ui/form/field-checks.ts';
import { useServerForm } from '../../ui/form/use-server-form.ts';
import { useFocusReturn } from '../../ui/use-focus-return.ts';

interface AwayReasonDialogProps {
  onClose: () => void;
  onAway: (reason: string) => Promise<unknown>;
}

/** Sets somebody away, with the reason that colleagues see. */
export function AwayReasonDialog({ onClose, onAway }: AwayReasonDialogProps) {
  const { t } = useTranslation();
  useFocusReturn();
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: { awayReason: '' },
    validate: { awayReason: fieldChecks(t).required },
    async submit({ awayReason }) {
      await onAway(awayReason.trim());
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="sm"
      title={t('agents.availability.setAway')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <FormLayout
        onSubmit={onSubmit}
        actions={
          <>
            <Button variant="default" onClick={onClose} ml="auto">
              {t('ui.cancel')}
            </Button>
            <Button type="submit" loading={submitting}>
              {t('agents.availability.setAway')}
            </Button>
          </>
        }
      >
        <TextInput
          data-autofocus
          label={t('agents.availability.reason')}
          maxLength={200}
          {...form.getInputProps('awayReason')}
        />
        <FormFailure {...failure} />
      </FormLayout>
    </Modal>
  );
}
