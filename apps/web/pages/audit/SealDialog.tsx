import { Button, Modal } from '@mantine/core';
import type { AuditCheckpoint } from '@rollcall/contract/audit';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import classes from './Audit.module.css';
import { checkpointQuery } from './audit-queries.ts';

const command = (file: string) => `npm run rollcall -- audit verify --checkpoint ${file}`;

/** What the seal is worth, the state of the chain to keep outside, and how it is verified. */
export function SealDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = useQuery(checkpointQuery);
  const checkpoint = found.data;
  const file = `rollcall-checkpoint-${checkpoint?.seq ?? 0}.json`;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('audit.seal.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <p style={{ marginTop: 0 }}>{t('audit.seal.intro')}</p>
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      <ol className={classes.steps}>
        <li>
          {t('audit.seal.keep')}
          <div style={{ margin: '0.375rem 0' }}>
            <Button
              loading={found.isPending}
              disabled={!checkpoint}
              leftSection={<IconDownload size={15} stroke={1.8} />}
              onClick={() => checkpoint && saveCheckpoint(checkpoint, file)}
            >
              {t('audit.seal.download')}
            </Button>
          </div>
          {checkpoint && (
            <span className={classes.quiet}>
              {t('audit.seal.at', { seq: format.number(checkpoint.seq), at: format.dateTime(checkpoint.at) })}
            </span>
          )}
        </li>
        <li>
          {t('audit.seal.verify')}
          <div className={classes.command}>
            <code>{command(file)}</code>
            <CopyButton value={command(file)} what={t('audit.seal.command')} />
          </div>
        </li>
        <li>{t('audit.seal.outcome')}</li>
      </ol>
    </Modal>
  );
}

function saveCheckpoint(checkpoint: AuditCheckpoint, file: string): void {
  const url = URL.createObjectURL(
    new Blob([JSON.stringify(checkpoint, null, 2)], { type: 'application/json' }),
  );
  const link = Object.assign(document.createElement('a'), { href: url, download: file });
  link.click();
  URL.revokeObjectURL(url);
}
