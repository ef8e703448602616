import type { EndedKind, OffBoarding } from '@rollcall/contract/off-boarding';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import classes from './OffBoardingRecordPage.module.css';

const counted: EndedKind[] = ['session', 'api_key', 'group_routing', 'number'];

/** The figures that an auditor looks for first: how long it took, and how much ended. */
export function EndOfAccess({ record }: { record: OffBoarding }) {
  const { t } = useTranslation();
  const format = useFormat();
  const countOf = (kind: EndedKind) => record.ended.find((ended) => ended.kind === kind)?.count ?? 0;
  return (
    <dl className={classes.figures}>
      <div className={classes.figure} data-main>
        <dt>{t('record.signalToEnd')}</dt>
        <dd>
          {format.number(Math.round(record.times.milliseconds))}
          <span className={classes.unit}>{t('record.milliseconds')}</span>
        </dd>
      </div>
      {counted.map((kind) => (
        <div key={kind} className={classes.figure}>
          <dt>{t(`record.ended.${kind}`)}</dt>
          <dd>{format.number(countOf(kind))}</dd>
        </div>
      ))}
    </dl>
  );
}
