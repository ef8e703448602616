import { Skeleton } from '@mantine/core';
import type { OffBoardingRow } from '@rollcall/contract/off-boarding';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { ColumnChart } from '../../ui/chart/ColumnChart.tsx';
import { StatTile, StatTiles } from '../../ui/StatTile.tsx';
import { useNow } from '../../ui/use-now.ts';
import classes from './Leavers.module.css';
import type { LeaversView } from './leavers-view.ts';
import { leaversByMonth } from './months.ts';

interface LeaversFiguresProps {
  /** Undefined while they are on their way. */
  rows: OffBoardingRow[] | undefined;
  complete: boolean;
  view: LeaversView;
}

/** The register in figures: how many, what is still open, how fast access ended, and when they left. */
export function LeaversFigures({ rows, complete, view }: LeaversFiguresProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const now = useNow();
  if (!rows) {
    return (
      <div role="status" aria-label={t('ui.loading')}>
        <Skeleton height={104} />
      </div>
    );
  }
  const month = new Intl.DateTimeFormat(i18n.language, { month: 'short', year: 'numeric' });
  const times = rows.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const open = rows.filter((row) => row.openTasks > 0 && row.reactivatedAt === null).length;
  const number = (value: number) => format.number(Math.round(value));
  return (
    <div className={classes.figures}>
      <StatTiles>
        <StatTile
          label={t('leavers.figures.left')}
          value={rows.length}
          note={complete ? undefined : t('leavers.figures.newest', { shown: format.number(rows.length) })}
        />
        <StatTile label={t('leavers.figures.open')} value={open} note={t('leavers.figures.openNote')} />
        <StatTile
          label={t('leavers.figures.slowest')}
          value={Math.round(times.at(-1) ?? 0)}
          note={t('leavers.figures.slowestNote', {
            median: number(times[Math.floor(times.length / 2)] ?? 0),
          })}
        />
      </StatTiles>
      <div className={classes.chart}>
        <p className={classes.chartTitle}>{t('leavers.figures.perMonth')}</p>
        <ColumnChart
          label={t('leavers.figures.perMonth')}
          height={52}
          points={leaversByMonth(rows, view, new Date(now)).map(({ key, start, count }) => ({
            key,
            label: month.format(start),
            value: count,
          }))}
        />
      </div>
    </div>
  );
}
