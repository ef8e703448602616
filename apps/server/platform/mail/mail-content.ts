/** The languages in which mails are written. A further one is a further text in each template and below. */
export type MailLanguage = 'en' | 'de';

/**
 * What a mail says, as plain words: no markup, nothing escaped. The layout gives it its form and escapes
 * every value, so that a name can never become markup.
 */
export interface MailContent {
  subject: string;
  /** The line that an inbox shows beside the subject. */
  preview: string;
  /** On whose behalf; stands at the top. */
  sender: string;
  heading: string;
  paragraphs: string[];
  /** What the reader should be able to check at a glance, as label and value. */
  facts: [label: string, value: string][];
  action?: { label: string; url: string };
  /** After the button: until when, and what to do if it was not you. */
  notes: string[];
  /** Why this reader got this mail. */
  reason: string;
}

/** One mail in all its languages. */
export type MailTemplate<Values> = Record<MailLanguage, (values: Values) => MailContent>;

/** Takes the language part of a BCP 47 tag (`de-AT`); English where there is no text in that language. */
export function chooseMailLanguage(locale: string | null | undefined): MailLanguage {
  return /^de\b/i.test(locale ?? '') ? 'de' : 'en';
}

/**
 * Says an instant in words, with its time zone: "Tuesday 1 December 2026, 09:30 CET".
 *
 * @param instant a Date or an ISO 8601 string
 * @param timeZone an IANA name
 */
export function sayInstant(instant: Date | string, language: MailLanguage, timeZone: string): string {
  const at = new Date(instant);
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const;
  const clock = new Intl.DateTimeFormat(tags[language], { ...time, timeZone }).format(at);
  const day = sayDay(at, language, timeZone);
  return language === 'de' ? `${day}, ${clock.replace(/(\d\d:\d\d)/, '$1 Uhr')}` : `${day}, ${clock}`;
}

/**
 * Says a day in words: "Tuesday 1 December 2026".
 *
 * @param day an instant, of which the day in `timeZone` is said, or a calendar day `2026-12-01` with zone UTC
 */
export function sayDay(day: Date | string, language: MailLanguage, timeZone = 'UTC'): string {
  return new Intl.DateTimeFormat(tags[language], { dateStyle: 'full', timeZone }).format(new Date(day));
}

// British English, because it writes days as "1 December" and the clock with 24 hours.
const tags = { en: 'en-GB', de: 'de-DE' };
