import { z } from 'zod';
import { instant, pageOf, pageQuery } from './paging.ts';
import { emailAddress } from './person-fields.ts';

/**
 * `queued`: about to be sent; `deferred`: tried, and tried again later; `sent`: the mail server took it; `refused`:
 * it did not, and will not; `bounced`: it took it and could not deliver it; `kept`: no mail server is configured;
 * `cancelled`: what it says was withdrawn before it was sent.
 */
export const mailStates = ['queued', 'deferred', 'sent', 'refused', 'bounced', 'kept', 'cancelled'] as const;
export const mailState = z.enum(mailStates);
export type MailState = (typeof mailStates)[number];

export const mailTemplateNames = [
  'invitation',
  'invitation-reminder',
  'start-day',
  'password-reset',
  'password-changed',
  'email-change-confirm',
  'email-changed-notice',
  'test-mail',
] as const;

export const mailRow = z
  .object({
    id: z.uuid(),
    template: z.enum(mailTemplateNames),
    to: z.string(),
    state: mailState,
    attempts: z.number().int(),
    /** The mail server's last words, or what went wrong on the way to it. */
    words: z.string().nullable(),
    userId: z.uuid().nullable(),
    createdAt: instant,
    lastAttemptAt: instant.nullable(),
    /** When it is tried again. */
    nextAttemptAt: instant.nullable(),
    sentAt: instant.nullable(),
  })
  .meta({ id: 'Mail' });

const mailStateList = z.union([z.array(mailState), mailState.transform((one) => [one])]);
/** Newest first. */
export const listMailsQuery = z.strictObject({ ...pageQuery.shape, state: mailStateList.optional() });
export const mailPage = pageOf(mailRow).meta({ id: 'MailPage' });

/** A mail as its reader sees it. Once sent it is not kept, since it holds links: then all three are null. */
export const mailView = z
  .object({
    ...mailRow.shape,
    subject: z.string().nullable(),
    /** Show it in a sandboxed iframe. */
    html: z.string().nullable(),
    text: z.string().nullable(),
    /** The reader may not see the link in it, which signs in as somebody else; its place says so. */
    linkHidden: z.boolean(),
  })
  .meta({ id: 'MailWithContent' });

/** GET /mail: what Settings → E-mail shows first. */
export const mailOverview = z
  .object({
    /** Whether there is a mail server; without one mails are kept and shown. */
    configured: z.boolean(),
    from: z.string().nullable(),
    bouncesTo: z.string().nullable(),
    /** Whether a mailbox is read for bounces; POST /mail/bounces takes them in any case. */
    bounceMailbox: z.boolean(),
    dkim: z.object({ domain: z.string(), selector: z.string() }).nullable(),
    counts: z.record(mailState, z.number().int()),
    oldestWaitingAt: instant.nullable(),
    /** Refused, bounced and deferred ones, latest first, 20 at most. */
    failures: z.array(mailRow),
  })
  .meta({ id: 'MailOverview' });

/** POST /mail/test. */
export const testMailInput = z.strictObject({ to: emailAddress }).meta({ id: 'TestMail' });

export const senderFinding = z
  .object({
    check: z.enum([
      'spf',
      'spf-lookups',
      'spf-sender',
      'dkim',
      'dmarc',
      'dmarc-alignment',
      'dmarc-reports',
      'bounces',
    ]),
    state: z.enum(['ok', 'missing', 'wrong', 'unknown']),
    explanation: z.string(),
    /** What to enter at the domain's DNS provider. */
    recordToAdd: z.object({ type: z.literal('TXT'), name: z.string(), value: z.string() }).optional(),
  })
  .meta({ id: 'SenderFinding' });

/** POST /mail/check: what receivers find in the DNS about the sender's domain. */
export const senderCheck = z
  .object({ checkedAt: instant, findings: z.array(senderFinding) })
  .meta({ id: 'SenderCheck' });

/** POST /mail/bounces: whether the report counted, and if not, why. */
export const bounceResult = z
  .object({ outcome: z.enum(['noted', 'ignored']), why: z.string().nullable() })
  .meta({ id: 'BounceResult' });

export type MailRow = z.infer<typeof mailRow>;
export type MailView = z.infer<typeof mailView>;
export type MailOverview = z.infer<typeof mailOverview>;
export type ListMailsQuery = z.infer<typeof listMailsQuery>;
