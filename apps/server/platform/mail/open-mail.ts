import { domainToASCII } from 'node:url';
import type { DkimKey } from './dkim-key.ts';
import { readMailbox } from './read-mailbox.ts';
import { createMailTransport, type MailTransport } from './transport.ts';

export interface MailSettings {
  smtpUrl?: string | undefined;
  from?: string | undefined;
  bouncesTo?: string | undefined;
  bouncesUrl?: string | undefined;
  dkim?: DkimKey | undefined | '';
}

/** Outgoing mail as it is configured, ready to be sent through. */
export interface Mail {
  transport: MailTransport;
  /** The visible sender, as in MAIL_FROM. */
  from: string;
  /** Its domain, which our Message-IDs name. */
  domain: string;
  bouncesTo: string | undefined;
  /** The mailbox to read bounces from. */
  bouncesUrl: string | undefined;
  smtpHost: string;
  dkim: DkimKey | undefined;
}

/**
 * Opens outgoing mail; null where no mail server is configured. Nothing connects yet.
 *
 * @throws TypeError if a setting cannot be used
 */
export function openMail(settings: MailSettings): Mail | null {
  const { smtpUrl, from, bouncesTo, bouncesUrl } = settings;
  if (!smtpUrl || !from) return null;
  const dkim = settings.dkim || undefined;
  const transport = createMailTransport({ smtpUrl, from, bouncesTo, dkim });
  return {
    transport,
    from,
    domain: domainToASCII(readMailbox(from)!.domain),
    bouncesTo,
    bouncesUrl,
    smtpHost: new URL(smtpUrl).hostname,
    dkim,
  };
}
