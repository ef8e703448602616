import { useTranslation } from 'react-i18next';
import { CopyButton } from './CopyButton.tsx';

/** The id to quote to whoever runs the server: it finds the request in the log. */
export function RequestId({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 4, fontSize: '0.75rem', minWidth: 0 }}>
      <span style={{ overflowWrap: 'anywhere' }}>
        {t('ui.requestId')} <code style={{ fontFamily: 'var(--mantine-font-family-monospace)' }}>{id}</code>
      </span>
      <CopyButton value={id} what={t('ui.requestId')} />
    </span>
  );
}
