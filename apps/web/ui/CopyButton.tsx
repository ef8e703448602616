import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface CopyButtonProps {
  value: string;
  /** What is copied, for the accessible name: "request id". */
  what: string;
  /** A button with words instead of an icon alone. */
  labelled?: boolean;
}

export function CopyButton({ value, what, labelled = false }: CopyButtonProps) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 2000 });
  const label = clipboard.copied ? t('ui.copied') : t('ui.copyWhat', { what });
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  const copy = () => clipboard.copy(value);
  if (labelled) {
    return (
      <Button variant="default" leftSection={<Icon size={15} />} onClick={copy} aria-live="polite">
        {clipboard.copied ? t('ui.copied') : t('ui.copy')}
      </Button>
    );
  }
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" onClick={copy} aria-label={label}>
        <Icon size={14} />
      </ActionIcon>
    </Tooltip>
  );
}
