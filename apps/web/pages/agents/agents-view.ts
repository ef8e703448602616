import type { invitationState, userStatus } from '@rollcall/contract/users';
import type { UserColumn, UserFilters, userSorts } from '@rollcall/contract/users-list';

export type UserStatus = (typeof userStatus)['options'][number];
export type InvitationState = (typeof invitationState)['options'][number];
export type UserSort = (typeof userSorts)[number];

/** A column of the list; the name is first and last name in one, which the server keeps apart. */
export type AgentColumn = Exclude<UserColumn, 'firstName' | 'lastName'> | 'name';

// Written out here and not taken from the contract, whose schemas would come into the first page with them.
export const statuses: UserStatus[] = ['active', 'invited', 'scheduled', 'inactive'];
export const invitationStates: InvitationState[] = [
  'queued',
  'sent',
  'visited',
  'refused',
  'bounced',
  'expired',
  'revoked',
  'accepted',
];
const sorts: UserSort[] = ['name', 'signInName', 'department', 'status', 'createdAt'];
export const agentColumns: AgentColumn[] = [
  'name',
  'email',
  'status',
  'roles',
  'groups',
  'extension',
  'department',
  'title',
  'availability',
  'lastSeenAt',
  'signInName',
  'site',
  'costCenter',
  'invitationState',
  'startDate',
  'lastDay',
  'createdAt',
];
const usualColumns = agentColumns.slice(0, 7);

/** What the list shows, as it stands in the address. Left out is what is usual. */
export interface AgentsView extends UserFilters {
  sort?: UserSort;
  direction?: 'desc';
  columns?: AgentColumn[];
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function listOf<Word extends string>(value: unknown, words: Word[]): Word[] | undefined {
  const given = Array.isArray(value) ? value : [value];
  const known = words.filter((word) => given.includes(word));
  return known.length > 0 ? known : undefined;
}

/** Reads the view from an address that anybody may have typed: what it does not know it leaves out. */
export function readView(search: Record<string, unknown>): AgentsView {
  return {
    search: text(search.search),
    status: listOf(search.status, statuses),
    roleId: text(search.roleId),
    groupId: text(search.groupId),
    invitationState: listOf(search.invitationState, invitationStates),
    department: text(search.department),
    sort: listOf(search.sort, sorts)?.[0],
    direction: search.direction === 'desc' ? 'desc' : undefined,
    columns: listOf(search.columns, agentColumns),
  };
}

/** The part of the view that says who is in the list. */
export function filtersOf(view: AgentsView): UserFilters {
  const { search, status, roleId, groupId, invitationState, department } = view;
  return { search, status, roleId, groupId, invitationState, department };
}

export const isFiltered = (view: AgentsView): boolean =>
  Object.values(filtersOf(view)).some((value) => value !== undefined);

export function shownColumns(view: AgentsView): AgentColumn[] {
  return ['name', ...(view.columns ?? usualColumns).filter((column) => column !== 'name')];
}

export function hiddenColumns(view: AgentsView): AgentColumn[] {
  const shown = shownColumns(view);
  return agentColumns.filter((column) => !shown.includes(column));
}

/** As the server names them, in its exports and saved views. */
export function serverColumns(view: AgentsView): UserColumn[] {
  return shownColumns(view).flatMap((column): UserColumn[] =>
    column === 'name' ? ['firstName', 'lastName'] : [column],
  );
}
