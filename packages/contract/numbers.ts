import { z } from 'zod';
import { instant, pageQuery } from './paging.ts';
import { phoneNumberE164 } from './phone-number.ts';
import { warning } from './users.ts';

const label = z
  .string({ error: 'The label must be text.' })
  .overwrite((text) => text.normalize('NFC').trim())
  .max(200, { error: 'The label is longer than 200 characters. Shorten it.' })
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), {
    error: 'The label contains a line break or an invisible control character. Type it again by hand.',
  });

const oneHolder = (payload: {
  value: { userId?: string | null | undefined; groupId?: string | null | undefined };
  issues: unknown[];
}) => {
  if (payload.value.userId && payload.value.groupId) {
    payload.issues.push({
      code: 'custom',
      input: payload.value.groupId,
      path: ['groupId'],
      message: 'A number belongs to a user or to a group, not to both. Leave one out.',
    });
  }
};

export const createNumberInput = z
  .strictObject({
    e164: phoneNumberE164,
    label: label.default(''),
    userId: z.uuid().nullish(),
    groupId: z.uuid().nullish(),
  })
  .check(oneHolder)
  .meta({ id: 'CreateNumber' });

/** A `userId` or `groupId` assigns the number and takes it from whoever had it; null for both frees it. */
export const updateNumberInput = z
  .strictObject({
    label: label.optional(),
    userId: z.uuid().nullish(),
    groupId: z.uuid().nullish(),
  })
  .check(oneHolder)
  .meta({ id: 'UpdateNumber' });

const named = z.object({ id: z.uuid(), name: z.string() });

/** One phone number; its version is also the ETag (`"v<version>"`). */
export const numberView = z
  .object({
    id: z.uuid(),
    version: z.number().int(),
    e164: z.string(),
    label: z.string(),
    user: named.nullable(),
    group: named.nullable(),
    /** How many users have it as their default outbound number. */
    defaultOf: z.number().int(),
    createdAt: instant,
    warnings: z.array(warning).optional(),
  })
  .meta({ id: 'Number' });

/** `usableBy`: what this user may call out with: their own numbers and those of their groups. */
export const listNumbersQuery = z.strictObject({
  ...pageQuery.shape,
  /** Any part of the number (digits) or of the label. */
  search: z.string().max(200).optional(),
  state: z.enum(['free', 'assigned']).optional(),
  userId: z.uuid().optional(),
  groupId: z.uuid().optional(),
  usableBy: z.uuid().optional(),
});

export type CreateNumberInput = z.output<typeof createNumberInput>;
export type UpdateNumberInput = z.output<typeof updateNumberInput>;
export type NumberView = z.infer<typeof numberView>;
export type ListNumbersQuery = z.output<typeof listNumbersQuery>;
