/** What a text file can be encoded in (WHATWG names). An ambiguous file is refused with candidates, never guessed. */
export const tableEncodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'iso-8859-15',
  'macintosh',
  'windows-1251',
] as const;
export type TableEncoding = (typeof tableEncodings)[number];

export const tableDelimiters = [',', ';', '\t'] as const;
