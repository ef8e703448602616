import { type MailContent, type MailTemplate, sayInstant } from '../../../platform/mail/mail-content.ts';

export interface InvitationValues {
  organizationName: string;
  /** Absent where nobody in person invited: an import by key, a provisioning. */
  inviterName?: string | undefined;
  inviterEmail?: string | undefined;
  firstName: string;
  /** The name the reader will sign in with. */
  userName: string;
  link: string;
  /** ISO 8601. */
  expiresAt: string;
  timeZone: string;
}

/** The first mail that a new user gets. */
export const invitation: MailTemplate<InvitationValues> = {
  en: (v) => ({
    ...frame.en(v),
    subject: v.inviterName
      ? `${v.inviterName} invited you to ${v.organizationName}`
      : `Your invitation to ${v.organizationName}`,
    preview: 'Accept the invitation and choose a password to begin.',
    heading: `Join ${v.organizationName}`,
    paragraphs: [
      `Hello ${v.firstName},`,
      v.inviterName
        ? `${v.inviterName} has set up an account for you at ${v.organizationName}. Accept the invitation and choose a password, and you can sign in and take calls.`
        : `An account has been set up for you at ${v.organizationName}. Accept the invitation and choose a password, and you can sign in and take calls.`,
    ],
  }),
  de: (v) => ({
    ...frame.de(v),
    subject: v.inviterName
      ? `${v.inviterName} lädt Sie zu ${v.organizationName} ein`
      : `Ihre Einladung zu ${v.organizationName}`,
    preview: 'Nehmen Sie die Einladung an und wählen Sie ein Passwort.',
    heading: `Ihre Einladung zu ${v.organizationName}`,
    paragraphs: [
      `Guten Tag ${v.firstName},`,
      v.inviterName
        ? `${v.inviterName} hat bei ${v.organizationName} ein Konto für Sie eingerichtet. Nehmen Sie die Einladung an und wählen Sie ein Passwort; dann können Sie sich anmelden und Anrufe annehmen.`
        : `Bei ${v.organizationName} wurde ein Konto für Sie eingerichtet. Nehmen Sie die Einladung an und wählen Sie ein Passwort; dann können Sie sich anmelden und Anrufe annehmen.`,
    ],
  }),
};

/** The same invitation once more, shortly before it expires. */
export const invitationReminder: MailTemplate<InvitationValues> = {
  en: (v) => ({
    ...frame.en(v),
    subject: `Your invitation to ${v.organizationName} expires soon`,
    preview: `It can be accepted until ${sayInstant(v.expiresAt, 'en', v.timeZone)}.`,
    heading: 'Your invitation expires soon',
    paragraphs: [
      `Hello ${v.firstName},`,
      `Your account at ${v.organizationName} is ready, and your invitation has not been accepted yet. After the time below the link stops working and you would need a new one.`,
    ],
  }),
  de: (v) => ({
    ...frame.de(v),
    subject: `Ihre Einladung zu ${v.organizationName} läuft bald ab`,
    preview: `Sie gilt bis ${sayInstant(v.expiresAt, 'de', v.timeZone)}.`,
    heading: 'Ihre Einladung läuft bald ab',
    paragraphs: [
      `Guten Tag ${v.firstName},`,
      `Ihr Konto bei ${v.organizationName} ist bereit, die Einladung ist aber noch nicht angenommen. Nach dem unten genannten Zeitpunkt gilt der Link nicht mehr, und Sie bräuchten einen neuen.`,
    ],
  }),
};

type Frame = Pick<MailContent, 'sender' | 'facts' | 'action' | 'notes' | 'reason'>;

/** What invitation and reminder have in common. */
const frame = {
  en: (v: InvitationValues): Frame => ({
    sender: v.organizationName,
    facts: [
      ['Organization', v.organizationName],
      ...inviterFact('Invited by', v),
      ['You will sign in as', v.userName],
      ['Valid until', sayInstant(v.expiresAt, 'en', v.timeZone)],
    ],
    action: { label: 'Accept invitation', url: v.link },
    notes: [
      'The link is for you alone and works once. If you do not know this organization, ignore this mail; nothing happens without your acceptance.',
    ],
    reason: `You got this mail because ${v.inviterName ?? 'an administrator'} entered your address when adding you to ${v.organizationName}.`,
  }),
  de: (v: InvitationValues): Frame => ({
    sender: v.organizationName,
    facts: [
      ['Organisation', v.organizationName],
      ...inviterFact('Eingeladen von', v),
      ['Anmeldename', v.userName],
      ['Gültig bis', sayInstant(v.expiresAt, 'de', v.timeZone)],
    ],
    action: { label: 'Einladung annehmen', url: v.link },
    notes: [
      'Der Link ist nur für Sie bestimmt und funktioniert einmal. Wenn Sie diese Organisation nicht kennen, ignorieren Sie diese E-Mail; ohne Ihre Annahme geschieht nichts.',
    ],
    reason: v.inviterName
      ? `Sie erhalten diese E-Mail, weil ${v.inviterName} Sie mit dieser Adresse zu ${v.organizationName} hinzugefügt hat.`
      : `Sie erhalten diese E-Mail, weil Sie mit dieser Adresse zu ${v.organizationName} hinzugefügt wurden.`,
  }),
};

function inviterFact(label: string, v: InvitationValues): [string, string][] {
  if (!v.inviterName) return [];
  return [[label, v.inviterEmail ? `${v.inviterName} (${v.inviterEmail})` : v.inviterName]];
}
