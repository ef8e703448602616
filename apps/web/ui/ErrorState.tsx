import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './EmptyState.module.css';
import { RequestId } from './RequestId.tsx';
import { useProblemText } from './use-problem-text.ts';

interface ErrorStateProps {
  /** Whatever was thrown. */
  error: unknown;
  onRetry?: () => void;
  /** It is the whole page: its title is the page's heading. */
  wholePage?: boolean;
}

/** In place of content that could not be loaded: what happened, the request id to quote, and another try. */
export function ErrorState({ error, onRetry, wholePage = false }: ErrorStateProps) {
  const { t } = useTranslation();
  const { problem, title, detail } = useProblemText(error);
  const Title = wholePage ? 'h1' : 'p';
  return (
    <div className={classes.empty} role="alert">
      <div className={classes.icon} data-tone="bad" aria-hidden="true">
        <IconAlertTriangle size={24} stroke={1.6} />
      </div>
      <Title className={classes.title}>{title}</Title>
      <div className={classes.text}>
        {detail && <div>{detail}</div>}
        {problem.requestId && <RequestId id={problem.requestId} />}
      </div>
      {onRetry && (
        <div className={classes.action}>
          <Button variant="default" onClick={onRetry}>
            {t('ui.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}
