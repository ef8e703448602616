import type { ImportRowError } from '@rollcall/contract/imports';
import type { AppError } from '../../platform/errors.ts';
import type { MappedColumn } from './map-columns.ts';

/** A refused cell. The last sentence of several is the remedy; the value that stands beside is not repeated. */
export function rowError(
  code: string,
  column: string | null,
  value: string | null,
  text: string,
): ImportRowError {
  const words = value !== null && text.startsWith('“') ? text.slice(text.indexOf('”: ') + 3) : text;
  const sentences = words.split(/(?<=[.:]) (?=[A-Z])/);
  const remedy = sentences.length > 1 ? sentences.pop()! : null;
  return { code, column, value, message: sentences.join(' '), remedy };
}

/** The columns of the file that hold what a domain function calls by the name of its field. */
const columnsOfField: Record<string, string[]> = {
  groupIds: ['groups'],
  groupId: ['groups'],
  managerId: ['manager'],
  defaultNumberId: ['defaultOutboundNumber'],
  roleId: ['role'],
  signInName: ['signInName', 'email'],
  firstName: ['firstName', 'displayName'],
  lastName: ['lastName', 'displayName'],
};

/** The refusal of a domain function, as errors of the cells that it is about. */
export function rowErrorsOf(
  error: AppError,
  columns: readonly MappedColumn[],
  cells: readonly string[],
): ImportRowError[] {
  if (error.fields.length === 0) return [rowError(error.code, null, null, error.detail ?? error.message)];
  return error.fields.map(({ field, message, remedy }) => {
    const wanted = columnsOfField[field] ?? [field];
    const mapped = wanted.flatMap((name) => columns.find(({ column }) => column === name) ?? [])[0];
    const value = mapped ? (cells[mapped.index] ?? null) : null;
    return { code: error.code, column: mapped?.header ?? null, value, message, remedy: remedy ?? null };
  });
}

/** Makes an error of the cell of one of our columns, or of the row where the file has no such column. */
export type FaultOf = (code: string, column: string, text: string) => ImportRowError;

export function faultsAt(columns: readonly MappedColumn[], cells: readonly string[]): FaultOf {
  return (code, column, text) => {
    const wanted = columnsOfField[column] ?? [column];
    const mapped = wanted.flatMap((name) => columns.find((one) => one.column === name) ?? [])[0];
    return rowError(code, mapped?.header ?? null, mapped ? (cells[mapped.index] ?? null) : null, text);
  };
}
