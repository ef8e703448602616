import { type MailTemplate, sayInstant } from '../../../platform/mail/mail-content.ts';

export interface EmailChangeConfirmValues {
  organizationName: string;
  firstName: string;
  /** The address to confirm, to which this mail goes. */
  newEmail: string;
  link: string;
  /** ISO 8601. */
  expiresAt: string;
  timeZone: string;
}

/** To the new address: proves that its owner wants it. */
export const emailChangeConfirm: MailTemplate<EmailChangeConfirmValues> = {
  en: (v) => ({
    subject: `Confirm your new e-mail address for ${v.organizationName}`,
    preview: 'The change takes effect when you confirm it.',
    sender: v.organizationName,
    heading: 'Confirm your new e-mail address',
    paragraphs: [
      `Hello ${v.firstName},`,
      `Your account at ${v.organizationName} is to use this address from now on. The change takes effect when you confirm it.`,
    ],
    facts: [
      ['Organization', v.organizationName],
      ['New address', v.newEmail],
      ['Valid until', sayInstant(v.expiresAt, 'en', v.timeZone)],
    ],
    action: { label: 'Confirm this address', url: v.link },
    notes: ['If you did not ask for this, ignore this mail; the account keeps its old address.'],
    reason: `You got this mail because somebody entered this address as their new one at ${v.organizationName}.`,
  }),
  de: (v) => ({
    subject: `Bestätigen Sie Ihre neue E-Mail-Adresse für ${v.organizationName}`,
    preview: 'Die Änderung wird mit Ihrer Bestätigung wirksam.',
    sender: v.organizationName,
    heading: 'Neue E-Mail-Adresse bestätigen',
    paragraphs: [
      `Guten Tag ${v.firstName},`,
      `Ihr Konto bei ${v.organizationName} soll künftig diese Adresse verwenden. Die Änderung wird mit Ihrer Bestätigung wirksam.`,
    ],
    facts: [
      ['Organisation', v.organizationName],
      ['Neue Adresse', v.newEmail],
      ['Gültig bis', sayInstant(v.expiresAt, 'de', v.timeZone)],
    ],
    action: { label: 'Adresse bestätigen', url: v.link },
    notes: [
      'Wenn Sie das nicht veranlasst haben, ignorieren Sie diese E-Mail; das Konto behält seine bisherige Adresse.',
    ],
    reason: `Sie erhalten diese E-Mail, weil diese Adresse bei ${v.organizationName} als neue Adresse eingetragen wurde.`,
  }),
};

export interface EmailChangedNoticeValues {
  organizationName: string;
  firstName: string;
  newEmail: string;
  /** Who changed it, if not the reader. */
  changedBy?: string | undefined;
  /** ISO 8601. */
  changedAt: string;
  timeZone: string;
}

/** To the old address. It has no link: whoever reads that mailbox should no longer be able to do anything. */
export const emailChangedNotice: MailTemplate<EmailChangedNoticeValues> = {
  en: (v) => ({
    subject: `Your e-mail address at ${v.organizationName} was changed`,
    preview: 'If you know about it, there is nothing to do.',
    sender: v.organizationName,
    heading: 'Your e-mail address was changed',
    paragraphs: [
      `Hello ${v.firstName},`,
      `Your account at ${v.organizationName} no longer uses this address.`,
    ],
    facts: [
      ['Organization', v.organizationName],
      ['New address', v.newEmail],
      ...(v.changedBy ? [['Changed by', v.changedBy] as [string, string]] : []),
      ['Changed', sayInstant(v.changedAt, 'en', v.timeZone)],
    ],
    notes: ['If you know about this, there is nothing to do. If not, tell your administrator at once.'],
    reason: `You got this mail because this was the address of your account at ${v.organizationName} until now.`,
  }),
  de: (v) => ({
    subject: `Ihre E-Mail-Adresse bei ${v.organizationName} wurde geändert`,
    preview: 'Wenn Sie davon wissen, ist nichts zu tun.',
    sender: v.organizationName,
    heading: 'Ihre E-Mail-Adresse wurde geändert',
    paragraphs: [
      `Guten Tag ${v.firstName},`,
      `Ihr Konto bei ${v.organizationName} verwendet diese Adresse nicht mehr.`,
    ],
    facts: [
      ['Organisation', v.organizationName],
      ['Neue Adresse', v.newEmail],
      ...(v.changedBy ? [['Geändert von', v.changedBy] as [string, string]] : []),
      ['Geändert', sayInstant(v.changedAt, 'de', v.timeZone)],
    ],
    notes: [
      'Wenn Sie davon wissen, ist nichts zu tun. Wenn nicht, informieren Sie sofort Ihren Administrator.',
    ],
    reason: `Sie erhalten diese E-Mail, weil dies bisher die Adresse Ihres Kontos bei ${v.organizationName} war.`,
  }),
};
