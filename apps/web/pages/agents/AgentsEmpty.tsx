import { Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { paths } from '../../paths.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';

interface AgentsEmptyProps {
  /** Nobody fits, as opposed to nobody being there. */
  filtered: boolean;
  onClear: () => void;
  /** Left out for those who may not add anybody. */
  onAdd: (() => void) | undefined;
}

export function AgentsEmpty({ filtered, onClear, onAdd }: AgentsEmptyProps) {
  const { t } = useTranslation();
  const icon = <IconUsers size={24} stroke={1.6} />;
  if (filtered) {
    return (
      <EmptyState
        icon={icon}
        title={t('agents.empty.filtered')}
        action={
          <Button variant="default" onClick={onClear}>
            {t('agents.empty.clear')}
          </Button>
        }
      >
        {t('agents.empty.filteredHint')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={icon}
      title={t('agents.empty.title')}
      action={
        onAdd && (
          <>
            <Button variant="default" component={RouteLink} href={paths.import()}>
              {t('agents.empty.import')}
            </Button>
            <Button onClick={onAdd}>{t('agents.add.title')}</Button>
          </>
        )
      }
    >
      {t('agents.empty.hint')}
    </EmptyState>
  );
}
