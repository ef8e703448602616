import { z } from 'zod';
import { instant, pageOf, pageQuery } from './paging.ts';
import { ianaTimeZone, personName } from './person-fields.ts';
import { password } from './sessions.ts';
import { invitationState } from './users.ts';

/** Days for which a link works, and how long before its end a reminder goes out. */
export const invitationDays = { valid: 7, reminderBefore: 2 } as const;

const states = z.union([z.array(invitationState), invitationState.transform((one) => [one])]);

/** Each user's current invitation. `stuck=true`: those that will not be accepted unless somebody does something. */
export const listInvitationsQuery = z.strictObject({
  ...pageQuery.shape,
  state: states.optional(),
  stuck: z.stringbool().optional(),
});

/** `mail`: it was mailed; `link`: a link was made to hand over by other means. */
export const invitationDelivery = z.enum(['mail', 'link']);

/** One invitation: where it stands, and when it came there. */
export const invitationView = z
  .object({
    id: z.uuid(),
    userId: z.uuid(),
    email: z.string().nullable(),
    delivery: invitationDelivery,
    state: invitationState,
    /** Why it is where it is and what to do, in a sentence; the mail server's own words where there are any. */
    reason: z.string().nullable(),
    /** Where its mail stands: `deferred` is tried again, `kept` waits because no mail server is configured. */
    mailState: z.enum(['queued', 'deferred', 'kept', 'sent', 'refused', 'bounced', 'cancelled']).nullable(),
    /** Will not be accepted unless somebody does something. */
    stuck: z.boolean(),
    /** The last one of this user; those before it do not work any more. */
    current: z.boolean(),
    invitedBy: z.string().nullable(),
    createdAt: instant,
    expiresAt: instant,
    sentAt: instant.nullable(),
    refusedAt: instant.nullable(),
    bouncedAt: instant.nullable(),
    visitedAt: instant.nullable(),
    remindedAt: instant.nullable(),
    acceptedAt: instant.nullable(),
    expiredAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'Invitation' });

export const invitationRow = z
  .object({ ...invitationView.shape, userName: z.string() })
  .meta({ id: 'InvitationRow' });

export const invitationPage = pageOf(invitationRow).meta({ id: 'InvitationPage' });
/** Newest first. */
export const invitationHistory = z.object({ items: z.array(invitationView) }).meta({ id: 'Invitations' });

/** A link to hand over; shown this once: the replay of an Idempotency-Key has null in its place. */
export const invitationLink = z
  .object({ link: z.string().nullable(), expiresAt: instant })
  .meta({ id: 'InvitationLink' });

const token = z.string({ error: 'Open the link from the invitation again.' }).min(1).max(200);

/** POST /invitations/read, POST /invitations/visit: the token behind `#token=` of the link. */
export const invitationToken = z.strictObject({ token }).meta({ id: 'InvitationToken' });

/** What the page for accepting shows. */
export const invitationOffer = z
  .object({
    organization: z.string(),
    language: z.string(),
    timeZone: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    email: z.string().nullable(),
    signInName: z.string(),
    expiresAt: instant,
  })
  .meta({ id: 'InvitationOffer' });

/** POST /invitations/accept: sets name, password and time zone, makes the user active and signs them in. */
export const acceptInvitationInput = z
  .strictObject({ token, firstName: personName, lastName: personName, password, timeZone: ianaTimeZone })
  .meta({ id: 'AcceptInvitation' });

export type InvitationView = z.infer<typeof invitationView>;
export type InvitationRow = z.infer<typeof invitationRow>;
export type InvitationOffer = z.infer<typeof invitationOffer>;
export type AcceptInvitationInput = z.infer<typeof acceptInvitationInput>;
export type ListInvitationsQuery = z.infer<typeof listInvitationsQuery>;
