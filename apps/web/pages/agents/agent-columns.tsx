import type { UserRow } from '@rollcall/contract/users-list';
import type { TFunction } from 'i18next';
import type { Format } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { PersonCell } from '../../ui/PersonCell.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { type AgentColumn, agentColumns } from './agents-view.ts';
import { nameOf } from './name-of.ts';
import { AvailabilityBadge, InvitationBadge, UserStatusBadge } from './UserBadges.tsx';

type Known = Omit<Column<UserRow>, 'key' | 'header'>;

const date = (format: Format, value: string | null) => value && format.date(value);

/** Groups by name, cut short where there are many. */
function groupsOf({ groups, groupCount }: UserRow): string {
  const names = groups.slice(0, 2).map((group) => group.name);
  const others = groupCount - names.length;
  return others > 0 ? `${names.join(', ')} +${others}` : names.join(', ');
}

/** All columns that the list knows, in their order; what is hidden is the view's business. */
export function columnsOfAgents(t: TFunction, format: Format): Column<UserRow>[] {
  const known: Record<AgentColumn, Known> = {
    name: {
      width: 'minmax(11rem, 1.5fr)',
      sortable: true,
      required: true,
      narrow: 'title',
      render: (user) => (
        <PersonCell
          name={nameOf(user)}
          muted={user.status === 'inactive'}
          link={<RouteLink href={paths.agent(user.id)}>{nameOf(user)}</RouteLink>}
        />
      ),
    },
    email: { width: 'minmax(11rem, 1.5fr)', narrow: 'subtitle', render: (user) => user.email },
    status: {
      width: '9rem',
      sortable: true,
      narrow: 'aside',
      render: (user) => <UserStatusBadge status={user.status} invitation={user.invitationState} />,
    },
    roles: { width: '7rem', render: (user) => user.roles.map((role) => role.name).join(', ') },
    groups: { width: 'minmax(8rem, 1.2fr)', render: groupsOf },
    extension: { width: '5rem', render: (user) => user.extension },
    department: { width: 'minmax(7.5rem, 1fr)', sortable: true, render: (user) => user.department },
    title: { render: (user) => user.title },
    availability: {
      width: '9rem',
      render: (user) =>
        user.status === 'active' && (
          <AvailabilityBadge availability={user.availability} reason={user.awayReason} />
        ),
    },
    lastSeenAt: {
      width: '7.5rem',
      render: (user) => user.lastSeenAt && <RelativeTime value={user.lastSeenAt} />,
    },
    signInName: { width: 'minmax(12rem, 1.4fr)', sortable: true, render: (user) => user.signInName },
    site: { render: (user) => user.site },
    costCenter: { render: (user) => user.costCenter },
    invitationState: {
      width: '8rem',
      render: (user) => user.invitationState && <InvitationBadge state={user.invitationState} />,
    },
    startDate: { width: '7rem', render: (user) => date(format, user.startDate) },
    lastDay: { width: '7rem', render: (user) => date(format, user.lastDay) },
    createdAt: { width: '7rem', sortable: true, render: (user) => date(format, user.createdAt) },
  };
  return agentColumns.map((key) => ({ key, header: t(`agents.columns.${key}`), ...known[key] }));
}
