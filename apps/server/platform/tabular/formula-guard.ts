/**
 * What a spreadsheet may take for a formula (OWASP "CSV Injection"): = + - @ and their full-width forms, tab and line
 * ends at the start, also behind spaces that an import would cut off. Quotation in CSV does not protect from it.
 */
const FORMULA = /^['\s]*[=+\-@\t\r\n＝＋－＠]/u;
const GUARDED = /^'['\s]*[=+\-@\t\r\n＝＋－＠]/u;

/**
 * Puts an apostrophe before what a spreadsheet would run. Phone numbers in E.164 get it too: Excel would make
 * `+4930901820` the number 4.93E+09 and lose it with the next save. What already looks guarded gets one more, so that
 * {@link unguardFormula} gives back exactly what was written.
 */
export const guardFormula = (cell: string) => (FORMULA.test(cell) ? `'${cell}` : cell);

/** Takes off the one apostrophe that {@link guardFormula} (or Excel's users) put before such a cell. */
export const unguardFormula = (cell: string) => (GUARDED.test(cell) ? cell.slice(1) : cell);
