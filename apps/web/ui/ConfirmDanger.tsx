import { Button, Modal, Skeleton, Textarea } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './ConfirmDanger.module.css';
import { type Consequence, Consequences } from './Consequences.tsx';
import { ErrorState } from './ErrorState.tsx';
import { FormFailure } from './form/FormFailure.tsx';
import { useFocusReturn } from './use-focus-return.ts';

interface ConfirmDangerProps {
  opened: boolean;
  onClose: () => void;
  /** A question that names whom: "Deactivate Ada Lovelace?". */
  title: string;
  intro?: ReactNode;
  /** What must be chosen before there is a preview. */
  choices?: ReactNode;
  /** The preview; nothing can be confirmed before it is here. `waiting`: a choice is still to be made. */
  preview:
    | { status: 'waiting' }
    | { status: 'loading' }
    | { status: 'error'; error: unknown; retry: () => void }
    | { status: 'ready'; groups: Consequence[] };
  /** After the preview: what else belongs to the action, such as a successor. */
  children?: ReactNode;
  /** Asks for a reason or a ticket. */
  reason?: 'optional' | 'required';
  /** The verb: "Deactivate". Never "OK". */
  confirmLabel: string;
  /** Red for what takes something away; the accent otherwise. */
  tone?: 'danger' | 'normal';
  /** Rejects with a Problem: it is shown, and the dialog stays. */
  onConfirm: (reason: string) => Promise<unknown>;
}

/** Says exactly what will happen, and only then lets it happen. */
export function ConfirmDanger(props: ConfirmDangerProps) {
  const { opened, onClose, title, intro, preview, children, reason, confirmLabel, tone = 'danger' } = props;
  const { t } = useTranslation();
  useFocusReturn(opened);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    if (!opened) return;
    setText('');
    setBusy(false);
    setFailure(undefined);
  }, [opened]);

  const confirm = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await props.onConfirm(text.trim());
      onClose();
    } catch (thrown) {
      setFailure(thrown);
    } finally {
      setBusy(false);
    }
  };

  const blocked = preview.status !== 'ready' || (reason === 'required' && text.trim() === '');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size="lg"
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <div className={classes.body}>
        {intro && <div>{intro}</div>}
        {props.choices}
        {preview.status === 'loading' && <PreviewSkeleton />}
        {preview.status === 'error' && <ErrorState error={preview.error} onRetry={preview.retry} />}
        {preview.status === 'ready' && <Consequences groups={preview.groups} />}
        {children}
        {reason && (
          <Textarea
            label={t('ui.reason')}
            description={t('ui.reasonHelp')}
            required={reason === 'required'}
            autosize
            minRows={1}
            maxRows={4}
            maxLength={500}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <FormFailure error={failure} />
      </div>
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('ui.cancel')}
        </Button>
        <Button
          color={tone === 'danger' ? 'red' : undefined}
          disabled={blocked}
          loading={busy}
          onClick={() => void confirm()}
        >
          {confirmLabel}
        </Button>
      </div>
    </Modal>
  );
}

function PreviewSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('ui.loadingPreview')}>
      <Skeleton height={12} width="45%" mb={10} />
      <Skeleton height={10} width="80%" mb={8} />
      <Skeleton height={10} width="65%" />
    </div>
  );
}
