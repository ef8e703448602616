import { z } from 'zod';
import { auditActionNames, auditTargetKinds } from './audit-actions.ts';
import { instant } from './paging.ts';
import { invitationState } from './users.ts';

/** What the first page shows. A part that the caller may not see is null. */
export const homeSummary = z
  .object({
    people: z
      .object({
        scheduled: z.number().int(),
        invited: z.number().int(),
        active: z.number().int(),
        inactive: z.number().int(),
        online: z.number().int(),
        away: z.number().int(),
      })
      .nullable(),
    stuckInvitations: z
      .object({
        count: z.number().int(),
        /** Ten of them, the newest first. */
        items: z.array(
          z.object({
            userId: z.uuid(),
            name: z.string(),
            state: invitationState.nullable(),
            /** Why it is stuck, in plain words. */
            reason: z.string(),
            since: instant,
          }),
        ),
      })
      .nullable(),
    recentChanges: z
      .array(
        z.object({
          id: z.uuid(),
          occurredAt: instant,
          action: z.enum(auditActionNames),
          actorName: z.string().nullable(),
          targetKind: z.enum(auditTargetKinds),
          targetId: z.uuid().nullable(),
          targetName: z.string().nullable(),
        }),
      )
      .nullable(),
    warnings: z.array(z.object({ code: z.string(), message: z.string(), remedy: z.string() })),
  })
  .meta({ id: 'HomeSummary' });

export type HomeSummary = z.infer<typeof homeSummary>;
