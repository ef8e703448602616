import { type MailTemplate, sayInstant } from '../../../platform/mail/mail-content.ts';

export interface TestMailValues {
  organizationName: string;
  requestedBy: string;
  /** ISO 8601. */
  requestedAt: string;
  timeZone: string;
  /** Settings → E-mail. */
  link: string;
}

/** Sent from Settings → E-mail, to see whether mail arrives. */
export const testMail: MailTemplate<TestMailValues> = {
  en: (v) => ({
    subject: `Test mail from ${v.organizationName}`,
    preview: 'Mail from Rollcall arrives.',
    sender: v.organizationName,
    heading: 'Mail from Rollcall arrives',
    paragraphs: [
      'This is the test mail that you asked for. Invitations take the same way and look the same.',
      'If it was in the spam folder, see what Settings → E-mail says about the sender’s domain.',
    ],
    facts: [
      ['Organization', v.organizationName],
      ['Asked for by', v.requestedBy],
      ['Asked for', sayInstant(v.requestedAt, 'en', v.timeZone)],
    ],
    action: { label: 'Open e-mail settings', url: v.link },
    notes: [],
    reason: `You got this mail because ${v.requestedBy} sent a test mail to this address.`,
  }),
  de: (v) => ({
    subject: `Test-E-Mail von ${v.organizationName}`,
    preview: 'E-Mails von Rollcall kommen an.',
    sender: v.organizationName,
    heading: 'E-Mails von Rollcall kommen an',
    paragraphs: [
      'Dies ist die Test-E-Mail, die Sie angefordert haben. Einladungen nehmen denselben Weg und sehen genauso aus.',
      'Falls sie im Spam-Ordner lag, sehen Sie unter Einstellungen → E-Mail nach, was zur Domain des Absenders zu tun ist.',
    ],
    facts: [
      ['Organisation', v.organizationName],
      ['Angefordert von', v.requestedBy],
      ['Angefordert', sayInstant(v.requestedAt, 'de', v.timeZone)],
    ],
    action: { label: 'E-Mail-Einstellungen öffnen', url: v.link },
    notes: [],
    reason: `Sie erhalten diese E-Mail, weil ${v.requestedBy} eine Test-E-Mail an diese Adresse gesendet hat.`,
  }),
};
