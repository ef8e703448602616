import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';
import { z } from 'zod';

export type { CountryCode };

/** What an E.164 number looks like once stored: `+`, a country code, 4 to 14 further digits. */
export const E164_PATTERN = /^\+[1-9]\d{4,14}$/;

/** Where a national number belongs: a country, or its calling code without `+`. */
export type PhoneRegion = { defaultCountry: CountryCode } | { defaultCallingCode: string };

/** Whether `code` is a country (ISO 3166-1 alpha-2, upper case) with a numbering plan. */
export const isCountryCode = (code: string): code is CountryCode => isSupportedCountry(code);

/**
 * Reads a number written internationally (`+49 30 901820`, `0049 30 901820`, `tel:+49-30-901820`), or nationally
 * where a region is given, and answers it as E.164, or null where it is none.
 */
export function toE164(written: string, region?: PhoneRegion): string | null {
  const number = written
    .normalize('NFKC')
    .trim()
    .replace(/^tel:/i, '')
    .replace(/^00(?=[1-9])/, '+');
  if (!number.startsWith('+') && !region) return null;
  // `extract: false`: a text that merely contains a number is not a number.
  const parsed = parsePhoneNumberFromString(number, { ...region, extract: false });
  // A number with an extension behind it (`;ext=12`) is two facts; E.164 holds one.
  if (!parsed?.isValid() || parsed.ext) return null;
  return E164_PATTERN.test(parsed.number) ? parsed.number : null;
}

/** An E.164 number as people read it (`+49 30 901820`); what is no number comes back as it was. */
export const formatPhoneNumber = (e164: string): string =>
  parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;

/** Every country with a numbering plan, and its calling code without `+`. */
export const phoneCountries = (): { country: CountryCode; callingCode: string }[] =>
  getCountries().map((country) => ({ country, callingCode: getCountryCallingCode(country) }));

/** A telephone number; written internationally in any usual way, stored as E.164 (ITU-T E.164, RFC 3966). */
export const phoneNumberE164 = z
  .string({ error: 'Enter the phone number as text, such as +4930901820.' })
  .max(40, { error: 'A phone number has at most 15 digits. Write it like +4930901820.' })
  .overwrite((written) => toE164(written) ?? written)
  .refine((number) => toE164(number) === number, {
    error:
      'This is not a phone number that exists in its country. Write it with + and the country code, like +4930901820.',
  })
  .meta({ examples: ['+4930901820'] });
