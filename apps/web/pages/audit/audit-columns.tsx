import type { AuditEvent } from '@rollcall/contract/audit';
import type { TFunction } from 'i18next';
import type { Format } from '../../i18n/use-format.ts';
import { PersonCell } from '../../ui/PersonCell.tsx';
import type { Column } from '../../ui/table/columns.ts';
import classes from './Audit.module.css';
import { changedValues, isId, readable } from './changed-values.ts';
import { fieldLabel } from './field-label.ts';

export const actorName = (t: TFunction, { actor }: AuditEvent): string =>
  actor.name || t(`audit.actorKind.${actor.kind}`);

export function columnsOfAudit(t: TFunction, format: Format): Column<AuditEvent>[] {
  return [
    {
      key: 'occurredAt',
      header: t('audit.columns.time'),
      width: '10.5rem',
      narrow: 'aside',
      render: (event) => (
        <time dateTime={event.occurredAt} title={format.exact(event.occurredAt)} className={classes.time}>
          {format.dateTime(event.occurredAt)}
        </time>
      ),
    },
    {
      key: 'actor',
      header: t('audit.columns.actor'),
      width: 'minmax(9rem, 1fr)',
      narrow: 'subtitle',
      render: (event) =>
        event.actor.kind === 'user' && event.actor.name ? (
          <PersonCell name={actorName(t, event)} />
        ) : (
          actorName(t, event)
        ),
    },
    {
      key: 'action',
      header: t('audit.columns.action'),
      width: 'minmax(10rem, 1fr)',
      narrow: 'title',
      render: (event) => <span className={classes.action}>{t(`auditActions.${event.action}`)}</span>,
    },
    {
      key: 'target',
      header: t('audit.columns.target'),
      width: 'minmax(9rem, 1fr)',
      narrow: 'subtitle',
      render: (event) => event.target.name || t(`audit.kind.${event.target.kind}`),
    },
    {
      key: 'detail',
      header: t('audit.columns.detail'),
      width: 'minmax(14rem, 1.4fr)',
      render: (event) => <EventDetail t={t} format={format} event={event} />,
    },
    {
      key: 'seq',
      header: t('audit.columns.seq'),
      width: '4.5rem',
      align: 'end',
      render: (event) => (event.seq === null ? t('audit.unsealed') : format.number(event.seq)),
    },
  ];
}

/** The reason where one was given, and what changed. */
function EventDetail({ t, format, event }: { t: TFunction; format: Format; event: AuditEvent }) {
  // Ids say nothing at a glance; they are in the event itself.
  const changes = changedValues(event.before, event.after).filter(
    ({ before, after }) => !isId(before ?? after ?? ''),
  );
  return (
    <>
      {event.reason && <q className={classes.reason}>{event.reason}</q>}
      {changes.slice(0, 4).map(({ field, before, after }) => (
        <span key={field} className={classes.change}>
          <span className={classes.quiet}>{fieldLabel(t, field)}</span>{' '}
          {before !== null && (
            <>
              <del className={classes.before}>{readable(format, before)}</del>{' '}
              <span aria-hidden="true">→</span>{' '}
            </>
          )}
          {after === null ? t('audit.emptied') : readable(format, after)}
        </span>
      ))}
    </>
  );
}
