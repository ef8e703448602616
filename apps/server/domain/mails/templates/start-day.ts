import { type MailTemplate, sayDay } from '../../../platform/mail/mail-content.ts';

export interface StartDayValues {
  organizationName: string;
  firstName: string;
  userName: string;
  /** The calendar day, `2026-12-01`. */
  startDate: string;
  /** The sign-in page. */
  link: string;
}

/** On the first day of somebody who accepted the invitation before it: from now on sign-in works. */
export const startDay: MailTemplate<StartDayValues> = {
  en: (v) => ({
    subject: `Welcome to ${v.organizationName}: your account is open`,
    preview: 'Today is your start day. You can sign in now.',
    sender: v.organizationName,
    heading: 'Your account is open',
    paragraphs: [
      `Hello ${v.firstName},`,
      `Today you start at ${v.organizationName}. From now on you can sign in with the password that you chose.`,
    ],
    facts: [
      ['Organization', v.organizationName],
      ['You sign in as', v.userName],
      ['Start day', sayDay(v.startDate, 'en')],
    ],
    action: { label: 'Sign in', url: v.link },
    notes: [],
    reason: `You got this mail because your account at ${v.organizationName} was set to open today.`,
  }),
  de: (v) => ({
    subject: `Willkommen bei ${v.organizationName}: Ihr Konto ist freigeschaltet`,
    preview: 'Heute ist Ihr erster Tag. Sie können sich jetzt anmelden.',
    sender: v.organizationName,
    heading: 'Ihr Konto ist freigeschaltet',
    paragraphs: [
      `Guten Tag ${v.firstName},`,
      `heute beginnen Sie bei ${v.organizationName}. Ab jetzt können Sie sich mit dem Passwort anmelden, das Sie gewählt haben.`,
    ],
    facts: [
      ['Organisation', v.organizationName],
      ['Anmeldename', v.userName],
      ['Erster Tag', sayDay(v.startDate, 'de')],
    ],
    action: { label: 'Anmelden', url: v.link },
    notes: [],
    reason: `Sie erhalten diese E-Mail, weil Ihr Konto bei ${v.organizationName} für heute vorgesehen war.`,
  }),
};
