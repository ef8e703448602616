import { z } from 'zod';
import { instant, pageQuery } from './paging.ts';
import { lineOfText } from './person-fields.ts';
import { availability, userStatus, warning } from './users.ts';

/** How a call to the group rings. `round_robin` remembers whose turn it was. */
export const ringStrategies = ['all_at_once', 'round_robin', 'longest_idle', 'random'] as const;
export const ringStrategy = z.enum(ringStrategies, {
  error: `The ring strategy is one of ${ringStrategies.join(', ')}.`,
});

const groupName = lineOfText('The name of the group', 200);
const userIds = z.array(z.uuid()).max(1000, { error: 'Change at most 1,000 members at once.' });

export const createGroupInput = z
  .strictObject({
    name: groupName,
    ringStrategy: ringStrategy.default('all_at_once'),
    /** In this order. */
    memberIds: userIds.optional(),
  })
  .meta({ id: 'CreateGroup' });

export const updateGroupInput = z
  .strictObject({ name: groupName, ringStrategy })
  .partial()
  .meta({ id: 'UpdateGroup' });

/** `available` members are active users: an invited or inactive one stays in the group but takes no calls. */
export const groupRow = z
  .object({
    id: z.uuid(),
    version: z.number().int(),
    name: z.string(),
    ringStrategy,
    memberCount: z.number().int(),
    availableCount: z.number().int(),
    onlineCount: z.number().int(),
    createdAt: instant,
  })
  .meta({ id: 'GroupRow' });

/** One group; its version is also the ETag (`"v<version>"`). */
export const groupView = groupRow
  .extend({
    numbers: z.array(z.object({ id: z.uuid(), e164: z.string(), label: z.string() })),
    warnings: z.array(warning).optional(),
  })
  .meta({ id: 'Group' });

export const listGroupsQuery = z.strictObject({ ...pageQuery.shape, search: z.string().max(200).optional() });

export const groupMember = z
  .object({
    userId: z.uuid(),
    firstName: z.string(),
    lastName: z.string(),
    signInName: z.string(),
    status: userStatus,
    availability,
    available: z.boolean(),
    position: z.number().int(),
    addedAt: instant,
  })
  .meta({ id: 'GroupMember' });

/** Adds and removes in one change. With `preview` it is done, rolled back, and answered just the same. */
export const changeMembersInput = z
  .strictObject({
    add: userIds.optional(),
    remove: userIds.optional(),
    preview: z.boolean().default(false),
  })
  .meta({ id: 'ChangeMembers' });

/** One outcome a given user. `changed` is false where it was so already. */
export const membersChange = z
  .object({
    outcomes: z.array(
      z.object({
        userId: z.uuid(),
        change: z.enum(['add', 'remove']),
        changed: z.boolean(),
        error: z.object({ code: z.string(), detail: z.string() }).nullable(),
      }),
    ),
    group: groupRow,
    warnings: z.array(warning),
  })
  .meta({ id: 'MembersChange' });

/** These members first, in this order; whoever is not named keeps their order behind them. */
export const orderMembersInput = z.strictObject({ userIds: userIds.min(1) }).meta({ id: 'OrderMembers' });

export type RingStrategy = (typeof ringStrategies)[number];
export type CreateGroupInput = z.output<typeof createGroupInput>;
export type UpdateGroupInput = z.output<typeof updateGroupInput>;
export type GroupRow = z.infer<typeof groupRow>;
export type GroupView = z.infer<typeof groupView>;
export type GroupMember = z.infer<typeof groupMember>;
export type ChangeMembersInput = z.output<typeof changeMembersInput>;
export type MembersChange = z.infer<typeof membersChange>;
