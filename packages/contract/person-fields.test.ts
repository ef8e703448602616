import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import {
  calendarDate,
  emailAddress,
  extension,
  ianaTimeZone,
  locale,
  normaliseSignInName,
  personName,
  phoneNumberE164,
  signInName,
} from './person-fields.ts';

const schemas = {
  calendarDate,
  emailAddress,
  extension,
  ianaTimeZone,
  locale,
  personName,
  phoneNumberE164,
  signInName,
};

describe('what a field accepts, and how it is stored', () => {
  test.each([
    ['emailAddress', ' Ada.Lovelace+x@Example.COM ', 'Ada.Lovelace+x@example.com'],
    ['emailAddress', 'jürgen@bücher.example', 'jürgen@bücher.example'],
    ['emailAddress', "o'neil@mail.example.co.uk", "o'neil@mail.example.co.uk"],
    ['emailAddress', `${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
    ['personName', '  Jose\u0301 \u00a0 Maria ', 'José Maria'],
    ['personName', "D'Arcy-O’Neil Jr.", "D'Arcy-O’Neil Jr."],
    ['personName', '山田', '山田'],
    ['phoneNumberE164', '+49 (0)30 901820', '+4930901820'],
    ['phoneNumberE164', '0049 30 90-18-20', '+4930901820'],
    ['phoneNumberE164', 'tel:+1-202-555-0123', '+12025550123'],
    ['extension', ' 0204', '0204'],
    ['ianaTimeZone', 'europe/berlin', 'Europe/Berlin'],
    ['ianaTimeZone', 'UTC', 'UTC'],
    ['ianaTimeZone', 'America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['locale', 'de_at', 'de-AT'],
    ['locale', 'EN', 'en'],
    ['calendarDate', '2028-02-29', '2028-02-29'],
    ['signInName', ' EXAMPLE\\ada ', 'EXAMPLE\\ada'],
  ] as const)('%s %j is stored as %j', (field, written, stored) => {
    expect(schemas[field].parse(written)).toBe(stored);
  });
});

describe('what a field refuses', () => {
  test.each([
    ['emailAddress', ''],
    ['emailAddress', 'ada'],
    ['emailAddress', '@example.com'],
    ['emailAddress', 'ada@'],
    ['emailAddress', 'ada@localhost'],
    ['emailAddress', 'ada@10.0.0.1'],
    ['emailAddress', 'ada@[10.0.0.1]'],
    ['emailAddress', 'ada@example.com:80'],
    ['emailAddress', 'ada@-example.com'],
    ['emailAddress', 'ada@example..com'],
    ['emailAddress', '.ada@example.com'],
    ['emailAddress', 'a..da@example.com'],
    ['emailAddress', '"ada"@example.com'],
    ['emailAddress', 'Ada <ada@example.com>'],
    ['emailAddress', 'ada@example.com, bob@example.com'],
    ['emailAddress', 'ada@example.com\nBcc: bob@example.com'],
    ['emailAddress', 'a@b@example.com'],
    ['emailAddress', `${'a'.repeat(65)}@example.com`],
    ['emailAddress', `ada@${'a'.repeat(64)}.com`],
    ['emailAddress', `ada@${'abcdefgh.'.repeat(28)}com`],
    ['emailAddress', '\ud800@example.com'],
    ['personName', ' \u00a0 '],
    ['personName', 'a\u0000b'],
    ['personName', 'a\nb'],
    ['personName', 'evil\u202egnp.exe'],
    ['personName', 'x'.repeat(101)],
    ['personName', '\udc00'],
    ['phoneNumberE164', '030 901820'],
    ['phoneNumberE164', '+999123456'],
    ['phoneNumberE164', '+1 202'],
    ['phoneNumberE164', 'call +49 30 901820'],
    ['phoneNumberE164', '+49 30 901820 ext. 12'],
    ['extension', '12'],
    ['extension', '12345678'],
    ['extension', '20a'],
    ['extension', '２０４'],
    ['ianaTimeZone', '+01:00'],
    ['ianaTimeZone', 'Berlin'],
    ['ianaTimeZone', 'Mars/Olympus'],
    ['locale', 'klingon'],
    ['locale', 'x-private'],
    ['locale', ''],
    ['calendarDate', '2026-02-29'],
    ['calendarDate', '31.12.2026'],
    ['calendarDate', '2026-1-1'],
  ] as const)('%s %j', (field, written) => {
    const result = schemas[field].safeParse(written);
    expect(result.success).toBe(false);
    expect(result.error?.issues[0]?.message).toMatch(/^[A-Z].{20,}\.$/);
  });

  it('anything that is not text, without throwing', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(...Object.values(schemas)), (value, schema) => {
        schema.safeParse(value);
      }),
    );
  });
});

it('stores a value once: what was accepted is accepted again unchanged', () => {
  const written = fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress(), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(written, fc.constantFrom(...Object.values(schemas)), (text, schema) => {
      const first = schema.safeParse(text);
      if (first.success) expect(schema.parse(first.data)).toBe(first.data);
    }),
    { numRuns: 1000 },
  );
});

it('accepts the addresses that RFC 5322 calls usual', () => {
  fc.assert(fc.property(fc.emailAddress(), (address) => emailAddress.safeParse(address).success));
});

it('can be described in OpenAPI, both as input and as output', () => {
  for (const schema of Object.values(schemas)) {
    for (const io of ['input', 'output'] as const) expect(z.toJSONSchema(schema, { io }).type).toBe('string');
  }
});

describe('normaliseSignInName', () => {
  test.each([
    ['Ada@Example.com', 'ada@example.com'],
    [' ada@example.com\u00a0', 'ada@example.com'],
    ['ADA＠EXAMPLE.COM', 'ada@example.com'],
    ['a\u200bda@example.com', 'ada@example.com'],
    ['jose\u0301@example.com', 'jos\u00e9@example.com'],
    ['GROSS', 'groß'],
    ['ΟΔΟΣ', 'οδος'],
    ['ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
    ['ada@xn--bcher-kva.example', 'ada@bücher.example'],
  ])('%j and %j are one', (one, other) => {
    expect(normaliseSignInName(one)).toBe(normaliseSignInName(other));
  });

  test.each([
    ['mıke@example.com', 'mike@example.com'],
    ['ada@example.com', 'ada@example.org'],
    ['аda@example.com', 'ada@example.com'],
    ['ada.l@example.com', 'adal@example.com'],
  ])('%j and %j stay two', (one, other) => {
    expect(normaliseSignInName(one)).not.toBe(normaliseSignInName(other));
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, asAddress) => {
        const once = normaliseSignInName(asAddress ? `x@${text}.example` : text);
        expect(normaliseSignInName(once)).toBe(once);
      }),
      { numRuns: 5000 },
    );
  });
});
