import { z } from 'zod';
import { instant } from './paging.ts';
import { permissionNames } from './permissions.ts';

/** What a person types; the rules of strength are the server's (`weak_password`). */
export const password = z
  .string({ error: 'Enter a password.' })
  .min(1, { error: 'Enter a password.' })
  .max(256, { error: 'The password is longer than 256 characters. Choose a shorter one.' });

export const signInInput = z.strictObject({
  signInName: z.string().min(1, { error: 'Enter your e-mail address.' }).max(320),
  password,
});

export const organizationChoice = z
  .object({ id: z.uuid(), name: z.string(), current: z.boolean() })
  .meta({ id: 'OrganizationChoice' });

export const signInResult = z.object({ organizations: z.array(organizationChoice) });
export const switchInput = z.strictObject({ organizationId: z.uuid() });

/** Who is signed in, where, and what they may do. `abilities` are permissions held in the whole organization. */
export const me = z
  .object({
    user: z.object({
      id: z.uuid(),
      email: z.string().nullable(),
      firstName: z.string(),
      lastName: z.string(),
      locale: z.string().nullable(),
      timeZone: z.string().nullable(),
    }),
    email: z.string().nullable(),
    organization: z.object({
      id: z.uuid(),
      name: z.string(),
      language: z.string(),
      timeZone: z.string(),
      reasonRequired: z.boolean(),
    }),
    organizations: z.array(organizationChoice),
    abilities: z.array(z.enum(permissionNames)),
    sessionId: z.uuid().nullable(),
  })
  .meta({ id: 'Me' });

export const sessionView = z
  .object({
    id: z.uuid(),
    createdAt: instant,
    lastSeenAt: instant,
    expiresAt: instant,
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
    current: z.boolean(),
  })
  .meta({ id: 'Session' });

export type Me = z.infer<typeof me>;
export type SignInInput = z.infer<typeof signInInput>;
