import { AppError } from '../platform/errors.ts';

/** Where a command writes: results to stdout, everything else to stderr. */
export interface Output {
  json: boolean;
  /** The result: `data` with `--json`, otherwise `text` or, left out, nothing. */
  result(data: object, text: string): void;
  note(line: string): void;
}

export function createOutput(json: boolean): Output {
  return {
    json,
    result: (data, text) => {
      process.stdout.write(json ? `${JSON.stringify(data, null, 2)}\n` : text === '' ? '' : `${text}\n`);
    },
    note: (line) => {
      process.stderr.write(`${line}\n`);
    },
  };
}

/** Columns of equal width, a line a row; the first row is the header. */
export function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => [...row[column]!].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** What went wrong, for stderr: words with the remedy, or the shape that scripts read. */
export function describeFailure(error: unknown, json: boolean): string {
  const { message } = error as Error;
  const app = error instanceof AppError ? error : undefined;
  if (json) {
    const fields = app?.fields.length ? { fields: app.fields } : {};
    return JSON.stringify({ error: { code: app?.code ?? 'failed', detail: message, ...fields } });
  }
  if (!app?.fields.length) return message;
  const fields = app.fields.map(({ field, message: said, remedy }) =>
    [`${field}:`, said, remedy].filter(Boolean).join(' '),
  );
  const said = app.fields.map((field) => field.message).join(' ');
  return (said === message ? fields : [message, ...fields.map((line) => `  ${line}`)]).join('\n');
}
