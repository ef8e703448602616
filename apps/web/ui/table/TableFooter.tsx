import { Button, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useProblemText } from '../use-problem-text.ts';
import classes from './DataTable.module.css';

interface TableFooterProps {
  loaded: number;
  /** Undefined where the server does not count. */
  total: number | undefined;
  more?: { has: boolean; loading: boolean; load: () => void; error?: unknown };
}

/** How far the list is loaded, and a page that failed to arrive. */
export function TableFooter({ loaded, total, more }: TableFooterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { title } = useProblemText(more?.error);
  const shown = format.number(loaded);
  return (
    <div className={classes.foot}>
      <span className="rc-numbers">
        {total === undefined
          ? t('ui.loaded', { loaded: shown })
          : loaded < total
            ? t('ui.loadedOf', { loaded: shown, total: format.number(total) })
            : t('ui.matches', { count: total, shown })}
      </span>
      {more?.loading && <Loader size={12} color="gray" aria-label={t('ui.loadingMore')} />}
      {Boolean(more?.error) && (
        <span className={classes.footError} role="alert">
          {title}
          <Button variant="subtle" size="compact-xs" onClick={more?.load}>
            {t('ui.retry')}
          </Button>
        </span>
      )}
    </div>
  );
}
