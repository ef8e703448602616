import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPasswordWeakness, lengthOfPassword } from './password-strength.ts';

const own = ['Nordwind Calls', 'Ada', 'Lovelace', 'ada.lovelace@nordwind.example'];

test.each([
  'correct horse battery staple',
  'seven green kettles whistle',
  'mein Hund mag keinen Dienstag',
  'kX9#vLm2pQ7wRt5zN',
  '山の上の古い神社で会いましょう',
  'nordwind: four unrelated garden spoons',
])('takes %s', async (password) => {
  expect(await findPasswordWeakness(password, own)).toBeNull();
});

test.each([
  'passwordpassword',
  'P@ssw0rdP@ssw0rd',
  'Password12345678!',
  'administrator123',
  'iloveyouiloveyou',
  'letmeinletmeinletmein',
  'qwertyuiopasdfghjkl',
  '1q2w3e4r5t6y7u8i9o',
  'abcdefghijklmnopqrst',
  '012345678901234567890',
  'aaaaaaaaaaaaaaaaaaaaa',
  'Summer2026Summer2026',
  'Ada Lovelace 1815',
  'ada.lovelace@nordwind',
  'Nordwind-Calls-2026!',
  'NORDWIND callcenter',
])('refuses %s, in words that help', async (password) => {
  const weakness = await findPasswordWeakness(password, own);
  expect(weakness?.message).toMatch(/^The password .+\.$/);
  expect(weakness?.remedy).toMatch(/words/);
});

test('whatever is repeated or made of own words alone is weak, and nothing throws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 4 }), fc.integer({ min: 4, max: 60 }), async (part, times) => {
      expect(await findPasswordWeakness(part.repeat(times), own)).not.toBeNull();
    }),
    { numRuns: 60 },
  );
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 256 }), async (password) => {
      await findPasswordWeakness(password, own);
    }),
    { numRuns: 60 },
  );
});

test('counts characters and not bytes or code units', () => {
  expect(lengthOfPassword('🔑🔑🔑')).toBe(3);
  expect(lengthOfPassword('e\u0301')).toBe(1);
});
