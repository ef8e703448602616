import { describe, expect, it } from 'vitest';
import { leaversByMonth } from './months.ts';

const now = new Date(2026, 10, 23);
const left = (year: number, month: number) => ({
  signalReceived: new Date(year, month - 1, 15).toISOString(),
});

describe('leavers by month', () => {
  it('counts each month of a year, also those in which nobody left', () => {
    const months = leaversByMonth([left(2026, 11), left(2026, 9), left(2026, 9)], {}, now);
    expect(months).toHaveLength(12);
    expect(months.map(({ count }) => count).slice(-3)).toEqual([2, 0, 1]);
    expect(months.at(-1)?.key).toBe('2026-11');
  });

  it('covers exactly the months of a period', () => {
    const months = leaversByMonth([left(2025, 3)], { from: '2025-01-01', to: '2025-04-30' }, now);
    expect(months.map(({ key, count }) => `${key} ${count}`)).toEqual([
      '2025-01 0',
      '2025-02 0',
      '2025-03 1',
      '2025-04 0',
    ]);
  });

  it('goes back as far as there is somebody, and no further than three years', () => {
    expect(leaversByMonth([left(2025, 6)], {}, now)[0]?.key).toBe('2025-06');
    expect(leaversByMonth([left(2015, 6)], {}, now)).toHaveLength(36);
  });
});
