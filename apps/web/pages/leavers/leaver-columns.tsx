import type { OffBoardingRow } from '@rollcall/contract/off-boarding';
import type { TFunction } from 'i18next';
import type { Format } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { PersonCell } from '../../ui/PersonCell.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/columns.ts';
import classes from './Leavers.module.css';

export const nameOfLeaver = (row: OffBoardingRow): string => row.name || row.signInName;

export function columnsOfLeavers(t: TFunction, format: Format): Column<OffBoardingRow>[] {
  const timeOf = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
  const instant = (at: string, part: 'dateTime' | 'time' = 'dateTime') => (
    <time dateTime={at} title={format.exact(at)} className="rc-numbers">
      {part === 'time' ? timeOf.format(new Date(at)) : format.dateTime(at)}
    </time>
  );
  return [
    {
      key: 'name',
      header: t('leavers.columns.person'),
      width: 'minmax(11rem, 1.2fr)',
      narrow: 'title',
      render: (row) => (
        <PersonCell
          name={nameOfLeaver(row)}
          muted={row.reactivatedAt === null}
          link={<RouteLink href={paths.offboarding(row.id)}>{nameOfLeaver(row)}</RouteLink>}
        />
      ),
    },
    {
      key: 'leavingDate',
      header: t('leavers.columns.leftOn'),
      width: '6.5rem',
      render: (row) =>
        row.leavingDate ? (
          format.date(row.leavingDate)
        ) : (
          <span className={classes.unknown}>{t('leavers.unknown')}</span>
        ),
    },
    {
      key: 'signalReceived',
      header: t('leavers.columns.signal'),
      width: '9.25rem',
      narrow: 'subtitle',
      render: (row) => instant(row.signalReceived),
    },
    {
      key: 'accessEnded',
      header: t('leavers.columns.ended'),
      width: '9.5rem',
      render: (row) => (
        <>
          {instant(row.accessEnded, 'time')}{' '}
          <span className={classes.unknown}>
            {t('leavers.after', { shown: format.number(Math.round(row.milliseconds)) })}
          </span>
        </>
      ),
    },
    {
      key: 'by',
      header: t('leavers.columns.by'),
      width: 'minmax(6rem, 0.7fr)',
      render: (row) => row.byName || t(`audit.actorKind.${row.byKind}` as 'audit.actorKind.system'),
    },
    {
      key: 'reason',
      header: t('leavers.columns.reason'),
      width: 'minmax(8rem, 1fr)',
      narrow: 'subtitle',
      render: (row) => row.reason && <span title={row.reason}>{row.reason}</span>,
    },
    {
      key: 'tasks',
      header: t('leavers.columns.tasks'),
      width: '7.5rem',
      narrow: 'aside',
      render: (row) =>
        row.reactivatedAt !== null ? (
          <StatusBadge tone="accent" label={t('leavers.reactivated')} />
        ) : row.openTasks > 0 ? (
          <StatusBadge
            tone="warn"
            label={t('leavers.open', { count: row.openTasks, shown: format.number(row.openTasks) })}
          />
        ) : (
          <StatusBadge tone="good" label={t('leavers.allDone')} />
        ),
    },
  ];
}
