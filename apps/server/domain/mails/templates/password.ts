import { type MailTemplate, sayInstant } from '../../../platform/mail/mail-content.ts';

export interface PasswordResetValues {
  organizationName: string;
  firstName: string;
  userName: string;
  link: string;
  /** ISO 8601. */
  expiresAt: string;
  timeZone: string;
  /** The administrator who started it; absent if the reader asked for it on the sign-in page. */
  startedBy?: string | undefined;
}

/** A link to choose a new password. */
export const passwordReset: MailTemplate<PasswordResetValues> = {
  en: (v) => ({
    subject: `Choose a new password for ${v.organizationName}`,
    preview: `The link works until ${sayInstant(v.expiresAt, 'en', v.timeZone)}.`,
    sender: v.organizationName,
    heading: 'Choose a new password',
    paragraphs: [
      `Hello ${v.firstName},`,
      v.startedBy
        ? `${v.startedBy} has started a reset of your password at ${v.organizationName}. Choose a new one to sign in again.`
        : `Somebody, probably you, asked for a new password for your account at ${v.organizationName}.`,
    ],
    facts: [
      ['Organization', v.organizationName],
      ['You sign in as', v.userName],
      ['Valid until', sayInstant(v.expiresAt, 'en', v.timeZone)],
    ],
    action: { label: 'Choose a new password', url: v.link },
    notes: [
      v.startedBy
        ? 'The link works once. A new password ends all your sessions. If you did not expect this, ask your administrator before you use the link.'
        : 'The link works once. A new password ends all your sessions. If it was not you, ignore this mail; your password stays as it is.',
    ],
    reason: `You got this mail because a password reset was started for this address at ${v.organizationName}.`,
  }),
  de: (v) => ({
    subject: `Neues Passwort für ${v.organizationName} wählen`,
    preview: `Der Link gilt bis ${sayInstant(v.expiresAt, 'de', v.timeZone)}.`,
    sender: v.organizationName,
    heading: 'Neues Passwort wählen',
    paragraphs: [
      `Guten Tag ${v.firstName},`,
      v.startedBy
        ? `${v.startedBy} hat das Zurücksetzen Ihres Passworts bei ${v.organizationName} veranlasst. Wählen Sie ein neues, um sich wieder anzumelden.`
        : `jemand, vermutlich Sie selbst, hat für Ihr Konto bei ${v.organizationName} ein neues Passwort angefordert.`,
    ],
    facts: [
      ['Organisation', v.organizationName],
      ['Anmeldename', v.userName],
      ['Gültig bis', sayInstant(v.expiresAt, 'de', v.timeZone)],
    ],
    action: { label: 'Neues Passwort wählen', url: v.link },
    notes: [
      v.startedBy
        ? 'Der Link funktioniert einmal. Ein neues Passwort beendet alle Ihre Sitzungen. Wenn Sie das nicht erwartet haben, fragen Sie Ihren Administrator, bevor Sie den Link verwenden.'
        : 'Der Link funktioniert einmal. Ein neues Passwort beendet alle Ihre Sitzungen. Wenn Sie das nicht waren, ignorieren Sie diese E-Mail; Ihr Passwort bleibt unverändert.',
    ],
    reason: `Sie erhalten diese E-Mail, weil für diese Adresse bei ${v.organizationName} ein neues Passwort angefordert wurde.`,
  }),
};

export interface PasswordChangedValues {
  organizationName: string;
  firstName: string;
  userName: string;
  /** ISO 8601. */
  changedAt: string;
  timeZone: string;
  /** The page for a forgotten password. */
  link: string;
}

/** Tells the owner that the password was changed. It carries no link that would change anything by itself. */
export const passwordChanged: MailTemplate<PasswordChangedValues> = {
  en: (v) => ({
    subject: `Your password at ${v.organizationName} was changed`,
    preview: 'If it was you, there is nothing to do.',
    sender: v.organizationName,
    heading: 'Your password was changed',
    paragraphs: [
      `Hello ${v.firstName},`,
      `The password of your account at ${v.organizationName} was changed. If it was you, there is nothing to do.`,
    ],
    facts: [
      ['Organization', v.organizationName],
      ['You sign in as', v.userName],
      ['Changed', sayInstant(v.changedAt, 'en', v.timeZone)],
    ],
    action: { label: 'It was not me', url: v.link },
    notes: ['If it was not you, choose a new password at once and tell your administrator.'],
    reason: `You got this mail because changes of the password are always told to the account’s owner.`,
  }),
  de: (v) => ({
    subject: `Ihr Passwort bei ${v.organizationName} wurde geändert`,
    preview: 'Wenn Sie das waren, ist nichts zu tun.',
    sender: v.organizationName,
    heading: 'Ihr Passwort wurde geändert',
    paragraphs: [
      `Guten Tag ${v.firstName},`,
      `das Passwort Ihres Kontos bei ${v.organizationName} wurde geändert. Wenn Sie das waren, ist nichts zu tun.`,
    ],
    facts: [
      ['Organisation', v.organizationName],
      ['Anmeldename', v.userName],
      ['Geändert', sayInstant(v.changedAt, 'de', v.timeZone)],
    ],
    action: { label: 'Das war ich nicht', url: v.link },
    notes: [
      'Wenn Sie das nicht waren, wählen Sie sofort ein neues Passwort und informieren Sie Ihren Administrator.',
    ],
    reason:
      'Sie erhalten diese E-Mail, weil Änderungen des Passworts dem Inhaber des Kontos immer mitgeteilt werden.',
  }),
};
