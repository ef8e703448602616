import type { z } from 'zod';
import { AppError } from '../platform/errors.ts';

/** Reads a value by the contract's schema. @throws AppError `invalid_input` that names the option */
export function parseInput<T extends z.ZodType>(schema: T, value: unknown, option?: string): z.output<T> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const fields = read.error.issues.map((issue) => ({
    field: option ? `--${option}` : optionOf(issue.path.map(String)),
    message: issue.message,
  }));
  throw new AppError('invalid_input', { detail: fields.map(({ message }) => message).join(' '), fields });
}

/** `firstName` is `--first-name` on the command line. */
function optionOf(path: string[]): string {
  return `--${(path[0] ?? 'options').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
