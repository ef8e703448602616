import type { OffBoarding, OffBoardingPreview } from '@rollcall/contract/off-boarding';
import type { UserProfile } from '@rollcall/contract/users';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { problemOf } from '../../api/problem.ts';
import { paths } from '../../paths.ts';
import { useMe } from '../../session/me.ts';
import { ConfirmDanger } from '../../ui/ConfirmDanger.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { usersKey } from '../agents/agents-queries.ts';
import { nameOf } from '../agents/name-of.ts';
import { PersonSelect } from '../agents/PersonSelect.tsx';
import { deactivationConsequences } from './deactivation-consequences.ts';

/** Says what ends, what is kept and what is left to do, and then ends all access at once. */
export function DeactivateDialog({ user, onClose }: { user: UserProfile; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const me = useMe();
  const [successorId, setSuccessorId] = useState<string | null>(null);
  const queryKey = ['off-boarding-preview', user.id, successorId];
  const path = { id: user.id };
  const preview = useQuery({
    queryKey,
    queryFn: async () =>
      (await body(
        api.GET('/api/v1/users/{id}/off-boarding/preview', {
          params: { path, query: { successorId: successorId ?? undefined } },
        }),
      )) as OffBoardingPreview,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
  const data = preview.data;
  const refusal = data?.users[0]?.refusal;

  const confirm = async (reason: string) => {
    try {
      const record = (await body(
        api.POST('/api/v1/users/{id}/deactivate', {
          params: { path },
          body: { ...(reason ? { reason } : {}), successorId, digest: data?.digest },
        }),
      )) as OffBoarding;
      await queryClient.invalidateQueries({ queryKey: [usersKey] });
      if (user.id !== me.user.id) await navigate({ href: paths.offboarding(record.id) });
    } catch (thrown) {
      const problem = problemOf(thrown);
      // What has changed since takes the place of what was shown, and has to be confirmed anew.
      const current = problem.code === 'preview_drifted' && (problem.context.current as OffBoardingPreview);
      if (current) queryClient.setQueryData(queryKey, current);
      throw problem;
    }
  };

  return (
    <ConfirmDanger
      opened
      onClose={onClose}
      title={t('agents.deactivate.title', { name: nameOf(user) })}
      intro={t(user.id === me.user.id ? 'agents.deactivate.introOwn' : 'agents.deactivate.intro')}
      preview={
        preview.isError
          ? { status: 'error', error: preview.error, retry: () => void preview.refetch() }
          : !data
            ? { status: 'loading' }
            : refusal || preview.isPlaceholderData
              ? { status: 'waiting' }
              : { status: 'ready', groups: deactivationConsequences(data, t) }
      }
      reason={refusal ? undefined : me.organization.reasonRequired ? 'required' : 'optional'}
      confirmLabel={t('agents.deactivate.action')}
      onConfirm={confirm}
    >
      {refusal && (
        <Notice tone="bad" role="alert" title={t('agents.deactivate.refused')}>
          {refusal.detail}
        </Notice>
      )}
      {!refusal && data && data.numbers.some((number) => number.use === 'assigned') && (
        <PersonSelect
          label={t('agents.successor.label')}
          description={t('agents.successor.help')}
          without={user.id}
          value={successorId}
          onChange={setSuccessorId}
        />
      )}
    </ConfirmDanger>
  );
}
