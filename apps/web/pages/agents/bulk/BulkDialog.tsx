import type { BulkActionKind, OperationPreview } from '@rollcall/contract/operations';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../../api/problem.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { paths } from '../../../paths.ts';
import { useMe } from '../../../session/me.ts';
import { ConfirmDanger } from '../../../ui/ConfirmDanger.tsx';
import type { SelectionState } from '../../../ui/table/selection.ts';
import type { AgentsView } from '../agents-view.ts';
import { BulkChoices } from './BulkChoices.tsx';
import { BulkPreview } from './BulkPreview.tsx';
import { bulkRequest, isComplete, type Parameters, previewBulk, startBulk } from './bulk-request.ts';

interface BulkDialogProps {
  kind: BulkActionKind;
  selection: SelectionState;
  view: AgentsView;
  count: number;
  onClose: () => void;
}

const asksForReason: BulkActionKind[] = ['deactivate', 'reactivate', 'change_role'];

/** One action for many: what it needs to know, what it will do, and then it runs on the server. */
export function BulkDialog({ kind, selection, view, count, onClose }: BulkDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { reasonRequired } = useMe().organization;
  const [parameters, setParameters] = useState<Parameters>({});
  const request = bulkRequest(kind, parameters, selection, view);
  const complete = isComplete(kind, parameters);
  const preview = useQuery({
    queryKey: ['bulk-preview', request],
    queryFn: () => previewBulk(request),
    enabled: complete,
    staleTime: 0,
    gcTime: 0,
  });
  const data = preview.isFetching ? undefined : preview.data;

  const confirm = async (reason: string) => {
    try {
      const id = await startBulk(request, { reason: reason || undefined, digest: data?.digest });
      await navigate({ href: paths.operation(id) });
    } catch (thrown) {
      const problem = problemOf(thrown);
      // What has changed since is shown in place of what was there, and has to be confirmed anew.
      const current = problem.code === 'preview_drifted' && (problem.context.current as OperationPreview);
      if (current) queryClient.setQueryData(['bulk-preview', request], current);
      throw problem;
    }
  };

  const shown = format.number(data?.changed ?? count);
  return (
    <ConfirmDanger
      opened
      onClose={onClose}
      title={t(`agents.bulk.${kind}.title`, { count, shown: format.number(count) })}
      intro={t(`agents.bulk.${kind}.intro`)}
      choices={<BulkChoices kind={kind} parameters={parameters} onChange={setParameters} />}
      preview={
        !complete
          ? { status: 'waiting' }
          : preview.isError
            ? { status: 'error', error: preview.error, retry: () => void preview.refetch() }
            : data && data.changed > 0
              ? { status: 'ready', groups: [] }
              : data
                ? { status: 'waiting' }
                : { status: 'loading' }
      }
      reason={asksForReason.includes(kind) ? (reasonRequired ? 'required' : 'optional') : undefined}
      confirmLabel={
        data && data.changed > 0
          ? t(`agents.bulk.${kind}.confirm`, { count: data.changed, shown })
          : t(`agents.bulk.${kind}.action`)
      }
      tone={kind === 'deactivate' ? 'danger' : 'normal'}
      onConfirm={confirm}
    >
      {complete && data && <BulkPreview preview={data} />}
    </ConfirmDanger>
  );
}
