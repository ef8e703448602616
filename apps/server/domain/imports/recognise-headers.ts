import {
  type HeaderRecognition,
  IMPORT_COLUMNS,
  type ImportColumn,
  type ImportSource,
  MULTI_VALUED_COLUMNS,
  type RecognisedHeader,
} from '@rollcall/contract/import-columns';
import { GENERAL_HEADERS, headerKey, type Meaning, VENDOR_HEADERS } from './recognise-headers-vocabulary.ts';

/** Google writes how a column is used behind its name: `Status [READ ONLY]`. */
const GOOGLE_NOTE = /\s*\[(required|read only|upload only|must be in the e\.164 format)\]\s*$/i;

/** The headers by which one system's file is told from the others'. */
const SIGNATURES: Record<ImportSource, (headers: string[]) => boolean> = {
  rollcall: (headers) =>
    headers.filter((header) => (IMPORT_COLUMNS as readonly string[]).includes(header)).length >= 2 &&
    ['signInName', 'phoneNumbers', 'defaultOutboundNumber', 'lastDay', 'externalId'].some((own) =>
      headers.includes(own),
    ),
  google: (headers) => headers.some((header) => GOOGLE_NOTE.test(header)),
  entra: (headers) => headers.some((header) => /^user ?principal ?name$|\[userPrincipalName\]/i.test(header)),
  okta: (headers) =>
    (headers.includes('login') || headers.includes('userName')) &&
    headers.includes('firstName') &&
    headers.includes('lastName'),
  cloudtalk: (headers) => headers.includes('firstname') && headers.includes('lastname'),
};

/** Entra's bulk template writes its version above the headers. */
export const isTemplatePreamble = (cells: readonly string[]) => /^version:v\d/i.test(cells[0] ?? '');

function vendorMeaning(header: string, source: ImportSource | null): Meaning | undefined {
  if (!source) return undefined;
  if (source === 'rollcall') return IMPORT_COLUMNS.find((column) => column === header);
  return VENDOR_HEADERS[source].get(headerKey(header.replace(GOOGLE_NOTE, '')));
}

function customField(header: string, customFields: readonly string[]): ImportColumn | undefined {
  const named = headerKey(header.replace(/^custom:/i, ''));
  const field = named && customFields.find((name) => headerKey(name) === named);
  return field ? `custom:${field}` : undefined;
}

function recogniseOne(
  header: string,
  index: number,
  source: ImportSource | null,
  customFields: readonly string[],
): RecognisedHeader {
  const exact = vendorMeaning(header, source) ?? customField(header, customFields);
  const meaning = exact ?? GENERAL_HEADERS.get(headerKey(header));
  const confidence = exact ? 'exact' : meaning ? 'likely' : null;
  if (!meaning) return { index, header, outcome: 'unknown', column: null, confidence, inverted: false };
  if (meaning === 'ignored')
    return { index, header, outcome: 'ignored', column: null, confidence, inverted: false };
  const inverted = meaning === 'blocked';
  return { index, header, outcome: 'mapped', column: inverted ? 'status' : meaning, confidence, inverted };
}

/** "Name" beside "Vorname" is the last name, as German lists have it. */
function nameBesideFirstName(headers: RecognisedHeader[]): RecognisedHeader[] {
  const has = (column: ImportColumn) => headers.some((header) => header.column === column);
  if (!has('firstName') || has('lastName')) return headers;
  return headers.map((header) =>
    headerKey(header.header) === 'name' ? { ...header, column: 'lastName', confidence: 'likely' } : header,
  );
}

/** Of several headers for one column the exact one wins; equals are a conflict that a person decides. */
function settle(headers: RecognisedHeader[]): Pick<HeaderRecognition, 'headers' | 'conflicts'> {
  const conflicts: HeaderRecognition['conflicts'] = [];
  const settled = [...headers];
  for (const [column, rivals] of Map.groupBy(headers, (header) => header.column)) {
    if (column === null || rivals.length === 1 || MULTI_VALUED_COLUMNS.includes(column)) continue;
    const exact = rivals.filter((rival) => rival.confidence === 'exact');
    const equals = exact.length > 0 ? exact : rivals;
    for (const rival of rivals) {
      if (!equals.includes(rival)) settled[rival.index] = { ...rival, outcome: 'ignored', column: null };
      else if (equals.length > 1) settled[rival.index] = { ...rival, outcome: 'conflict' };
    }
    if (equals.length > 1) conflicts.push({ column, headers: equals.map((rival) => rival.header) });
  }
  return { headers: settled, conflicts };
}

function findMissing(headers: RecognisedHeader[]): HeaderRecognition['missing'] {
  const has = (column: ImportColumn) => headers.some((header) => header.column === column);
  const missing: HeaderRecognition['missing'] = [];
  if (!has('displayName') && !(has('firstName') && has('lastName'))) missing.push('name');
  if (!has('email') && !has('signInName')) missing.push('email');
  return missing;
}

/**
 * Maps the headers of a file onto our columns: first by the spelling of the system that the file looks to be from,
 * then by the organization's custom fields, then by meaning in English and German. Never guesses between two.
 */
export function recogniseHeaders(
  headers: readonly string[],
  customFields: readonly string[] = [],
): HeaderRecognition {
  const named = headers.filter((header) => header !== '');
  const sources = Object.keys(SIGNATURES) as ImportSource[];
  const source = sources.find((candidate) => SIGNATURES[candidate](named)) ?? null;
  const recognised = headers.map((header, index) => recogniseOne(header, index, source, customFields));
  const settled = settle(nameBesideFirstName(recognised));
  return {
    source,
    ...settled,
    unknown: settled.headers
      .filter((header) => header.outcome === 'unknown' && header.header !== '')
      .map((header) => header.header),
    missing: findMissing(settled.headers),
    headerLooksLikeData: headers.some((header) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(header)),
  };
}
