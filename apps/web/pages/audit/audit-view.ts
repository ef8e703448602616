import type { AuditAction, AuditTargetKind } from '@rollcall/contract/audit-actions';
import { instantOf, readDay } from '../../ui/period.ts';

// Written out here and not taken from the contract, whose schemas would come into the first page with them.
export const actorKinds = ['user', 'api_key', 'import', 'system', 'anonymous'] as const;
export type ActorKind = (typeof actorKinds)[number];

/** What the audit page shows, as it stands in the address. */
export interface AuditView {
  text?: string;
  actor?: string;
  target?: string;
  action?: AuditAction[];
  kind?: AuditTargetKind;
  actorKind?: ActorKind;
  /** Days, both included. */
  from?: string;
  to?: string;
  /** The event that is open beside the list. */
  event?: string;
}

const word = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;

const uuid = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? value : undefined;

/** Reads the view from an address that anybody may have typed: what it does not know it leaves out. */
export function readAuditView(search: Record<string, unknown>): AuditView {
  const given = Array.isArray(search.action) ? search.action : [search.action];
  // Only their shape is looked at: the names themselves would come into the first page with the route.
  const actions = given.filter(
    (name): name is AuditAction => typeof name === 'string' && /^[a-z_]+\.[a-z_]+$/.test(name),
  );
  return {
    text: word(search.text),
    actor: uuid(search.actor),
    target: uuid(search.target),
    action: actions.length > 0 ? actions : undefined,
    kind: /^[a-z_]+$/.test(String(search.kind ?? '')) ? (search.kind as AuditTargetKind) : undefined,
    actorKind: actorKinds.find((kind) => kind === search.actorKind),
    from: readDay(search.from),
    to: readDay(search.to),
    event: uuid(search.event),
  };
}

/** The part that says which events are meant, as the server wants it. */
export function auditFilters({ event: _, from, to, ...rest }: AuditView) {
  return { ...rest, from: from && instantOf(from), to: to && instantOf(to, true) };
}

export const nothingFiltered: AuditView = {
  text: undefined,
  actor: undefined,
  target: undefined,
  action: undefined,
  kind: undefined,
  actorKind: undefined,
  from: undefined,
  to: undefined,
};

export const isFiltered = (view: AuditView): boolean =>
  Object.entries(view).some(([key, value]) => key !== 'event' && value !== undefined);
