import type { AuditTargetKind } from '@rollcall/contract/audit-actions';
import type { LiveChange } from '@rollcall/contract/live';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { meQuery } from '../session/me.ts';

/** The first words of the query keys that show something of a kind. Home and audit show something of all. */
const shownBy: Record<AuditTargetKind, string[]> = {
  organization: ['organization', 'me'],
  user: ['users', 'departments', 'groups', 'numbers', 'roles', 'availability', 'leavers'],
  session: ['sessions', 'users'],
  api_key: ['api-keys', 'users'],
  group: ['groups', 'numbers', 'users'],
  number: ['numbers', 'groups', 'users'],
  invitation: ['users', 'invitations', 'mail'],
  import: ['imports'],
  operation: ['operations'],
  off_boarding: ['off-boardings', 'leavers', 'users'],
  webhook: ['webhooks'],
  mail: ['mail'],
  saved_view: ['saved-views'],
};

/** Changes that come together are read again together: an import makes thousands. */
const gatherFor = 500;
const openAgainAfter = 5_000;

export function keysOf(kinds: Iterable<AuditTargetKind>): Set<string> {
  return new Set(['home', 'audit', ...[...kinds].flatMap((kind) => shownBy[kind] ?? [])]);
}

/**
 * Keeps what is on the screen true: one stream tells what has changed, and the queries that show it are read again.
 * The stream ends with the session; asking who one is then leads to sign-in. A tab out of sight holds none.
 */
export function useLiveChanges(): void {
  const queryClient = useQueryClient();
  useEffect(() => followChanges(queryClient), [queryClient]);
}

function followChanges(queryClient: QueryClient): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let missed = false;
  const kinds = new Set<AuditTargetKind>();

  const tell = () => {
    const keys = keysOf(kinds);
    kinds.clear();
    gathering = undefined;
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => keys.has(String(queryKey[0])) });
  };
  const readEverything = () => void queryClient.invalidateQueries();

  const open = () => {
    clearTimeout(retry);
    if (source || document.hidden) return;
    source = new EventSource('/api/v1/events');
    source.addEventListener('ready', () => {
      if (missed) readEverything();
      missed = false;
    });
    source.addEventListener('reset', readEverything);
    source.addEventListener('change', ({ data }) => {
      kinds.add((JSON.parse(data) as LiveChange).target.kind);
      gathering ??= setTimeout(tell, gatherFor);
    });
    source.addEventListener('error', () => {
      // Has the session ended? Then the answer leads to sign-in at once.
      void queryClient.fetchQuery({ ...meQuery, staleTime: 0 }).catch(() => undefined);
      // The browser opens a broken stream again by itself, and goes on behind the last event; a refused one it gives up.
      if (source?.readyState !== EventSource.CLOSED) return;
      close();
      retry = setTimeout(open, openAgainAfter);
    });
  };
  const close = () => {
    source?.close();
    source = undefined;
    missed = true;
  };
  const followSight = () => (document.hidden ? close() : open());

  open();
  document.addEventListener('visibilitychange', followSight);
  return () => {
    document.removeEventListener('visibilitychange', followSight);
    clearTimeout(retry);
    clearTimeout(gathering);
    source?.close();
  };
}
