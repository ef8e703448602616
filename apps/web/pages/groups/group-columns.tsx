import type { GroupRow } from '@rollcall/contract/groups';
import type { TFunction } from 'i18next';
import type { Format } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/columns.ts';

/** Whether anybody answers when the group is called. */
export function GroupHealth({ group, t }: { group: GroupRow; t: TFunction }) {
  if (group.availableCount === 0) return <StatusBadge tone="bad" label={t('groups.health.nobody')} />;
  if (group.onlineCount === 0) return <StatusBadge tone="warn" label={t('groups.health.nobodyOnline')} />;
  return <StatusBadge tone="good" label={t('groups.health.online', { count: group.onlineCount })} />;
}

export function columnsOfGroups(t: TFunction, format: Format): Column<GroupRow>[] {
  return [
    {
      key: 'name',
      header: t('groups.columns.name'),
      width: 'minmax(12rem, 2fr)',
      required: true,
      narrow: 'title',
      render: (group) => <RouteLink href={paths.group(group.id)}>{group.name}</RouteLink>,
    },
    {
      key: 'health',
      header: t('groups.columns.health'),
      width: 'minmax(11rem, 1.2fr)',
      narrow: 'aside',
      render: (group) => <GroupHealth group={group} t={t} />,
    },
    {
      key: 'members',
      header: t('groups.columns.members'),
      width: '6.5rem',
      align: 'end',
      render: (group) => format.number(group.memberCount),
    },
    {
      key: 'available',
      header: t('groups.columns.available'),
      width: '6.5rem',
      align: 'end',
      render: (group) => format.number(group.availableCount),
    },
    {
      key: 'ringStrategy',
      header: t('groups.columns.ringStrategy'),
      width: 'minmax(10rem, 1fr)',
      narrow: 'subtitle',
      render: (group) => t(`groups.strategy.${group.ringStrategy}`),
    },
    {
      key: 'createdAt',
      header: t('groups.columns.createdAt'),
      width: 'minmax(7rem, 0.7fr)',
      render: (group) => format.date(group.createdAt),
    },
  ];
}
