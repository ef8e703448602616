import type { ImportRow, ImportView } from '@rollcall/contract/imports';
import { Command, Option } from 'commander';
import { applyImport } from '../domain/imports/apply-import.ts';
import { runImportInPortions } from '../domain/imports/imports.workers.ts';
import { listImportRows } from '../domain/imports/list-import-rows.ts';
import { previewImport } from '../domain/imports/preview-import.ts';
import { readImport } from '../domain/imports/read-import.ts';
import { CommandFailure, exitCodes } from './exit-codes.ts';
import { type FileOptions, uploadFile, writeRefusedRows } from './import-file.ts';
import { onInstallation, pathOf, type Session } from './run-command.ts';

interface ImportOptions extends FileOptions {
  apply?: boolean;
  digest?: string;
  yes?: boolean;
  refused?: string;
  confirmDeactivations?: string;
  reason?: string;
}

export function importCommand(): Command {
  return new Command('import')
    .description(
      'Bring agents in from a CSV or XLSX file: a preview, which changes nothing, unless told to apply',
    )
    .argument('<file>', 'file to read')
    .option('--apply', 'apply the preview whose digest is given')
    .option('--digest <digest>', 'digest that the preview printed; what would happen must still be the same')
    .option('--yes', 'preview and apply at once')
    .option('--refused <file>', 'write the refused rows to this CSV file, to correct and import again')
    .option('--map <header=column...>', 'take a header as a column; nothing after = leaves it out')
    .addOption(
      new Option('--mode <mode>', 'what to do with people who are there').choices([
        'create',
        'create_and_change',
      ]),
    )
    .addOption(new Option('--status <what>', 'what a status column does').choices(['ignore', 'deactivate']))
    .addOption(
      new Option('--missing <what>', 'people who are not in the file').choices(['keep', 'deactivate']),
    )
    .addOption(new Option('--groups <how>', 'add to the groups or replace them').choices(['add', 'replace']))
    .option('--default-role <role>', 'role of new people whose row has none')
    .option('--default-country <country>', 'for phone numbers without a prefix, such as DE')
    .option('--no-invite', 'invite nobody')
    .option('--encoding <name>', 'such as windows-1252, where the file leaves it open')
    .addOption(new Option('--delimiter <char>', 'where the file leaves it open').choices([',', ';', 'tab']))
    .option(
      '--confirm-deactivations <number>',
      'the exact number, where more than a tenth would be deactivated',
    )
    .option('--reason <text>', 'reason or ticket')
    .action(onInstallation<ImportOptions>(runImport));
}

async function runImport(session: Session, options: ImportOptions, [file]: string[]) {
  if (options.apply && !options.digest)
    throw new CommandFailure(
      exitCodes.usage,
      'Give the --digest that the preview printed, or --yes to apply at once.',
    );
  const id = await uploadFile(session, pathOf(file!), options);
  const organizationId = (await session.organization()).id;
  const goOn = () => runImportInPortions(session.deps, { organizationId, importId: id });
  if (!(await session.inOrganization((ctx) => previewImport(ctx, id)))) await goOn();
  const preview = await session.inOrganization((ctx) => readImport(ctx, id));
  const drifted = options.apply && options.digest !== preview.digest;
  if (!(options.apply || options.yes) || drifted) {
    await report(session, preview, options);
    if (drifted)
      throw new CommandFailure(
        exitCodes.refused,
        'What would happen has changed since that preview; nothing was applied. Look at this one and give its digest.',
      );
    return preview.counts!.refused > 0 ? exitCodes.refused : exitCodes.done;
  }
  await session.inOrganization((ctx) =>
    applyImport(ctx, id, {
      digest: preview.digest!,
      ...(options.reason === undefined ? {} : { reason: options.reason }),
      ...(options.confirmDeactivations === undefined
        ? {}
        : { confirmDeactivations: Number(options.confirmDeactivations) }),
    }),
  );
  await goOn();
  const applied = await session.inOrganization((ctx) => readImport(ctx, id));
  await report(session, applied, options);
  if (applied.stopReason)
    throw new CommandFailure(exitCodes.failed, `The import stopped: ${applied.stopReason}`);
  return applied.counts!.refused + (applied.applied?.refused ?? 0) > 0 ? exitCodes.refused : exitCodes.done;
}

async function report(session: Session, view: ImportView, options: ImportOptions): Promise<void> {
  const refused = await listRefused(session, view.id);
  const { create, change, unchanged, deactivate, refused: refusedCount } = view.counts!;
  const lines = [
    `${view.fileName}: ${view.rowCount} rows`,
    `to create ${create}, to change ${change}, to deactivate ${deactivate}, unchanged ${unchanged}, refused ${refusedCount}`,
    ...(view.applied
      ? [`applied: ${view.applied.done} done, ${view.applied.refused} refused`]
      : [`digest ${view.digest}`]),
  ];
  session.out.result({ import: view, refused }, lines.join('\n'));
  if (!session.out.json) for (const row of refused) session.out.note(describeRow(row));
  if (options.refused && refused.length > 0)
    await writeRefusedRows(session, view.id, pathOf(options.refused));
}

async function listRefused(session: Session, id: string): Promise<ImportRow[]> {
  const rows: ImportRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await session.inOrganization((ctx) =>
      listImportRows(ctx, id, {
        outcome: 'refused',
        limit: 1_000,
        ...(cursor === undefined ? {} : { cursor }),
      }),
    );
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return rows;
}

function describeRow({ line, errors }: ImportRow): string {
  const said = errors.map(({ column, value, message, remedy }) =>
    [column ? `${column}${value ? ` “${value}”` : ''}:` : '', message, remedy].filter(Boolean).join(' '),
  );
  return `line ${line ?? '–'}: ${said.join('; ')}`;
}
