/** Days as `YYYY-MM-DD`, both included; open where left out. */
export interface Period {
  from?: string;
  to?: string;
}

export const presets = [
  'any',
  'today',
  'days7',
  'days30',
  'months12',
  'thisYear',
  'lastYear',
  'own',
] as const;
export type Preset = (typeof presets)[number];

/** A day of the browser's calendar. */
export function dayOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const daysBefore = (now: Date, days: number) =>
  dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days));

/** The days that a preset means at a moment. */
export function presetPeriod(preset: Exclude<Preset, 'own'>, now: Date): Period {
  const year = now.getFullYear();
  switch (preset) {
    case 'any':
      return { from: undefined, to: undefined };
    case 'today':
      return { from: dayOf(now), to: undefined };
    case 'days7':
      return { from: daysBefore(now, 6), to: undefined };
    case 'days30':
      return { from: daysBefore(now, 29), to: undefined };
    case 'months12':
      return { from: dayOf(new Date(year, now.getMonth() - 11, 1)), to: undefined };
    case 'thisYear':
      return { from: `${year}-01-01`, to: undefined };
    case 'lastYear':
      return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
  }
}

/** The preset that means these days, or `own`. */
export function presetOf(period: Period, now: Date): Preset {
  const found = presets.find((preset) => {
    if (preset === 'own') return false;
    const { from, to } = presetPeriod(preset, now);
    return from === period.from && to === period.to;
  });
  return found ?? 'own';
}

/** A day as people write it into an address; anything else is left out. */
export function readDay(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;
}

/** The first instant of a day in the browser's time zone, or with `after` that of the day behind it. */
export function instantOf(day: string, after = false): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + (after ? 1 : 0)).toISOString();
}
