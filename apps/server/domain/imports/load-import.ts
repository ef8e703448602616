import type { ColumnMapping, HeaderRecognition } from '@rollcall/contract/import-columns';
import type { ImportCounts, ImportOptions, ImportState } from '@rollcall/contract/imports';
import type { CountryCode } from '@rollcall/contract/phone-number';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import type { Context } from '../context.ts';

export type ImportStep = 'parse' | 'plan' | 'missing' | 'early' | 'rows' | 'managers' | 'undo';

/** An import as it is stored. */
export interface StoredImport {
  id: string;
  fileName: string;
  format: 'csv' | 'xlsx';
  encoding: string | null;
  delimiter: string | null;
  recognition: HeaderRecognition;
  mapping: ColumnMapping;
  options: ImportOptions;
  rowCount: number;
  state: ImportState;
  step: ImportStep | null;
  nextPosition: number;
  progressDone: number;
  progressTotal: number;
  digest: string | null;
  counts: ImportCounts | null;
  confirmation: { deactivations: number; of: number } | null;
  reason: string | null;
  requestedBy: string | null;
  requestedKey: string | null;
  requestedByName: string;
  requestId: string;
  createdAt: Date;
  previewedAt: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  stopReason: string | null;
  /** The organization's country, for phone numbers. */
  organizationCountry: CountryCode | null;
}

/** Reads an import; `lock` keeps everybody else from going on with it until the transaction ends. */
export async function loadImport(ctx: Context, id: string, lock = false): Promise<StoredImport> {
  const { rows } = await sql<StoredImport>`
    select i.id, i.file_name as "fileName", i.format, i.encoding, i.delimiter, i.recognition, i.mapping, i.options,
      i.row_count as "rowCount", i.state, i.step, i.next_position as "nextPosition", i.progress_done as "progressDone",
      i.progress_total as "progressTotal", i.digest, i.counts, i.confirmation, i.reason, i.requested_by as "requestedBy",
      i.requested_key as "requestedKey", i.requested_by_name as "requestedByName", i.request_id as "requestId",
      i.created_at as "createdAt", i.previewed_at as "previewedAt", i.started_at as "startedAt",
      i.finished_at as "finishedAt", i.stop_reason as "stopReason", o.default_country as "organizationCountry"
    from imports i join organizations o on o.id = i.organization_id
    where i.organization_id = ${ctx.organizationId} and i.id = ${id}
    ${lock ? sql`for update of i` : sql``}`.execute(ctx.tx);
  const found = rows[0];
  if (!found) throw new AppError('not_found', { detail: 'There is no import with this id.' });
  return found;
}

/** @throws AppError `wrong_status` unless the import is in one of these states */
export function requireState(found: StoredImport, ...states: ImportState[]): void {
  if (states.includes(found.state)) return;
  throw new AppError('wrong_status', {
    detail: `This import is ${inWords[found.state]}. ${found.step ? 'Wait until it has ended.' : `It would have to be ${states.map((state) => inWords[state]).join(' or ')}.`}`,
    context: { state: found.state },
  });
}

const inWords: Record<ImportState, string> = {
  uploaded: 'uploaded and not previewed',
  previewing: 'being previewed',
  previewed: 'previewed',
  applying: 'being applied',
  applied: 'applied',
  undoing: 'being undone',
  undone: 'undone',
  stopped: 'stopped',
};
