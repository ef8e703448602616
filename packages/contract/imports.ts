import { z } from 'zod';
import { columnMapping, headerRecognition, importColumn } from './import-columns.ts';
import { changeReason } from './off-boarding.ts';
import { instant, pageQuery } from './paging.ts';
import { isCountryCode } from './phone-number.ts';
import { tableDelimiters, tableEncodings } from './table-file.ts';
import { roleReference, warning } from './users.ts';

/** Given with the upload; to read a file in another way, upload it again. */
export const uploadImportQuery = z.strictObject({
  encoding: z.enum(tableEncodings).optional(),
  delimiter: z.enum(tableDelimiters).optional(),
});

const country = z.string().refine(isCountryCode, {
  error: 'Enter a country by its two capital letters, such as DE.',
});

/** What to do with the file. Empty cells never empty a field. */
export const importOptions = z
  .object({
    /** `create` refuses rows of people who are there already; `create_and_change` changes them. */
    mode: z.enum(['create', 'create_and_change']).default('create_and_change'),
    /** What a status column does to people who are there: only `deactivate` acts on it. Nobody is reactivated by a file. */
    status: z.enum(['ignore', 'deactivate']).default('ignore'),
    /** What becomes of people who are not in the file. Only `deactivate` touches them. */
    missing: z.enum(['keep', 'deactivate']).default('keep'),
    /** Whether the groups of a row are added to those that somebody has or take their place. */
    groups: z.enum(['add', 'replace']).default('add'),
    /** The role of new people whose row has none. */
    defaultRole: roleReference.default('agent'),
    /** For phone numbers without a country prefix; null takes the organization's. */
    defaultCountry: country.nullable().default(null),
    /** Whether new people are invited. */
    invite: z.boolean().default(true),
  })
  .meta({ id: 'ImportOptions' });

/** `mapping`: only the columns named change; `options`: only those given. Either drops the preview. */
export const updateImportInput = z
  .strictObject({
    mapping: columnMapping.optional(),
    options: z
      .strictObject({
        mode: importOptions.shape.mode.unwrap(),
        status: importOptions.shape.status.unwrap(),
        missing: importOptions.shape.missing.unwrap(),
        groups: importOptions.shape.groups.unwrap(),
        defaultRole: roleReference,
        defaultCountry: country.nullable(),
        invite: z.boolean(),
      })
      .partial()
      .optional(),
  })
  .meta({ id: 'UpdateImport' });

/**
 * `uploaded` → `previewing` → `previewed` → `applying` → `applied` → `undoing` → `undone`. `stopped`: it could not go
 * on (`stopReason` tells why); what had been applied until then stays and can be undone.
 */
export const importStates = [
  'uploaded',
  'previewing',
  'previewed',
  'applying',
  'applied',
  'undoing',
  'undone',
  'stopped',
] as const;

/** What the preview says of a row; `deactivate` also of people who are not in the file. */
export const importRowKinds = ['create', 'change', 'unchanged', 'deactivate', 'refused'] as const;
/**
 * What became of it. `pending`: not reached yet; `done`; `refused`: not done, `errors` tells why (from the preview on,
 * or since it had drifted); `undone`: taken back; `left`: undo left it, `undoNote` tells why.
 */
export const importRowOutcomes = ['pending', 'done', 'refused', 'undone', 'left'] as const;

/** `column` is the header in the file, null where the whole row is meant; `value` is what stood there. */
export const importRowError = z
  .object({
    code: z.string(),
    column: z.string().nullable(),
    value: z.string().nullable(),
    message: z.string(),
    remedy: z.string().nullable(),
  })
  .meta({ id: 'ImportRowError' });

/** `field` as in the API (`firstName`, `role`, `groups`, `customFields.Shift` …); texts as people read them. */
export const importFieldChange = z
  .object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })
  .meta({ id: 'ImportFieldChange' });

export const importRow = z
  .object({
    /** Place in the list, for the cursor. */
    position: z.number().int(),
    /** Row below the header, from 1, and line of the file; null for somebody who is not in the file. */
    row: z.number().int().nullable(),
    line: z.number().int().nullable(),
    kind: z.enum(importRowKinds),
    outcome: z.enum(importRowOutcomes),
    name: z.string(),
    signInName: z.string().nullable(),
    /** Whom it changes or, once applied, has created. */
    userId: z.uuid().nullable(),
    /** Of a new user: what it begins with (`before` is null). */
    changes: z.array(importFieldChange),
    errors: z.array(importRowError),
    warnings: z.array(warning),
    undoNote: z.string().nullable(),
  })
  .meta({ id: 'ImportRow' });

const number = z.number().int();

/** Rows by what the preview says of them. */
export const importCounts = z
  .object({ create: number, change: number, unchanged: number, deactivate: number, refused: number })
  .meta({ id: 'ImportCounts' });

/** An import as the list shows it. */
export const importSummary = z
  .object({
    id: z.uuid(),
    fileName: z.string(),
    state: z.enum(importStates),
    rowCount: number,
    counts: importCounts.nullable(),
    requestedBy: z.object({ id: z.uuid().nullable(), name: z.string() }),
    createdAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'ImportSummary' });

export const importView = importSummary
  .extend({
    format: z.enum(['csv', 'xlsx']),
    encoding: z.enum(tableEncodings).nullable(),
    delimiter: z.enum(tableDelimiters).nullable(),
    recognition: headerRecognition,
    /** One a column of the file, in its order: what it is taken as, or null where it is left out. */
    columns: z.array(
      z.object({ index: number, header: z.string(), column: importColumn.nullable(), inverted: z.boolean() }),
    ),
    /** Why it cannot be previewed yet (columns missing, or two for one field); empty where it can. */
    mappingFaults: z.array(z.string()),
    options: importOptions,
    /** The first 10 rows, as they stand in the file. */
    sampleRows: z.array(z.array(z.string())),
    /** Of what is running or has run last: preview, application or undoing. */
    progress: z.object({ done: number, total: number }),
    /** To be given back with `apply`. */
    digest: z.string().nullable(),
    /** Set where `apply` must repeat the number of deactivations in `confirmDeactivations`. */
    confirmationNeeded: z.object({ deactivations: number, of: number }).nullable(),
    /** Rows that were done, and rows that were refused while applying. */
    applied: z.object({ done: number, refused: number }).nullable(),
    undone: z.object({ undone: number, left: number }).nullable(),
    previewedAt: instant.nullable(),
    startedAt: instant.nullable(),
    undoUntil: instant.nullable(),
    stopReason: z.string().nullable(),
  })
  .meta({ id: 'Import' });

/** `confirmDeactivations`: the exact number, where more than a tenth of the agents would be deactivated. */
export const applyImportInput = z
  .strictObject({
    digest: z.string().max(100),
    confirmDeactivations: z.number().int().nonnegative().optional(),
    reason: changeReason.optional(),
  })
  .meta({ id: 'ApplyImport' });

/** What undoing would do now. `stays`: whom the import has created and who is left; the first 50 by name. */
export const importUndoPreview = z
  .object({
    possible: z.boolean(),
    withdrawn: number,
    /** Changed by the import; what somebody has changed since stays as it is. */
    restored: number,
    reactivated: number,
    staysCount: number,
    stays: z.array(z.object({ id: z.uuid(), name: z.string(), why: z.enum(['accepted', 'deactivated']) })),
  })
  .meta({ id: 'ImportUndoPreview' });

export const undoImportInput = z.strictObject({ reason: changeReason.optional() }).meta({ id: 'UndoImport' });

export const listImportRowsQuery = z.strictObject({
  ...pageQuery.shape,
  kind: z.enum(importRowKinds).optional(),
  outcome: z.enum(importRowOutcomes).optional(),
});

/** How long after its end an import can be undone. */
export const undoHours = 24;
/** More than one in so many agents deactivated by a file must be confirmed by the exact number, however few they are. */
export const brakeShare = 10;

export type UploadImportQuery = z.output<typeof uploadImportQuery>;
export type ImportOptions = z.output<typeof importOptions>;
export type UpdateImportInput = z.output<typeof updateImportInput>;
export type ImportState = (typeof importStates)[number];
export type ImportRowKind = (typeof importRowKinds)[number];
export type ImportRowOutcome = (typeof importRowOutcomes)[number];
export type ImportRowError = z.infer<typeof importRowError>;
export type ImportFieldChange = z.infer<typeof importFieldChange>;
export type ImportRow = z.infer<typeof importRow>;
export type ImportCounts = z.infer<typeof importCounts>;
export type ImportSummary = z.infer<typeof importSummary>;
export type ImportView = z.infer<typeof importView>;
export type ImportUndoPreview = z.infer<typeof importUndoPreview>;
export type ApplyImportInput = z.output<typeof applyImportInput>;
export type ListImportRowsQuery = z.output<typeof listImportRowsQuery>;
