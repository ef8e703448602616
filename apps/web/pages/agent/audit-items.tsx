import type { AuditEvent } from '@rollcall/contract/audit';
import { auditActions } from '@rollcall/contract/audit-actions';
import type { TFunction } from 'i18next';
import type { TimelineItem } from '../../ui/Timeline.tsx';

type Shown = Pick<AuditEvent, 'id' | 'occurredAt' | 'action' | 'actor' | 'reason' | 'before' | 'after'>;

const nothing = ['', null, undefined];

function inWords(value: unknown): string {
  if (nothing.includes(value as null)) return '–';
  if (Array.isArray(value)) return value.map(inWords).join(', ') || '–';
  if (typeof value === 'object') {
    return Object.entries(value as object)
      .map(([key, one]) => `${key}: ${inWords(one)}`)
      .join(', ');
  }
  return String(value);
}

/** "Title: Agent → Team lead", for each field that the event tells about. */
function changesOf({ before, after }: Shown, t: TFunction): string[] {
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return keys
    .filter((key) => before && after && JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => {
      const field = t(`agents.fields.${key}` as 'agents.fields.email', { defaultValue: key });
      return `${field}: ${inWords(before?.[key])} → ${inWords(after?.[key])}`;
    });
}

/** Audit events as steps in time: what, by whom, why, and what it changed. */
export function auditItems(events: Shown[], t: TFunction): TimelineItem[] {
  return events.map((event) => {
    const changes = changesOf(event, t);
    return {
      key: event.id,
      at: event.occurredAt,
      title: t(`auditActions.${event.action}` as 'agents.history.changed', {
        defaultValue: auditActions[event.action],
      }),
      body: (
        <>
          {event.actor.name && <div>{t('agents.history.by', { name: event.actor.name })}</div>}
          {event.reason && <div>{t('agents.history.because', { reason: event.reason })}</div>}
          {changes.map((change) => (
            <div key={change}>{change}</div>
          ))}
        </>
      ),
    };
  });
}
