import { Button, Skeleton } from '@mantine/core';
import type { AuditEvent } from '@rollcall/contract/audit';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Detail, DetailList } from '../../ui/DetailList.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SideDrawer } from '../../ui/SideDrawer.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import classes from './Audit.module.css';
import { actorName } from './audit-columns.tsx';
import { auditEventQuery } from './audit-queries.ts';
import type { AuditView } from './audit-view.ts';
import { changedValues, readable } from './changed-values.ts';
import { fieldLabel } from './field-label.ts';
import { targetPath } from './target-path.ts';

interface AuditEventDrawerProps {
  id: string;
  onClose: () => void;
  onFilter: (part: AuditView) => void;
}

/** One event with everything that is known of it. */
export function AuditEventDrawer({ id, onClose, onFilter }: AuditEventDrawerProps) {
  const { t } = useTranslation();
  const found = useQuery(auditEventQuery(id));
  const event = found.data;
  return (
    <SideDrawer
      opened
      onClose={onClose}
      size={560}
      title={event ? t(`auditActions.${event.action}`) : t('audit.event')}
    >
      {event ? (
        <EventDetails event={event} onFilter={onFilter} />
      ) : found.isError ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <div role="status" aria-label={t('ui.loading')}>
          {[80, 60, 70, 50].map((width) => (
            <Skeleton key={width} height={12} width={`${width}%`} mb={14} />
          ))}
        </div>
      )}
    </SideDrawer>
  );
}

function EventDetails({ event, onFilter }: { event: AuditEvent; onFilter: (part: AuditView) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { actor, target } = event;
  const place = targetPath(event);
  const targetName = target.name || t(`audit.kind.${target.kind}`);
  const changes = changedValues(event.before, event.after);
  return (
    <>
      <div className={classes.part}>
        <DetailList>
          <Detail label={t('audit.columns.time')}>{format.exact(event.occurredAt)}</Detail>
          <Detail label={t('audit.columns.actor')}>
            {actorName(t, event)}{' '}
            {actor.name && <span className={classes.quiet}>({t(`audit.actorKind.${actor.kind}`)})</span>}
          </Detail>
          <Detail label={t('audit.columns.target')}>
            {place ? <RouteLink href={place}>{targetName}</RouteLink> : targetName}{' '}
            {target.name && <span className={classes.quiet}>({t(`audit.kind.${target.kind}`)})</span>}
          </Detail>
          <Detail label={t('audit.reason')}>{event.reason}</Detail>
          <Detail label={t('audit.ip')}>{event.ip}</Detail>
          <Detail
            label={t('ui.requestId')}
            action={<CopyButton value={event.requestId} what={t('ui.requestId')} />}
          >
            <span className={classes.mono}>{event.requestId}</span>
          </Detail>
          <Detail label={t('audit.seal.label')}>
            <StatusBadge
              tone={event.seq === null ? 'accent' : 'good'}
              pending={event.seq === null}
              label={
                event.seq === null
                  ? t('audit.seal.pending')
                  : t('audit.seal.sealed', { seq: format.number(event.seq) })
              }
            />
          </Detail>
          {event.hash && (
            <Detail
              label={t('audit.seal.hash')}
              action={<CopyButton value={event.hash} what={t('audit.seal.hash')} />}
            >
              <span className={classes.mono}>{event.hash}</span>
            </Detail>
          )}
        </DetailList>
      </div>
      {changes.length > 0 && (
        <section className={classes.part} aria-label={t('audit.changes')}>
          <h3 className={classes.heading}>{t('audit.changes')}</h3>
          <table className={classes.diff}>
            <thead>
              <tr>
                <th scope="col">{t('imports.rows.field')}</th>
                <th scope="col">{t('imports.rows.before')}</th>
                <th scope="col">{t('imports.rows.after')}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map(({ field, before, after }) => (
                <tr key={field}>
                  <th scope="row">{fieldLabel(t, field)}</th>
                  <td className={classes.quiet}>{before === null ? '–' : readable(format, before)}</td>
                  <td>{after === null ? '–' : readable(format, after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <div className={classes.links}>
        {actor.id !== null && (
          <Button variant="default" onClick={() => onFilter({ actor: actor.id ?? undefined })}>
            {t('audit.allBy')}
          </Button>
        )}
        {target.id !== null && (
          <Button variant="default" onClick={() => onFilter({ target: target.id ?? undefined })}>
            {t('audit.allAbout')}
          </Button>
        )}
        <Button variant="default" onClick={() => onFilter({ text: event.requestId })}>
          {t('audit.allOfRequest')}
        </Button>
      </div>
    </>
  );
}
