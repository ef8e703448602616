import { z } from 'zod';

// Stands in a file of its own so that a page without phone numbers does not load the numbering plans.
export { phoneNumberE164 } from './phone-number.ts';

/** Control characters, line separators and direction overrides: none belongs into one line of text that people read. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

const trimmedLine = (text: string) => text.normalize('NFC').trim();
/** A lone surrogate is no character: PostgreSQL could not store it. */
const printable = (text: string) => text.isWellFormed() && !UNPRINTABLE.test(text);

/**
 * One line of text about a person (department, title, site, cost centre, custom field): NFC, trimmed, 1 to `max`
 * characters, without control characters. `label` names the field in the messages.
 */
export const lineOfText = (label: string, max: number) =>
  z
    .string({ error: `${label} must be text.` })
    .overwrite(trimmedLine)
    .min(1, { error: `${label} is empty. Enter it, or leave the field out.` })
    .max(max, { error: `${label} is longer than ${max} characters. Shorten it.` })
    .refine(printable, {
      error: `${label} contains a line break or an invisible control character. Type it again by hand.`,
    });

/** A first, last or display name: NFC, trimmed, runs of spaces made one, 1 to 100 characters. */
export const personName = z
  .string({ error: 'A name must be text.' })
  .overwrite((name) =>
    name
      .normalize('NFC')
      .replace(/[\p{Zs}]+/gu, ' ')
      .trim(),
  )
  .min(1, { error: 'A name is empty. Enter it.' })
  .max(100, { error: 'A name is longer than 100 characters. Shorten it.' })
  .refine(printable, {
    error: 'A name contains a line break or an invisible control character. Type it again by hand.',
  })
  .meta({ examples: ['Ada'] });

/** Lower-case, punycoded domain name (UTS 46), or null. `URL` does it alike in Node and in every browser. */
function asciiDomain(domain: string): string | null {
  // Beyond these characters the URL parser would read a port, a path or credentials.
  if (/[\s:/\\?#@[\]%<>^|]/u.test(domain) || !URL.canParse(`http://${domain}`)) return null;
  const host = new URL(`http://${domain}`).hostname;
  const labels = host.split('.');
  const topLevel = labels.at(-1) ?? '';
  const wellFormed = labels.every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label));
  return wellFormed && labels.length > 1 && !/^\d+$/.test(topLevel) && host.length <= 253 ? host : null;
}

/** RFC 5322's dot-atom, with the letters of any script (RFC 6532); no quotes, no spaces, no comments. */
const LOCAL_PART = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const octets = (text: string) => new TextEncoder().encode(text).length;

/** Why `address` is not one deliverable address, in words that name the remedy; null where it is one. */
function emailFault(address: string): string | null {
  if (address === '') return 'The e-mail address is empty. Enter it, such as ada@example.com.';
  if (/[,;\s]/u.test(address)) {
    return 'Enter one e-mail address alone, without spaces, commas or a name before it, such as ada@example.com.';
  }
  const at = address.lastIndexOf('@');
  if (at < 1 || at === address.length - 1) {
    return 'An e-mail address has a name, an @ and a domain. Correct it, such as ada@example.com.';
  }
  const local = address.slice(0, at);
  // RFC 5321 §4.5.3.1: 64 octets for the local part; 256 for the path, which includes the angle brackets.
  if (octets(local) > 64) return 'The part of the e-mail address before the @ is longer than 64 characters.';
  if (!address.isWellFormed() || !LOCAL_PART.test(local)) {
    return 'The part of the e-mail address before the @ has a character or a dot in a place that mail servers refuse.';
  }
  const domain = asciiDomain(address.slice(at + 1));
  if (!domain)
    return 'The domain of the e-mail address is not one. Correct the part after the @, such as example.com.';
  if (octets(local) + 1 + domain.length > 254) return 'The e-mail address is longer than 254 characters.';
  return null;
}

/**
 * One e-mail address (practical RFC 5321, RFC 6531 for other scripts): NFC, trimmed, domain in lower case, at most
 * 254 octets. The case of the local part is kept, as mail servers may tell it apart; compare by
 * {@link normaliseSignInName}.
 */
export const emailAddress = z
  .string({ error: 'Enter the e-mail address as text, such as ada@example.com.' })
  .max(1000, { error: 'The e-mail address is longer than 254 characters.' })
  .overwrite((text) => {
    const address = trimmedLine(text);
    const at = address.lastIndexOf('@');
    return at < 0 ? address : address.slice(0, at + 1) + address.slice(at + 1).toLowerCase();
  })
  .check((payload) => {
    const fault = emailFault(payload.value);
    if (fault) payload.issues.push({ code: 'custom', input: payload.value, message: fault });
  })
  .meta({ format: 'email', examples: ['ada@example.com'] });

/** A sign-in name (SCIM `userName`): mostly the e-mail address, but any line of text without spaces around it. */
export const signInName = lineOfText('The sign-in name', 254).meta({ examples: ['ada@example.com'] });

/** A short internal number: 3 to 7 digits; a leading zero counts, so it is text and no number. */
export const extension = z
  .string({ error: 'Enter the extension as text of 3 to 7 digits, such as "204".' })
  .trim()
  .regex(/^\d{3,7}$/, { error: 'An extension has 3 to 7 digits and nothing else, such as 204.' })
  .meta({ examples: ['204'] });

const ZONE_NAME = /^(UTC|GMT|[A-Za-z]+(?:\/[A-Za-z0-9_+-]+){1,2})$/i;
let zonesByLowerCase: Map<string, string> | undefined;

/** The zone as the IANA database writes it; an alias (`Asia/Calcutta`) stays, an unknown name answers null. */
function zoneName(written: string): string | null {
  if (!ZONE_NAME.test(written)) return null;
  zonesByLowerCase ??= new Map(Intl.supportedValuesOf('timeZone').map((zone) => [zone.toLowerCase(), zone]));
  const known = zonesByLowerCase.get(written.toLowerCase());
  if (known) return known;
  try {
    new Intl.DateTimeFormat('en', { timeZone: written });
    return written;
  } catch {
    return null;
  }
}

/** An IANA time zone name, in the database's own spelling. */
export const ianaTimeZone = z
  .string({ error: 'Enter the time zone as text, such as Europe/Berlin.' })
  .overwrite((text) => zoneName(text.trim()) ?? text.trim())
  .refine((zone) => zoneName(zone) !== null, {
    error: 'This is not a time zone. Enter one by its region and city, such as Europe/Berlin, or UTC.',
  })
  .meta({ examples: ['Europe/Berlin'] });

function languageTag(written: string): string | null {
  try {
    // Okta and Java write de_DE.
    const tag = Intl.getCanonicalLocales(written.trim().replaceAll('_', '-'))[0];
    return tag && /^[a-z]{2,3}(-|$)/.test(tag) && tag.length <= 35 ? tag : null;
  } catch {
    return null;
  }
}

/** A language tag (BCP 47) in its canonical form: `de`, `pt-BR`, `zh-Hant-TW`. */
export const locale = z
  .string({ error: 'Enter the language as text, such as en or de-AT.' })
  .overwrite((text) => languageTag(text) ?? text.trim())
  .refine((tag) => languageTag(tag) !== null, {
    error: 'This is not a language. Enter its code, such as en, de or pt-BR.',
  })
  .meta({ examples: ['de-AT'] });

/** A day of the calendar without a time: `YYYY-MM-DD` (ISO 8601), a day that exists. */
export const calendarDate = z.iso
  .date({ error: 'Enter an existing day as year-month-day, such as 2026-09-30.' })
  .meta({ examples: ['2026-09-30'] });

/**
 * Unicode default case folding. JavaScript has none: down, up and down again joins ẞ and ß with SS and σ with ς, as it
 * should.
 */
function foldCase(text: string): string {
  let folded = '';
  // By code point, since toLowerCase() on a whole word chooses ς by its position. The dotless ı keeps apart: only
  // toUpperCase() takes it for an i, and whoever owns `mıke@…` must not reach `mike@…`.
  for (const character of text) {
    if (character === 'ı') folded += character;
    else for (const upper of character.toLowerCase().toUpperCase()) folded += upper.toLowerCase();
  }
  return folded;
}

/**
 * The key by which sign-in names (and e-mail addresses) are stored for comparison, found and kept unique: Unicode's
 * toNFKC_Casefold (UAX 31 §5.1.3) of the trimmed text, with an internationalised domain in its punycoded form.
 *
 * Why: people type `Ada@Example.com`, identity providers send `ada@example.com`, and macOS sends decomposed accents;
 * full-width letters, ligatures and invisible characters look the same to the eye. All of these must be one person
 * and not two. Kept in a column of its own and compared by `=`, as `lower(x) = …` loses its index under row-level
 * security. For comparing only: mail goes to the address that is stored, never to this key or to what was typed.
 * Idempotent.
 */
export function normaliseSignInName(name: string): string {
  const folded = foldCase(name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, ''))
    .normalize('NFKC')
    .trim();
  const at = folded.lastIndexOf('@');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: "beyond ASCII" is what is asked.
  if (at < 0 || !/[^\x00-\x7f]/.test(folded.slice(at))) return folded;
  const domain = asciiDomain(folded.slice(at + 1));
  return domain ? folded.slice(0, at + 1) + domain : folded;
}
