import {
  type ColumnMapping,
  type HeaderRecognition,
  type ImportColumn,
  MULTI_VALUED_COLUMNS,
} from '@rollcall/contract/import-columns';

/** A column of the file and what it is taken as. */
export interface MappedColumn {
  index: number;
  header: string;
  column: ImportColumn | null;
  /** The cells say the opposite, as "Block sign in" does of a status. */
  inverted: boolean;
}

/** What was recognised, with a person's own choices over it. Columns in conflict are left out until one is chosen. */
export function mapColumns({ headers }: HeaderRecognition, chosen: ColumnMapping): MappedColumn[] {
  return headers.map(({ index, header, outcome, column, inverted }) => {
    const choice = chosen[String(index)];
    if (choice === undefined)
      return { index, header, column: outcome === 'mapped' ? column : null, inverted };
    return { index, header, column: choice, inverted: inverted && choice === 'status' };
  });
}

/** What has to be put right before these columns can be read, in plain English. */
export function findMappingFaults(
  columns: readonly MappedColumn[],
  { headers }: HeaderRecognition,
): string[] {
  const mapped = new Map<ImportColumn, MappedColumn[]>();
  for (const column of columns) {
    if (column.column) mapped.set(column.column, [...(mapped.get(column.column) ?? []), column]);
  }
  const faults: string[] = [];
  if (!mapped.has('email') && !mapped.has('signInName') && !mapped.has('externalId')) {
    faults.push(
      'No column tells who a row is about. Choose the one with the e-mail address or sign-in name.',
    );
  }
  for (const [column, rivals] of mapped) {
    if (rivals.length < 2 || MULTI_VALUED_COLUMNS.includes(column)) continue;
    const names = rivals.map(({ header }) => `“${header}”`).join(' and ');
    faults.push(`The columns ${names} are both taken for ${column}. Leave one of them out.`);
  }
  const undecided = Map.groupBy(
    headers.filter(({ outcome, index }) => outcome === 'conflict' && columns[index]!.column === null),
    ({ column }) => column!,
  );
  for (const [column, rivals] of undecided) {
    if (mapped.has(column) || rivals.length < 2) continue;
    const names = rivals.map(({ header }) => `“${header}”`).join(' and ');
    faults.push(`The columns ${names} could each be ${column}. Choose one.`);
  }
  return faults;
}
