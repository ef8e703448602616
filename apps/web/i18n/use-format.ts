import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export interface Format {
  number(value: number): string;
  /** 23 Nov 2026 */
  date(value: string | Date): string;
  /** 23 Nov 2026, 14:05 */
  dateTime(value: string | Date): string;
  /** Monday, 23 November 2026 at 14:05:09 CET: for titles and evidence. */
  exact(value: string | Date): string;
  /** "3 minutes ago", "in 2 days"; `now` in milliseconds. */
  relative(value: string | Date, now: number): string;
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** "en" alone would mean American dates: take the browser's region where it speaks the chosen language. */
function localeFor(language: string): string {
  return navigator.languages.find((tag) => tag.startsWith(language)) ?? language;
}

export function formatFor(language: string): Format {
  const locale = localeFor(language);
  const number = new Intl.NumberFormat(locale);
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    number: (value) => number.format(value),
    date: (value) => date.format(new Date(value)),
    dateTime: (value) => dateTime.format(new Date(value)),
    exact: (value) => exact.format(new Date(value)),
    relative(value, now) {
      const seconds = (new Date(value).getTime() - now) / 1000;
      const step = steps.find(([, length]) => Math.abs(seconds) >= length);
      return step ? relative.format(Math.round(seconds / step[1]), step[0]) : relative.format(0, 'second');
    },
  };
}

/** Numbers and times as the chosen language writes them. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  return useMemo(() => formatFor(i18n.language), [i18n.language]);
}
