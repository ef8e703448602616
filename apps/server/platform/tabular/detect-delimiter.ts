import { parse } from 'csv-parse/sync';

export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const SAMPLE_BYTES = 64 * 1024;
const SAMPLE_ROWS = 100;

/** How many cells the first rows have if `delimiter` separates them; the rows before a broken one. */
function cellCounts(sample: string, delimiter: Delimiter): number[] {
  const counts: number[] = [];
  try {
    parse(sample, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      to: SAMPLE_ROWS,
      on_record: (row: string[]) => {
        counts.push(row.length);
        return null;
      },
    });
  } catch {
    // The sample ends inside of a quoted cell: what came before counts.
  }
  return counts;
}

/**
 * The separator that cuts the most rows into as many cells as the header; the one with more cells where equal, a
 * comma where there is one column. csv-parse's own discovery counts characters also inside of quotes.
 */
export function detectDelimiter(utf8: Uint8Array): Delimiter {
  const sample = new TextDecoder().decode(utf8.subarray(0, SAMPLE_BYTES));
  let best: { delimiter: Delimiter; agreement: number; cells: number } | undefined;
  for (const delimiter of DELIMITERS) {
    const counts = cellCounts(sample, delimiter);
    const cells = counts[0] ?? 0;
    if (cells < 2) continue;
    const agreement = counts.filter((count) => count === cells).length / counts.length;
    if (!best || agreement > best.agreement || (agreement === best.agreement && cells > best.cells)) {
      best = { delimiter, agreement, cells };
    }
  }
  return best?.delimiter ?? ',';
}

/** Excel's first line `sep=;`: the separator it names and where the table begins. */
export function readSeparatorHint(utf8: Uint8Array): { delimiter: Delimiter; start: number } | null {
  const hint = /^"?sep=([,;\t])"?(\r\n|\n|\r)/i.exec(Buffer.from(utf8.subarray(0, 10)).toString('latin1'));
  return hint ? { delimiter: hint[1] as Delimiter, start: hint[0].length } : null;
}
