import { z } from 'zod';
import { emailAddress, ianaTimeZone, personName } from './person-fields.ts';
import { password } from './sessions.ts';

export const organizationName = z
  .string({ error: 'Enter the name of the organization.' })
  .overwrite((name) => name.normalize('NFC').trim())
  .min(1, { error: 'Enter the name of the organization.' })
  .max(200, { error: 'The name is longer than 200 characters. Shorten it.' });

/** POST /setup: the first organization and its administrator, by the one-time set-up link; signs in (201). */
export const setupInput = z
  .strictObject({
    token: z.string().max(200),
    organizationName,
    firstName: personName,
    lastName: personName,
    email: emailAddress,
    password,
    timeZone: ianaTimeZone.optional(),
    language: z.enum(['en', 'de']).optional(),
  })
  .meta({ id: 'SetUp' });

/** GET /setup: whether there is no organization yet. */
export const setupState = z.object({ open: z.boolean() }).meta({ id: 'SetUpState' });
export type SetupInput = z.infer<typeof setupInput>;
