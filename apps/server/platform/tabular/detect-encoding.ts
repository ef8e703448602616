import { isUtf8 } from 'node:buffer';
import type { TableEncoding } from '@rollcall/contract/table-file';
import { type EncodingCandidate, TableError } from './table-error.ts';

export type { TableEncoding };

const SINGLE_BYTE = ['windows-1252', 'windows-1250', 'iso-8859-15', 'macintosh', 'windows-1251'] as const;
const BYTE_ORDER_MARKS: [TableEncoding, number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** What certainly is no table, by its first bytes. */
const SIGNATURES: [string, number[]][] = [
  ['an old Excel workbook (.xls)', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a picture', [0xff, 0xd8, 0xff]],
  ['a picture', [0x47, 0x49, 0x46, 0x38]],
  ['a compressed file', [0x1f, 0x8b]],
];

const startsWith = (bytes: Uint8Array, prefix: number[]) => prefix.every((byte, at) => bytes[at] === byte);

function decode(bytes: Uint8Array, encoding: TableEncoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * UTF-16 without a byte order mark, when certain: text has no NUL, so in a file with Latin letters, separators or
 * line ends the zero bytes stand on one side only, the file is even, decodes without a fault, and has a line in it.
 */
function bareUtf16(bytes: Uint8Array): TableEncoding | null {
  if (bytes.length < 4 || bytes.length % 2 === 1) return null;
  const zeros = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === 0) zeros[at % 2]! += 1;
  const [even, odd] = zeros as [number, number];
  const encoding = even === 0 ? 'utf-16le' : odd === 0 ? 'utf-16be' : null;
  if (!encoding || even + odd < bytes.length / 20) return null;
  const text = decode(bytes, encoding);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that tell a binary file.
  return text && !/[\u0000-\u0008\u000e-\u001f\ufffe\uffff]/.test(text) && /[\r\n\t,;]/.test(text)
    ? encoding
    : null;
}

/** Up to three lines that hold a byte beyond ASCII: there the encodings differ. */
function tellingLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at <= bytes.length && lines.length < 3; at += 1) {
    const isEnd = at === bytes.length || bytes[at] === 0x0a || bytes[at] === 0x0d;
    if (!isEnd) continue;
    const line = bytes.subarray(start, at);
    const first = line.findIndex((byte) => byte > 0x7f);
    // Of a very long line, the part around the byte that matters.
    if (first >= 0) lines.push(line.subarray(Math.max(0, first - 80), first + 120));
    start = at + 1;
  }
  return lines;
}

function candidates(bytes: Uint8Array): EncodingCandidate[] {
  const used = new Set<number>();
  for (const byte of bytes) if (byte > 0x7f) used.add(byte);
  const highBytes = Uint8Array.from(used);
  const lines = tellingLines(bytes);
  const byReading = new Map<string, EncodingCandidate>();
  for (const encoding of SINGLE_BYTE) {
    const reading = decode(highBytes, encoding);
    // An encoding in which the file has control characters or nothing at all is not the file's.
    if (reading === null || /[\u0080-\u009f\ufffd]/.test(reading) || byReading.has(reading)) continue;
    byReading.set(reading, { encoding, sampleLines: lines.map((line) => decode(line, encoding) ?? '') });
  }
  return [...byReading.values()];
}

/**
 * The encoding of a text file and its text as UTF-8 bytes, without byte order mark. What is certain is taken
 * (byte order mark, valid UTF-8, plain UTF-16); between 8-bit encodings nothing is certain, so it is asked.
 *
 * @throws TableError `encoding_ambiguous` with samples, `encoding_mismatch`, `file_not_a_table`.
 */
export function decodeToUtf8(
  bytes: Uint8Array,
  chosen?: TableEncoding,
): { encoding: TableEncoding; utf8: Uint8Array } {
  const mark = BYTE_ORDER_MARKS.find(([, prefix]) => startsWith(bytes, prefix));
  const picture = SIGNATURES.find(([, prefix]) => startsWith(bytes, prefix));
  if (picture) throw new TableError({ code: 'file_not_a_table', found: picture[0] });
  const body = mark ? bytes.subarray(mark[1].length) : bytes;
  const certain = mark?.[0] ?? (body.includes(0) ? bareUtf16(body) : isUtf8(body) ? 'utf-8' : null);
  let encoding = mark?.[0] ?? chosen ?? certain;
  if (!encoding) {
    const possible = body.includes(0) ? [] : candidates(body);
    if (possible.length === 0) throw new TableError({ code: 'file_not_a_table', found: 'not a text file' });
    if (possible.length > 1) throw new TableError({ code: 'encoding_ambiguous', candidates: possible });
    encoding = possible[0]!.encoding;
  }
  if (encoding === 'utf-8' && isUtf8(body)) return { encoding, utf8: body };
  const text = decode(body, encoding);
  if (text === null) throw new TableError({ code: 'encoding_mismatch', encoding });
  return { encoding, utf8: Buffer.from(text) };
}
