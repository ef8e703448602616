import { z } from 'zod';
import { instant } from './paging.ts';
import { permissionNames } from './permissions.ts';
import { emailAddress, ianaTimeZone, locale, personName } from './person-fields.ts';

/** Characters of a new password (NIST 800-63B-4 §3.1.1.2, without a second factor); no rule about their kinds. */
export const passwordLength = { minimum: 15, maximum: 256 } as const;

/** What a person types; the rules of strength are the server's (`weak_password`). */
export const password = z
  .string({ error: 'Enter a password.' })
  .min(1, { error: 'Enter a password.' })
  .max(passwordLength.maximum, {
    error: `The password is longer than ${passwordLength.maximum} characters. Choose a shorter one.`,
  });

const typedSignInName = z
  .string({ error: 'Enter your e-mail address.' })
  .min(1, { error: 'Enter your e-mail address.' })
  .max(320, { error: 'The e-mail address is longer than 320 characters. Correct it.' });

const linkToken = z.string({ error: 'Open the link from the mail again.' }).min(1).max(200);

/** POST /session. */
export const signInInput = z.strictObject({ signInName: typedSignInName, password }).meta({ id: 'SignIn' });

export const organizationChoice = z
  .object({ id: z.uuid(), name: z.string(), current: z.boolean() })
  .meta({ id: 'OrganizationChoice' });

/** Where the browser is signed in now; the organization that was used last comes first and is the current one. */
export const signInResult = z
  .object({ organizations: z.array(organizationChoice) })
  .meta({ id: 'SignInResult' });

/** POST /session/organization: works on in another organization of this browser's sessions. */
export const switchInput = z.strictObject({ organizationId: z.uuid() }).meta({ id: 'SwitchOrganization' });

/** Who is signed in, where, and what they may do. `abilities` are permissions held in the whole organization. */
export const me = z
  .object({
    user: z.object({
      id: z.uuid(),
      email: z.string().nullable(),
      signInName: z.string(),
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
      /** The path of the logo, which changes with it; null without one. */
      logo: z.string().nullable(),
    }),
    organizations: z.array(organizationChoice),
    abilities: z.array(z.enum(permissionNames)),
    sessionId: z.uuid().nullable(),
  })
  .meta({ id: 'Me' });

/** PATCH /me: one's own profile. What is left out stays; null goes back to the organization's language or time zone. */
export const updateMeInput = z
  .strictObject({
    firstName: personName,
    lastName: personName,
    locale: locale.nullable(),
    timeZone: ianaTimeZone.nullable(),
  })
  .partial()
  .meta({ id: 'UpdateMe' });

/** POST /me/password: ends every other session of the user. */
export const changePasswordInput = z
  .strictObject({ currentPassword: password, newPassword: password })
  .meta({ id: 'ChangePassword' });

/** POST /me/email: sends a link to the new address; nothing changes before it is confirmed. */
export const changeEmailInput = z
  .strictObject({ email: emailAddress, currentPassword: password })
  .meta({ id: 'ChangeEmail' });

/** POST /email-changes/complete. */
export const confirmEmailInput = z.strictObject({ token: linkToken }).meta({ id: 'ConfirmEmail' });
export const confirmedEmail = z.object({ email: z.string() }).meta({ id: 'ConfirmedEmail' });

/** POST /password-resets: always answered alike. `email` is another name for `signInName`. */
export const requestPasswordResetInput = z
  .strictObject({ signInName: typedSignInName.optional(), email: typedSignInName.optional() })
  .refine((input) => (input.signInName === undefined) !== (input.email === undefined), {
    error: 'Enter your e-mail address.',
    path: ['email'],
  })
  .meta({ id: 'RequestPasswordReset' });

export const accepted = z.object({ message: z.string() }).meta({ id: 'Accepted' });

/** POST /password-resets/complete: ends every session of the user; sign in afterwards. */
export const completePasswordResetInput = z
  .strictObject({ token: linkToken, password })
  .meta({ id: 'CompletePasswordReset' });

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

/** GET /sessions (one's own), GET /users/:id/sessions: the live ones, last used first. */
export const sessionList = z.object({ items: z.array(sessionView) }).meta({ id: 'Sessions' });
/** DELETE /sessions (all but this one), DELETE /users/:id/sessions (all). */
export const endedCount = z.object({ ended: z.number().int() }).meta({ id: 'Ended' });

export type Me = z.infer<typeof me>;
export type SignInInput = z.infer<typeof signInInput>;
export type OrganizationChoice = z.infer<typeof organizationChoice>;
export type UpdateMeInput = z.infer<typeof updateMeInput>;
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;
export type ChangeEmailInput = z.infer<typeof changeEmailInput>;
export type CompletePasswordResetInput = z.infer<typeof completePasswordResetInput>;
export type SessionView = z.infer<typeof sessionView>;
