import { z } from 'zod';
import { changeReason } from './off-boarding.ts';
import { instant, pageQuery } from './paging.ts';
import { roleReference, userStatus, warning } from './users.ts';
import { userFilters } from './users-list.ts';

/** What can be done to many users at once. */
export const bulkActionKinds = [
  'add_to_group',
  'remove_from_group',
  'resend_invitation',
  'deactivate',
  'reactivate',
  'change_role',
] as const;
/** `stopped`: it could not go on (the requester was deactivated, say); `stopReason` tells why. */
export const operationStates = ['queued', 'running', 'finished', 'cancelled', 'stopped'] as const;
/** `skipped`: not reached, because the operation was cancelled or stopped. */
export const rowOutcomes = ['pending', 'changed', 'unchanged', 'failed', 'skipped'] as const;

const selection = z
  .union(
    [
      z.strictObject({
        userIds: z
          .array(z.uuid())
          .min(1, { error: 'Choose at least one agent.' })
          .max(10_000, { error: 'Choose at most 10,000 agents by hand, or use the filter.' }),
      }),
      z.strictObject({
        filter: userFilters,
        /** Left out although the filter fits them. */
        except: z
          .array(z.uuid())
          .max(1000, { error: 'Leave out at most 1,000 agents by hand, or narrow the filter.' })
          .optional(),
      }),
    ],
    { error: 'Give either userIds or a filter.' },
  )
  .meta({ id: 'Selection' });

const request = {
  selection,
  reason: changeReason.optional(),
  /** Answers 200 with what would happen, and does nothing. */
  preview: z.boolean().default(false),
  /** The preview's; when what would happen has changed since, nothing happens (`preview_drifted`). */
  digest: z.string().max(100).optional(),
};
const toGroup = z.strictObject({ groupId: z.uuid() });

export const createOperationInput = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('add_to_group'), parameters: toGroup, ...request }),
    z.strictObject({ kind: z.literal('remove_from_group'), parameters: toGroup, ...request }),
    z.strictObject({
      kind: z.literal('resend_invitation'),
      parameters: z.strictObject({}).default({}),
      ...request,
    }),
    z.strictObject({
      kind: z.literal('deactivate'),
      parameters: z.strictObject({ successorId: z.uuid().nullish() }).default({}),
      ...request,
    }),
    z.strictObject({
      kind: z.literal('reactivate'),
      /** Without `groupIds` everybody keeps their former groups. */
      parameters: z.strictObject({
        role: roleReference,
        groupIds: z.array(z.uuid()).max(100).optional(),
      }),
      ...request,
    }),
    z.strictObject({
      kind: z.literal('change_role'),
      parameters: z.strictObject({ role: roleReference }),
      ...request,
    }),
  ])
  .meta({ id: 'CreateOperation' });

const rowError = z.object({
  code: z.string(),
  detail: z.string(),
  fields: z.array(z.object({ field: z.string(), message: z.string(), remedy: z.string().optional() })),
});

/** One user of a bulk action and what became of it. */
export const operationRow = z
  .object({
    position: z.number().int(),
    userId: z.uuid(),
    name: z.string(),
    signInName: z.string(),
    status: userStatus.nullable(),
    outcome: z.enum(rowOutcomes),
    error: rowError.nullable(),
  })
  .meta({ id: 'OperationRow' });

const counts = {
  total: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  failed: z.number().int(),
};

/** `rows`: at most 500, those that would fail first. */
export const operationPreview = z
  .object({
    kind: z.enum(bulkActionKinds),
    ...counts,
    rows: z.array(operationRow),
    /** What to know before it is done, such as groups left without an available member. */
    warnings: z.array(warning),
    digest: z.string(),
  })
  .meta({ id: 'OperationPreview' });

/** `done` of `total` rows are through; `pending` is the rest. */
export const operation = z
  .object({
    id: z.uuid(),
    kind: z.enum(bulkActionKinds),
    state: z.enum(operationStates),
    ...counts,
    done: z.number().int(),
    reason: z.string().nullable(),
    requestedBy: z.object({ id: z.uuid().nullable(), name: z.string() }),
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    cancelRequestedAt: instant.nullable(),
    stopReason: z.string().nullable(),
  })
  .meta({ id: 'Operation' });

export const listOperationsQuery = z.strictObject({
  ...pageQuery.shape,
  kind: z.enum(bulkActionKinds).optional(),
  state: z.enum(operationStates).optional(),
});
export const listOperationRowsQuery = z.strictObject({
  ...pageQuery.shape,
  outcome: z.enum(rowOutcomes).optional(),
});

export type BulkActionKind = (typeof bulkActionKinds)[number];
export type OperationState = (typeof operationStates)[number];
export type RowOutcome = (typeof rowOutcomes)[number];
export type CreateOperationInput = z.output<typeof createOperationInput>;
export type Operation = z.infer<typeof operation>;
export type OperationPreview = z.infer<typeof operationPreview>;
export type OperationRow = z.infer<typeof operationRow>;
