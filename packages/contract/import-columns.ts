import { z } from 'zod';

/** What a column of an imported file can be. Our own export and template write these names as headers. */
export const IMPORT_COLUMNS = [
  'firstName',
  'lastName',
  'displayName',
  'email',
  'signInName',
  'role',
  'groups',
  'extension',
  'phoneNumbers',
  'countryPrefix',
  'defaultOutboundNumber',
  'department',
  'title',
  'manager',
  'site',
  'costCenter',
  'locale',
  'timeZone',
  'startDate',
  'lastDay',
  'status',
  'externalId',
] as const;

/** The headers of the template to download: all but those that only other systems' exports have. */
export const TEMPLATE_COLUMNS = IMPORT_COLUMNS.filter(
  (column) => column !== 'displayName' && column !== 'countryPrefix',
);

/** Several headers may lead to these (mobile and work phone); to any other, two are a conflict. */
export const MULTI_VALUED_COLUMNS: readonly ImportColumn[] = ['groups', 'phoneNumbers'];

/** One of ours, or a custom field by its name: `custom:Shift`. */
export const importColumn = z.union([
  z.enum(IMPORT_COLUMNS),
  z.templateLiteral(['custom:', z.string().min(1).max(60)]),
]);
export type ImportColumn = z.infer<typeof importColumn>;

/** Systems whose files are recognised by their headers. */
export const importSource = z.enum(['rollcall', 'okta', 'entra', 'google', 'cloudtalk']);
export type ImportSource = z.infer<typeof importSource>;

/** What became of one header of the file. */
export const recognisedHeader = z.object({
  /** Index of the column in the file, from 0. */
  index: z.number().int().nonnegative(),
  header: z.string(),
  /**
   * `mapped`: taken as `column`. `ignored`: known and not imported (such as a password), or another header says the
   * same better. `conflict`: several headers fit `column`, a person has to choose. `unknown`: map it by hand.
   */
  outcome: z.enum(['mapped', 'ignored', 'conflict', 'unknown']),
  column: importColumn.nullable(),
  /** `exact`: the spelling of a system that is known. `likely`: by meaning. Null where not recognised. */
  confidence: z.enum(['exact', 'likely']).nullable(),
  /** The cells say the opposite: "Block sign in" is Yes for who is inactive. */
  inverted: z.boolean(),
});
export type RecognisedHeader = z.infer<typeof recognisedHeader>;

export const headerRecognition = z.object({
  /** The system that the file looks to be from. */
  source: importSource.nullable(),
  headers: z.array(recognisedHeader),
  unknown: z.array(z.string()),
  conflicts: z.array(z.object({ column: importColumn, headers: z.array(z.string()) })),
  /** What must be there and is not: a name, and an e-mail address or sign-in name. */
  missing: z.array(z.enum(['name', 'email'])),
  /** The first row looks like a person and not like headers. */
  headerLooksLikeData: z.boolean(),
});
export type HeaderRecognition = z.infer<typeof headerRecognition>;

/** A person's own mapping: index of the file's column (as text) → our column, or null to leave it out. */
export const columnMapping = z.record(z.string().regex(/^\d{1,3}$/), importColumn.nullable());
export type ColumnMapping = z.infer<typeof columnMapping>;
