import { BackupNotReadable, type BackupRecord, decodeRecords, type Header } from './records.ts';
import { readSealedFile } from './sealed-file.ts';

export interface OpenedBackup {
  header: Header;
  /** What follows the header; read once. */
  records: AsyncIterable<BackupRecord>;
  close(): Promise<void>;
}

/** Opens a backup and reads its header. @throws BackupNotReadable */
export async function openBackup(path: string, passphrases: readonly string[]): Promise<OpenedBackup> {
  const records = decodeRecords(readSealedFile(path, passphrases));
  const first = await records.next();
  if (first.done || first.value.kind !== 'header')
    throw new BackupNotReadable('This is no backup of Rollcall.');
  const { value: header } = first.value;
  if (header.format !== 1)
    throw new BackupNotReadable(
      'The backup was made by a newer version of Rollcall; restore it with that version.',
    );
  return {
    header,
    records,
    async close() {
      await records.return(undefined);
    },
  };
}

/** Reads a backup to its end, which proves that it is whole, and does nothing with it. @throws BackupNotReadable */
export async function checkBackup(path: string, passphrases: readonly string[]): Promise<Header> {
  const { header, records } = await openBackup(path, passphrases);
  for await (const _ of records);
  return header;
}
