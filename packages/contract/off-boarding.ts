import { z } from 'zod';
import { instant, pageQuery } from './paging.ts';
import { lineOfText } from './person-fields.ts';
import { roleOfUser, roleReference, userStatus, warning } from './users.ts';

/** Why something is done, or the ticket that asked for it; kept in the audit. */
export const changeReason = lineOfText('The reason', 500);

const named = z.object({ id: z.uuid(), name: z.string() });

/** `successorId`: an active user who takes over the numbers; without one they are freed. */
export const previewOffBoardingQuery = z.strictObject({ successorId: z.uuid().optional() });
export const previewOffBoardingInput = z
  .strictObject({
    userIds: z.array(z.uuid()).min(1).max(200),
    successorId: z.uuid().nullish(),
  })
  .meta({ id: 'PreviewOffBoarding' });

/** `digest` is the preview's: when what would happen has changed since, nothing happens (`preview_drifted`). */
export const deactivateUserInput = z
  .strictObject({
    reason: changeReason.optional(),
    successorId: z.uuid().nullish(),
    digest: z.string().max(100).optional(),
  })
  .meta({ id: 'DeactivateUser' });

/** What ends when somebody is deactivated. */
export const endedKinds = [
  'session',
  'api_key',
  'link',
  'invitation',
  'group_routing',
  'number',
  'default_number',
  'availability',
] as const;

const endedThing = z.object({
  kind: z.enum(endedKinds),
  id: z.uuid().nullable(),
  /** What it is called: a device, a key's name, a group, a number. */
  label: z.string(),
  /** What becomes of it, or when it was last seen. */
  detail: z.string().nullable(),
});

/** `count` may be null where it is not counted (calls are not kept here). */
export const keptThing = z.object({ kind: z.string(), count: z.number().int().nullable(), text: z.string() });

/** What deactivating would do, found by doing it and rolling it back. */
export const offBoardingPreview = z
  .object({
    users: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        status: userStatus.nullable(),
        /** What refuses it, such as `last_administrator`; null where it would be done. */
        refusal: z.object({ code: z.string(), detail: z.string() }).nullable(),
      }),
    ),
    sessions: z.array(
      z.object({
        id: z.uuid(),
        userId: z.uuid(),
        userAgent: z.string().nullable(),
        ip: z.string().nullable(),
        createdAt: instant,
        lastSeenAt: instant,
      }),
    ),
    apiKeys: z.array(
      z.object({
        id: z.uuid(),
        userId: z.uuid(),
        name: z.string(),
        hint: z.string(),
        lastUsedAt: instant.nullable(),
      }),
    ),
    openInvitations: z.number().int(),
    /** Every group that loses somebody for routing; the memberships stay. */
    groups: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        /** Active members, counted up to a hundred. */
        availableBefore: z.number().int(),
        availableAfter: z.number().int(),
        leftWithoutAvailableMember: z.boolean(),
      }),
    ),
    /** Numbers assigned to these users, and numbers that are a default caller id of theirs. */
    numbers: z.array(
      z.object({
        id: z.uuid(),
        e164: z.string(),
        label: z.string(),
        use: z.enum(['assigned', 'default']),
        userId: z.uuid(),
        becomes: z.enum(['handed_over', 'freed', 'cleared']),
      }),
    ),
    successor: named.nullable(),
    kept: z.array(keptThing),
    manualCleanUp: z.array(z.object({ key: z.string(), text: z.string() })),
    seat: z.object({ text: z.string() }),
    digest: z.string(),
  })
  .meta({ id: 'OffBoardingPreview' });

/** The off-boarding record: what ended, when, why, by whom; what was kept and what is left to do by hand. */
export const offBoarding = z
  .object({
    id: z.uuid(),
    user: z.object({
      id: z.uuid(),
      /** As at the time of leaving. */
      name: z.string(),
      signInName: z.string(),
      email: z.string().nullable(),
      department: z.string().nullable(),
      title: z.string().nullable(),
      statusBefore: userStatus,
      roles: z.array(z.string()),
    }),
    times: z.object({
      /** Last day at work (`YYYY-MM-DD`); null: not known. */
      leavingDate: z.string().nullable(),
      /** When the source (identity provider, HR) had disabled the account; null: not known. */
      disabledAtSource: instant.nullable(),
      signalReceived: instant,
      accessEnded: instant,
      /** Milliseconds from the signal to the end of access. */
      milliseconds: z.number(),
      /** When a transaction begun afterwards saw that nothing of the access was left; null: not looked yet. */
      verified: instant.nullable(),
    }),
    by: z.object({ kind: z.string(), id: z.uuid().nullable(), name: z.string() }),
    reason: z.string().nullable(),
    requestId: z.string(),
    successor: named.nullable(),
    ended: z.array(
      z.object({
        kind: z.enum(endedKinds),
        count: z.number().int(),
        endedAt: instant,
        items: z.array(endedThing.omit({ kind: true })),
      }),
    ),
    kept: z.array(keptThing),
    tasks: z.array(
      z.object({
        key: z.string(),
        text: z.string(),
        doneAt: instant.nullable(),
        doneBy: z.string().nullable(),
        note: z.string().nullable(),
      }),
    ),
    reactivation: z
      .object({ at: instant, byName: z.string(), reason: z.string().nullable(), role: z.string() })
      .nullable(),
  })
  .meta({ id: 'OffBoarding' });

/** One line of the register of leavers. */
export const offBoardingRow = z
  .object({
    id: z.uuid(),
    userId: z.uuid(),
    name: z.string(),
    signInName: z.string(),
    department: z.string().nullable(),
    leavingDate: z.string().nullable(),
    signalReceived: instant,
    accessEnded: instant,
    milliseconds: z.number(),
    byKind: z.string(),
    byName: z.string(),
    reason: z.string().nullable(),
    openTasks: z.number().int(),
    reactivatedAt: instant.nullable(),
  })
  .meta({ id: 'OffBoardingRow' });

/** `from` and `to` are days in the organization’s time zone, both included; newest first. */
const registerFilters = {
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** Any part of the name, sign-in name or department as at the time of leaving. */
  search: z.string().max(200).optional(),
  userId: z.uuid().optional(),
  tasks: z.enum(['open', 'done']).optional(),
};
export const listOffBoardingsQuery = z.strictObject({ ...pageQuery.shape, ...registerFilters });
export const exportOffBoardingsQuery = z.strictObject(registerFilters);

export const offBoardingTaskParams = z.strictObject({ id: z.uuid(), key: z.string().min(1).max(50) });
export const tickOffTaskInput = z
  .strictObject({ done: z.boolean(), note: lineOfText('The note', 500).nullish() })
  .meta({ id: 'TickOffTask' });

/** What the reactivate dialog offers: the former roles and groups. An administrator's role is never preselected. */
export const reactivationOffer = z
  .object({
    roles: z.array(roleOfUser.omit({ until: true }).extend({ preselected: z.boolean() })),
    groups: z.array(named.extend({ preselected: z.boolean() })),
    /** `invited`: has never accepted or has no way to sign in, so a new invitation is sent. */
    becomes: z.enum(['active', 'invited']),
  })
  .meta({ id: 'ReactivationOffer' });

/** Exactly this role and exactly these groups; sessions and keys stay dead. */
export const reactivateUserInput = z
  .strictObject({
    role: roleReference,
    groupIds: z.array(z.uuid()).max(100),
    reason: changeReason.optional(),
  })
  .meta({ id: 'ReactivateUser' });

export const reactivatedUser = z
  .object({ id: z.uuid(), status: userStatus, warnings: z.array(warning) })
  .meta({ id: 'ReactivatedUser' });

export type DeactivateUserInput = z.output<typeof deactivateUserInput>;
export type ReactivateUserInput = z.output<typeof reactivateUserInput>;
export type OffBoardingPreview = z.infer<typeof offBoardingPreview>;
export type OffBoarding = z.infer<typeof offBoarding>;
export type OffBoardingRow = z.infer<typeof offBoardingRow>;
export type ReactivationOffer = z.infer<typeof reactivationOffer>;
export type EndedKind = (typeof endedKinds)[number];
export type ListOffBoardingsQuery = z.output<typeof listOffBoardingsQuery>;
