import { createTransport, type NodemailerError } from 'nodemailer';
import { type DkimKey, readDkimKey } from './dkim-key.ts';
import { readMailbox } from './read-mailbox.ts';

export interface MailTransportOptions {
  /** `smtp://user:password@host:587` (STARTTLS where offered; `?requireTLS=true` insists) or `smtps://…:465`. */
  smtpUrl: string;
  /** The visible sender: `Rollcall <rollcall@example.com>` or a bare address. */
  from: string;
  /** Where bounces go (the envelope's return path); the address of `from` if absent. */
  bouncesTo?: string | undefined;
  /** Signs each mail. Leave out where the mail server signs. */
  dkim?: DkimKey | undefined;
  /** Milliseconds without progress after which an attempt counts as deferred; 60,000 if absent. */
  timeoutMs?: number | undefined;
}

export interface OutgoingMail {
  /** One address. A mail to several people is several mails, so that each has an outcome of its own. */
  to: string;
  toName?: string | undefined;
  /** Replaces the display name of `from`, never its address. */
  fromName?: string | undefined;
  /** Where an answer goes, if not to the sender. */
  replyTo?: string | undefined;
  subject: string;
  text: string;
  html: string;
  /** From `createMessageId`; the same on every attempt. */
  messageId: string;
}

/** The closed set of what can come of one attempt. `words` are the server's, or say what went wrong here. */
export type SendOutcome =
  /**
   * The server took the mail. `serverMessageId` is set where it put its own Message-ID in place of ours
   * (Microsoft 365, Amazon SES): a bounce will name that one, so store both.
   */
  | { outcome: 'accepted'; serverResponse: string; serverMessageId?: string | undefined }
  /** 5xx for this recipient or content: another attempt would get the same. `code` is null if we refused it. */
  | { outcome: 'refused'; permanent: true; code: number | null; words: string }
  /**
   * Try again later with the same Message-ID. `setup` means the mail server does not accept us at all
   * (sign-in, sender, TLS): somebody must look at SMTP_URL or MAIL_FROM, the recipient is not to blame.
   */
  | { outcome: 'deferred'; cause: 'busy' | 'unreachable' | 'setup'; code: number | null; words: string };

export interface MailTransport {
  /** Tries once; never throws for anything that a mail server does. */
  send(mail: OutgoingMail): Promise<SendOutcome>;
  /** Connects and signs in without sending. */
  verify(): Promise<{ ok: true } | { ok: false; cause: 'busy' | 'unreachable' | 'setup'; words: string }>;
  close(): void;
}

const messageIdForm = /^<[^<>\s@]+@[^<>\s@]+>$/;

/**
 * Opens a pooled SMTP transport. Nothing connects before the first `send` or `verify`.
 *
 * @throws TypeError if `from`, `bouncesTo`, `smtpUrl` or the DKIM key cannot be used
 */
export function createMailTransport(options: MailTransportOptions): MailTransport {
  const sender = readMailbox(options.from);
  if (!sender) throw new TypeError(`MAIL_FROM is not an e-mail address: ${options.from}`);
  const returnPath = options.bouncesTo === undefined ? sender : readMailbox(options.bouncesTo);
  if (!returnPath)
    throw new TypeError(`the address for bounces is not an e-mail address: ${options.bouncesTo}`);
  if (!/^smtps?:\/\/[^/]/.test(options.smtpUrl))
    throw new TypeError('SMTP_URL must begin with smtp:// or smtps://');
  // With a key that it cannot use the signer would send unsigned, without a word.
  if (options.dkim && !readDkimKey(options.dkim.privateKey)) {
    throw new TypeError('the DKIM key is not an RSA private key in PEM format');
  }
  const timeout = options.timeoutMs ?? 60_000;
  const pool = createTransport({
    url: options.smtpUrl,
    pool: true,
    connectionTimeout: Math.min(timeout, 15_000),
    greetingTimeout: Math.min(timeout, 30_000),
    dnsTimeout: Math.min(timeout, 15_000),
    socketTimeout: timeout,
    // Once, for a pooled connection that the server closed in the meantime; real retries are the outbox's.
    maxRequeues: 1,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(options.dkim && {
      dkim: {
        domainName: options.dkim.domain,
        keySelector: options.dkim.selector,
        privateKey: options.dkim.privateKey,
      },
    }),
  });

  async function send(mail: OutgoingMail): Promise<SendOutcome> {
    if (!messageIdForm.test(mail.messageId)) throw new TypeError(`not a Message-ID: ${mail.messageId}`);
    const to = readMailbox(mail.to);
    if (!to || to.name) return refusedHere(`"${mail.to}" is not an e-mail address.`);
    const replyTo = mail.replyTo === undefined ? undefined : readMailbox(mail.replyTo);
    try {
      // Addresses go in as objects and never as strings: a string would be parsed as a list of recipients.
      const sent = await pool.sendMail({
        from: { name: oneLine(mail.fromName ?? sender!.name), address: sender!.address },
        to: { name: oneLine(mail.toName ?? ''), address: to.address },
        ...(replyTo && { replyTo: { name: oneLine(replyTo.name), address: replyTo.address } }),
        subject: oneLine(mail.subject),
        text: mail.text,
        html: mail.html,
        messageId: mail.messageId,
        headers: {
          // RFC 3834 §5: keeps out-of-office replies away. Exchange reads only its own header, in which
          // "All" would suppress the bounces that we want.
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'OOF, AutoReply, RN, NRN',
        },
        envelope: {
          from: returnPath!.address,
          to: [to.address],
          // RFC 3461: asks servers that can for a report with our id in it and the headers only.
          dsn: { id: mail.messageId.slice(1, -1), ret: 'HDRS', notify: ['FAILURE', 'DELAY'] },
        },
      });
      return {
        outcome: 'accepted',
        serverResponse: sent.response ?? '',
        serverMessageId: sent.serverMessageId,
      };
    } catch (error) {
      return classifyFailure(error as NodemailerError);
    }
  }

  async function verify() {
    try {
      await pool.verify();
      return { ok: true } as const;
    } catch (error) {
      const { cause, words } = deferred(error as NodemailerError);
      return { ok: false, cause, words } as const;
    }
  }

  return { send, verify, close: () => pool.close({ force: true }) };
}

/** A 5xx is about this mail only at RCPT and DATA; before them it is about us, and another mail fares no better. */
function classifyFailure(error: NodemailerError): SendOutcome {
  const aboutThisMail = error.command === 'RCPT TO' || error.command === 'DATA';
  if (aboutThisMail && error.permanent) {
    return { outcome: 'refused', permanent: true, code: error.responseCode ?? null, words: wordsOf(error) };
  }
  if (error.code === 'EENVELOPE' && error.command === 'API') return refusedHere(error.message);
  return deferred(error);
}

function deferred(error: NodemailerError): Extract<SendOutcome, { outcome: 'deferred' }> {
  const code = error.responseCode ?? null;
  const certificate = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL/.test(error.originalCode ?? '');
  const ours = error.permanent || certificate || ['EAUTH', 'ENOAUTH', 'ETLS'].includes(error.code ?? '');
  const cause = ours ? 'setup' : code === null ? 'unreachable' : 'busy';
  return { outcome: 'deferred', cause, code, words: wordsOf(error) };
}

function refusedHere(words: string): SendOutcome {
  return { outcome: 'refused', permanent: true, code: null, words };
}

function wordsOf(error: NodemailerError): string {
  return oneLine(error.response ?? error.message).slice(0, 500);
}

/** A header's value on one line: RFC 5322 §2.2 ends a header at a line break, and an attacker would begin another. */
function oneLine(value: string): string {
  return value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
