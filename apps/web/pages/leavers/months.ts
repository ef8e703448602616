import type { OffBoardingRow } from '@rollcall/contract/off-boarding';

export interface Month {
  /** `2026-11` */
  key: string;
  /** Its first moment, for writing it out. */
  start: Date;
  count: number;
}

const mostMonths = 36;

/** How many left in each month, without gaps, up to the present one or the last of the period; at least a year of it. */
export function leaversByMonth(
  rows: Pick<OffBoardingRow, 'signalReceived'>[],
  period: { from?: string; to?: string },
  now: Date,
): Month[] {
  const index = (date: Date) => date.getFullYear() * 12 + date.getMonth();
  const ofDay = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const counts = new Map<number, number>();
  for (const row of rows) {
    const month = index(new Date(row.signalReceived));
    counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  const last = period.to ? ofDay(period.to) : Math.max(index(now), ...counts.keys());
  const earliest = Math.min(last - 11, ...counts.keys());
  const first = Math.max(period.from ? ofDay(period.from) : earliest, last - mostMonths + 1);
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, step) => {
    const month = first + step;
    const start = new Date(Math.floor(month / 12), month % 12, 1);
    return {
      key: `${start.getFullYear()}-${String(start.getMonth() + 1).padStart(2, '0')}`,
      start,
      count: counts.get(month) ?? 0,
    };
  });
}
