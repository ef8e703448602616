import { createReadStream, existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { importColumn } from '@rollcall/contract/import-columns';
import { updateImportInput, uploadImportQuery } from '@rollcall/contract/imports';
import { createImport } from '../domain/imports/create-import.ts';
import { exportRefusedRows } from '../domain/imports/export-import-rows.ts';
import { readImport } from '../domain/imports/read-import.ts';
import { updateImport } from '../domain/imports/update-import.ts';
import { writeCsv } from '../platform/tabular/write-csv.ts';
import { CommandFailure, exitCodes } from './exit-codes.ts';
import { parseInput } from './parse-input.ts';
import type { Session } from './run-command.ts';

export interface FileOptions {
  map?: string[];
  encoding?: string;
  delimiter?: string;
  mode?: string;
  status?: string;
  missing?: string;
  groups?: string;
  defaultRole?: string;
  defaultCountry?: string;
  invite?: boolean;
}

/** Reads the file into a new import, with the options and the mapping that were given. @returns its id */
export async function uploadFile(session: Session, path: string, options: FileOptions): Promise<string> {
  if (!existsSync(path)) throw new CommandFailure(exitCodes.notFound, `There is no file ${path}.`);
  const {
    encoding,
    delimiter,
    map = [],
    mode,
    status,
    missing,
    groups,
    defaultRole,
    defaultCountry,
    invite,
  } = options;
  const upload = parseInput(uploadImportQuery, {
    encoding,
    delimiter: delimiter === 'tab' ? '\t' : delimiter,
  });
  return session.inOrganization(async (ctx) => {
    const id = await createImport(ctx, { ...upload, fileName: path, file: createReadStream(path) });
    const { columns } = await readImport(ctx, id);
    const mapping = mappingOf(
      map,
      columns.map(({ header }) => header),
    );
    const wanted = { mode, status, missing, groups, defaultRole, defaultCountry, invite };
    const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
    await updateImport(ctx, id, parseInput(updateImportInput, { mapping, options: given }));
    return id;
  });
}

function mappingOf(given: readonly string[], headers: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(
    given.map((pair) => {
      const at = pair.lastIndexOf('=');
      const header = pair.slice(0, at);
      const index = headers.indexOf(header);
      if (at < 1 || index < 0)
        throw new CommandFailure(
          exitCodes.usage,
          `--map ${pair}: the file has no header “${at < 1 ? pair : header}”. It has: ${headers.join(', ')}.`,
        );
      const column = pair.slice(at + 1);
      return [String(index), column === '' ? null : parseInput(importColumn, column, 'map')];
    }),
  );
}

/** The rows as they stood in the file, with what is wrong beside them. */
export async function writeRefusedRows(session: Session, id: string, path: string): Promise<void> {
  const rows = await exportRefusedRows((work) => session.inOrganization(work), id);
  const file = await open(path, 'w', 0o600);
  await pipeline(writeCsv(rows), file.createWriteStream());
  session.out.note(`Wrote the refused rows to ${path}`);
}
