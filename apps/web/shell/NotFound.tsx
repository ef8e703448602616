import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/EmptyState.tsx';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <EmptyState
      wholePage
      icon={<IconMapQuestion size={24} stroke={1.6} />}
      title={t('errors.notFound.title')}
      action={
        <Button component="a" href={paths.home()} variant="default">
          {t('errors.notFound.action')}
        </Button>
      }
    >
      {t('errors.notFound.detail')}
    </EmptyState>
  );
}
