import { describe, expect, it } from 'vitest';
import { dayOf, instantOf, presetOf, presetPeriod, presets, readDay } from './period.ts';

const now = new Date(2026, 10, 23, 15, 0);

describe('a period of days', () => {
  it('is found again as the preset that made it', () => {
    for (const preset of presets) {
      if (preset !== 'own') expect(presetOf(presetPeriod(preset, now), now)).toBe(preset);
    }
  });

  it('counts today as one of the days', () => {
    expect(presetPeriod('days7', now)).toEqual({ from: '2026-11-17', to: undefined });
    expect(presetPeriod('months12', now)).toEqual({ from: '2025-12-01', to: undefined });
  });

  it('is one’s own where no preset fits', () => {
    expect(presetOf({ from: '2026-02-01', to: '2026-02-03' }, now)).toBe('own');
  });

  it('begins with the first instant of its first day and ends before the day behind its last', () => {
    expect(dayOf(new Date(instantOf('2026-02-28')))).toBe('2026-02-28');
    expect(dayOf(new Date(instantOf('2026-02-28', true)))).toBe('2026-03-01');
  });

  it('takes no day from an address that is none', () => {
    expect([readDay('2026-02-03'), readDay('2026-13-40'), readDay('yesterday'), readDay(['x'])]).toEqual([
      '2026-02-03',
      undefined,
      undefined,
      undefined,
    ]);
  });
});
