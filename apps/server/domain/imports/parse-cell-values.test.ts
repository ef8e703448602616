import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  parseDate,
  parseEmail,
  parseExtension,
  parsePhones,
  parseStatus,
  splitDisplayName,
  splitList,
} from './parse-cell-values.ts';

describe('days', () => {
  test.each([
    ['2026-09-30', '2026-09-30'],
    ['2026-09-30T08:00:00Z', '2026-09-30'],
    ['2026-09-30 00:00:00', '2026-09-30'],
  ])('%s is %s', (cell, value) => expect(parseDate(cell)).toEqual({ ok: true, value }));

  test.each(['03/04/2026', '30.09.2026', '8/19/2021 1:25:31 PM', '2026-02-30', '46295', '2026-9-1'])(
    '%s is refused with the remedy',
    (cell) =>
      expect(parseDate(cell)).toEqual({ ok: false, message: expect.stringMatching(`^“${cell}”: .+\\.$`) }),
  );
});

describe('status', () => {
  test.each([
    ['ACTIVE', false, 'active'],
    ['Suspended', false, 'inactive'],
    ['True', false, 'active'],
    ['False', false, 'inactive'],
    ['Yes', true, 'inactive'],
    ['no', true, 'active'],
    ['PASSWORD_EXPIRED', false, 'active'],
    ['Locked out', false, 'active'],
    ['DEPROVISIONED', false, 'inactive'],
    ['gesperrt', false, 'inactive'],
  ] as const)('%s (turned round: %s) is %s', (cell, inverted, value) =>
    expect(parseStatus(cell, inverted)).toEqual({ ok: true, value }),
  );

  it('in other words is refused', () => expect(parseStatus('maybe').ok).toBe(false));
});

describe('phone numbers', () => {
  test.each([
    ['+49 30 901820', {}, ['+4930901820']],
    ['030/901820', { defaultCountry: 'DE' }, ['+4930901820']],
    ['30 901820', { countryPrefix: '49' }, ['+4930901820']],
    ['030 901820', { countryPrefix: '+49' }, ['+4930901820']],
    ['030 901820', { countryPrefix: '0049', defaultCountry: 'US' }, ['+4930901820']],
    ['(202) 555-0123', { countryPrefix: 'us' }, ['+12025550123']],
    ['06 6982', { countryPrefix: '39' }, ['+39066982']],
    ['["+4930901820","+12025550123"]', {}, ['+4930901820', '+12025550123']],
    ['+4930901820; 0049 30 901820 | +12025550123', {}, ['+4930901820', '+12025550123']],
    ['', {}, []],
  ] as const)('%s with %j', (cell, context, value) =>
    expect(parsePhones(cell, context)).toEqual({ ok: true, value }),
  );

  test.each([
    ['030 901820', {}, 'country'],
    ['4.930901820E+09', { defaultCountry: 'DE' }, 'spreadsheet'],
    ['4,93E+09', {}, 'spreadsheet'],
    ['+999123456', {}, 'exists'],
    ['12', { defaultCountry: 'DE' }, 'in its country'],
    ['030 901820', { countryPrefix: 'Germany' }, 'prefix'],
    ['extension 12', { defaultCountry: 'DE' }, 'in its country'],
  ] as const)('%s with %j is refused with the reason', (cell, context, word) => {
    const result = parsePhones(cell, context);
    expect(result).toEqual({ ok: false, message: expect.stringContaining(word) });
  });
});

it('takes "mailto:" from an address', () => {
  expect(parseEmail('mailto:Ada@Example.com')).toEqual({ ok: true, value: 'Ada@example.com' });
});

it('shows the cell in the message, a long one shortened', () => {
  expect(parseExtension('x'.repeat(200))).toEqual({
    ok: false,
    message: `“${'x'.repeat(60)}…”: An extension has 3 to 7 digits and nothing else, such as 204.`,
  });
});

test.each([
  ['Ada Lovelace', 'Ada', 'Lovelace'],
  ['Lovelace, Ada', 'Ada', 'Lovelace'],
  ['Anna Maria  Huber', 'Anna Maria', 'Huber'],
  ['Ada', 'Ada', null],
  ['Ada,', 'Ada', null],
])('%s splits into %s and %s', (displayName, firstName, lastName) =>
  expect(splitDisplayName(displayName)).toEqual({ firstName, lastName }),
);

it('lists are split, without empty and repeated names', () => {
  expect(splitList(' Sales; Support |Sales;;Night, late\nDay')).toEqual([
    'Sales',
    'Support',
    'Night, late',
    'Day',
  ]);
});

it('no cell makes a parser throw', () => {
  const parsers = [parseDate, parseEmail, parseExtension, parseStatus, splitList, splitDisplayName] as const;
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (cell, countryPrefix) => {
      for (const parser of parsers) parser(cell);
      parsePhones(cell, { countryPrefix, defaultCountry: 'DE' });
    }),
  );
});
