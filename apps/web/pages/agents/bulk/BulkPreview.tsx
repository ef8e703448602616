import type { OperationPreview } from '@rollcall/contract/operations';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { StackBar } from '../../../ui/chart/StackBar.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import classes from './BulkPreview.module.css';

const mostShown = 6;

/** How many it will change, and whom it will not, with the reason. */
export function BulkPreview({ preview }: { preview: OperationPreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const refused = preview.rows.filter((row) => row.outcome === 'failed');
  const others = preview.failed - Math.min(refused.length, mostShown);
  return (
    <div className={classes.preview}>
      <StackBar
        label={t('agents.bulk.willHappen')}
        parts={[
          { key: 'changed', label: t('agents.bulk.willChange'), value: preview.changed, tone: 'accent' },
          { key: 'unchanged', label: t('agents.bulk.alreadySo'), value: preview.unchanged, tone: 'idle' },
          { key: 'failed', label: t('agents.bulk.cannot'), value: preview.failed, tone: 'bad' },
        ]}
      />
      {preview.changed === 0 && <Notice tone="info">{t('agents.bulk.nothing')}</Notice>}
      {preview.warnings.map((warning) => (
        <Notice key={warning.message} tone="warn">
          {warning.message}
        </Notice>
      ))}
      {refused.length > 0 && (
        <section aria-label={t('agents.bulk.cannot')}>
          <h3 className={classes.heading}>{t('agents.bulk.cannot')}</h3>
          <ul className={classes.refused}>
            {refused.slice(0, mostShown).map((row) => (
              <li key={row.userId}>
                <strong>{row.name || row.signInName}</strong> {row.error?.detail}
              </li>
            ))}
          </ul>
          {others > 0 && (
            <p className={classes.others}>
              {t('agents.bulk.othersRefused', { count: others, shown: format.number(others) })}
            </p>
          )}
        </section>
      )}
    </div>
  );
}
