import { ActionIcon, Button, Skeleton, Tooltip, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { GroupMember, GroupView } from '@rollcall/contract/groups';
import { IconGripVertical, IconUserMinus, IconUsersGroup } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '../../paths.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { PersonCell } from '../../ui/PersonCell.tsx';
import { Section } from '../../ui/Section.tsx';
import { nameOf } from '../agents/name-of.ts';
import { AvailabilityBadge, UserStatusBadge } from '../agents/UserBadges.tsx';
import classes from './groups.module.css';
import { membersQuery } from './groups-queries.ts';
import { useMemberOrder } from './use-member-order.ts';
import { useReorder } from './use-reorder.ts';

const AddMembers = lazy(async () => ({ default: (await import('./AddMembers.tsx')).AddMembers }));
const RemoveMember = lazy(async () => ({ default: (await import('./RemoveMember.tsx')).RemoveMember }));

const rowHeight = 44;

interface GroupMembersProps {
  group: GroupView;
  mayManage: boolean;
}

/** Who is called, in order; the order is changed by dragging or with the arrow keys on a handle. */
export function GroupMembers({ group, mayManage }: GroupMembersProps) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(membersQuery(group.id));
  const loaded = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const { members, move, error } = useMemberOrder(group.id, loaded);
  const [adding, add] = useDisclosure(false);
  const [removing, remove] = useState<GroupMember>();
  const [moved, setMoved] = useState('');
  const reorder = useReorder({
    count: members.length,
    rowHeight,
    onMove(from, to) {
      const name = members[from] ? nameOf(members[from]) : '';
      setMoved(t('groups.members.moved', { name, position: to + 1, total: group.memberCount }));
      move(from, to);
    },
  });
  const ordered = group.ringStrategy === 'round_robin';
  return (
    <Section
      plain
      title={t('groups.members.title')}
      intro={
        mayManage && members.length > 1
          ? t(ordered ? 'groups.members.orderCounts' : 'groups.members.orderShown')
          : undefined
      }
      actions={
        mayManage && group.memberCount > 0 && <Button onClick={add.open}>{t('groups.members.add')}</Button>
      }
    >
      <FormFailure error={error} />
      <div className={classes.frame}>
        {list.isPending && <Skeleton height={rowHeight * 4} />}
        {list.isError && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && members.length === 0 && (
          <EmptyState
            icon={<IconUsersGroup size={24} stroke={1.6} />}
            title={t('groups.members.none')}
            action={mayManage && <Button onClick={add.open}>{t('groups.members.add')}</Button>}
          >
            {t('groups.members.noneHint')}
          </EmptyState>
        )}
        <ol className={classes.members}>
          {members.map((member, index) => (
            <li
              key={member.userId}
              className={classes.member}
              data-dragged={reorder.dragged === index || undefined}
              style={{ transform: `translateY(${reorder.shiftOf(index)}px)` }}
            >
              {mayManage && members.length > 1 && (
                <ActionIcon
                  className={classes.handle}
                  aria-label={t('groups.members.move', { name: nameOf(member) })}
                  aria-describedby="how-to-move"
                  {...reorder.handleOf(index)}
                >
                  <IconGripVertical size={16} stroke={1.7} />
                </ActionIcon>
              )}
              <span className={classes.position}>{index + 1}</span>
              <span className={classes.person}>
                <PersonCell
                  name={nameOf(member)}
                  muted={member.status === 'inactive'}
                  link={<RouteLink href={paths.agent(member.userId)}>{nameOf(member)}</RouteLink>}
                />
                <span className={classes.note}>{member.signInName}</span>
              </span>
              <span className={classes.state}>
                {member.available ? (
                  <AvailabilityBadge availability={member.availability} />
                ) : (
                  <UserStatusBadge status={member.status} />
                )}
              </span>
              {mayManage && (
                <Tooltip label={t('groups.members.remove')}>
                  <ActionIcon
                    aria-label={t('groups.members.removeOne', { name: nameOf(member) })}
                    onClick={() => remove(member)}
                  >
                    <IconUserMinus size={16} stroke={1.7} />
                  </ActionIcon>
                </Tooltip>
              )}
            </li>
          ))}
        </ol>
        {list.hasNextPage && (
          <div className={classes.foot}>
            <Button
              variant="default"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('groups.members.more')}
            </Button>
          </div>
        )}
      </div>
      <VisuallyHidden id="how-to-move">{t('groups.members.howToMove')}</VisuallyHidden>
      <VisuallyHidden aria-live="assertive">{moved}</VisuallyHidden>
      <Suspense>
        {adding && <AddMembers group={group} onClose={add.close} />}
        {removing && <RemoveMember group={group} member={removing} onClose={() => remove(undefined)} />}
      </Suspense>
    </Section>
  );
}
