import type { UpdateUserInput, UserProfile } from '@rollcall/contract/users';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { Problem, problemOf } from '../../api/problem.ts';
import { toastDone } from '../../ui/toast.ts';
import { usersKey } from '../agents/agents-queries.ts';
import { profileQuery } from './agent-queries.ts';
import { type Change, changesBetween } from './changes-between.ts';

async function send(user: UserProfile, change: Partial<UpdateUserInput>): Promise<UserProfile> {
  return (await body(
    api.PATCH('/api/v1/users/{id}', {
      params: { path: { id: user.id } },
      headers: { 'If-Match': `"v${user.version}"` },
      body: change as never,
    }),
  )) as UserProfile;
}

/**
 * Saves a part of a profile from the version that is on the screen. Where somebody else was faster, what they
 * changed is shown: elsewhere in the profile, this change goes through on top of theirs; in the same field, it does
 * not, and the two are told side by side.
 */
export function useSaveAgent(user: UserProfile) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const words = (changes: Change[]) =>
    changes
      .map(({ field, before, after }) =>
        t('agents.conflict.change', {
          field: t(`agents.fields.${field}`),
          before: before || '–',
          after: after || '–',
        }),
      )
      .join(' ');

  return async (change: Partial<UpdateUserInput>): Promise<void> => {
    const { queryKey } = profileQuery(user.id);
    let saved: UserProfile;
    try {
      saved = await send(user, change);
    } catch (thrown) {
      const problem = problemOf(thrown);
      const current = problem.context.current as UserProfile | undefined;
      if (problem.code !== 'precondition_failed' || !current) throw problem;
      const theirs = changesBetween(user, current);
      queryClient.setQueryData(queryKey, current);
      if (theirs.some(({ field }) => Object.keys(change).some((key) => key.replace(/Id$/, '') === field))) {
        throw new Problem({
          ...problem,
          detail: `${t('agents.conflict.same')} ${words(theirs)} ${t('agents.conflict.again')}`,
        });
      }
      saved = await send(current, change);
      void toastDone(`${t('agents.conflict.meanwhile')} ${words(theirs)}`);
    }
    queryClient.setQueryData(queryKey, saved);
    for (const warning of saved.warnings ?? []) void toastDone(warning.message);
    void queryClient.invalidateQueries({ queryKey: [usersKey] });
  };
}
