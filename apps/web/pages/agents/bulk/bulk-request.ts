import type { BulkActionKind, Operation, OperationPreview } from '@rollcall/contract/operations';
import { api, body } from '../../../api/client.ts';
import type { components } from '../../../api/schema.gen.ts';
import type { SelectionState } from '../../../ui/table/selection.ts';
import { type AgentsView, filtersOf } from '../agents-view.ts';

type Request = components['schemas']['CreateOperationInput'];

/** What an action may need to know besides whom it is for. */
export interface Parameters {
  groupId?: string;
  role?: string;
  successorId?: string | null;
}

/** Whether everything has been chosen that the action cannot do without. */
export function isComplete(kind: BulkActionKind, { groupId, role }: Parameters): boolean {
  if (kind === 'add_to_group' || kind === 'remove_from_group') return groupId !== undefined;
  if (kind === 'change_role' || kind === 'reactivate') return role !== undefined;
  return true;
}

/** `all` becomes the filter itself, so that the server finds whom it fits; those taken out of it are named. */
export function bulkRequest(
  kind: BulkActionKind,
  parameters: Parameters,
  selection: SelectionState,
  view: AgentsView,
): Request {
  return {
    kind,
    parameters,
    selection:
      selection.mode === 'some'
        ? { userIds: [...selection.keys] }
        : {
            filter: filtersOf(view),
            ...(selection.except.size > 0 ? { except: [...selection.except] } : {}),
          },
  } as Request;
}

export async function previewBulk(request: Request): Promise<OperationPreview> {
  return (await body(
    api.POST('/api/v1/operations', { body: { ...request, preview: true } }),
  )) as OperationPreview;
}

/** Starts it, if what would happen is still what the digest says; answers the id of the job. */
export async function startBulk(
  request: Request,
  confirmed: { reason: string | undefined; digest: string | undefined },
): Promise<string> {
  const started = await body(api.POST('/api/v1/operations', { body: { ...request, ...confirmed } }));
  return (started as Operation).id;
}
