import { useDebouncedCallback } from '@mantine/hooks';
import type { GroupMember } from '@rollcall/contract/groups';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../api/client.ts';
import { groupsKey } from './groups-queries.ts';
import { moveItem } from './move-item.ts';

/** The order as it is on the screen: moved at once, saved when the hand rests, put back when the server refuses. */
export function useMemberOrder(groupId: string, saved: GroupMember[]) {
  const queryClient = useQueryClient();
  const [wanted, setWanted] = useState<GroupMember[]>();
  const save = useMutation({
    mutationFn: (order: GroupMember[]) =>
      api.PUT('/api/v1/groups/{id}/members/order', {
        params: { path: { id: groupId } },
        body: { userIds: order.map((member) => member.userId) },
      }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [groupsKey] }),
    onError: () => setWanted(undefined),
  });
  const saveSoon = useDebouncedCallback((order: GroupMember[]) => save.mutate(order), {
    delay: 600,
    flushOnUnmount: true,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the server has answered is the order from then on
  useEffect(() => setWanted(undefined), [saved]);
  const members = wanted ?? saved;
  const move = (from: number, to: number) => {
    const next = moveItem(members, from, to);
    setWanted(next);
    // Those behind the last one that moved keep their order without being named; a request holds 1,000.
    saveSoon(next.slice(0, Math.max(from, to) + 1));
  };
  return { members, move, error: save.error };
}
