import { Button, Modal, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSetAvailability } from '../session/availability.ts';
import { FormFailure } from '../ui/form/FormFailure.tsx';
import { FormLayout } from '../ui/form/FormLayout.tsx';
import { useServerForm } from '../ui/form/use-server-form.ts';
import { useFocusReturn } from '../ui/use-focus-return.ts';
import classes from './AwayDialog.module.css';

const usual = ['lunch', 'break', 'meeting', 'training'] as const;

/** Going away, with a reason that colleagues see: a usual one with one click, or one's own. */
export function AwayDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useFocusReturn();
  const set = useSetAvailability();
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: { awayReason: '' },
    async submit({ awayReason }) {
      const reason = awayReason.trim();
      await set.mutateAsync({ availability: 'away', ...(reason ? { awayReason: reason } : {}) });
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('availability.awayTitle')}
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
              {t('availability.goAway')}
            </Button>
          </>
        }
      >
        <TextInput
          data-autofocus
          label={t('availability.reason')}
          description={t('availability.reasonHelp')}
          maxLength={200}
          {...form.getInputProps('awayReason')}
        />
        <div className={classes.usual}>
          {usual.map((reason) => (
            <Button
              key={reason}
              variant="default"
              size="compact-sm"
              onClick={() => form.setFieldValue('awayReason', t(`availability.usual.${reason}`))}
            >
              {t(`availability.usual.${reason}`)}
            </Button>
          ))}
        </div>
        <FormFailure {...failure} />
      </FormLayout>
    </Modal>
  );
}
