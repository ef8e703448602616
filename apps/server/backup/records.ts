/**
 * The inside of a backup: records of one byte (what it is), four bytes (length, big endian) and that many bytes.
 * A header comes first and an end last; without the end it is not whole.
 */
export const recordKinds = { header: 1, table: 2, data: 3, end: 4 } as const;
export type RecordKind = keyof typeof recordKinds;

export interface Header {
  format: 1;
  createdAt: string;
  postgresVersion: string;
  migrations: { name: string; checksum: string }[];
  /** Of the installation, the present one first: without them neither mails nor audit keys can be read. */
  secrets: string[];
}

export interface TableStart {
  name: string;
  columns: string[];
}

export interface End {
  rows: Record<string, number>;
}

/** A record of a backup as it is read. */
export type BackupRecord =
  | { kind: 'header'; value: Header }
  | { kind: 'table'; value: TableStart }
  | { kind: 'data'; bytes: Buffer }
  | { kind: 'end'; value: End };

const mostBytes = 64 * 1_048_576;
const kindOf = new Map<number, RecordKind>(
  Object.entries(recordKinds).map(([kind, code]) => [code, kind as RecordKind]),
);

export function encodeRecord(kind: RecordKind, content: object | Buffer): Buffer {
  const body = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
  const head = Buffer.allocUnsafe(5);
  head.writeUInt8(recordKinds[kind]);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** What is wrong with the file itself, in words. */
export class BackupNotReadable extends Error {}

/** @throws BackupNotReadable where the stream ends before its end record or is no backup */
export async function* decodeRecords(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<BackupRecord> {
  const source = readExactly(chunks);
  for (;;) {
    const head = await source(5);
    const kind = kindOf.get(head.readUInt8());
    const length = head.readUInt32BE(1);
    if (!kind || length > mostBytes) throw new BackupNotReadable('This is no backup of Rollcall.');
    const body = await source(length);
    if (kind === 'data') {
      yield { kind, bytes: body };
      continue;
    }
    yield { kind, value: JSON.parse(body.toString('utf8')) } as BackupRecord;
    if (kind === 'end') return;
  }
}

function readExactly(chunks: AsyncIterable<Uint8Array>): (length: number) => Promise<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  return async (length) => {
    const parts: Buffer[] = [rest];
    let held = rest.length;
    while (held < length) {
      const { done, value } = await iterator.next();
      if (done) throw new BackupNotReadable('The backup is cut off: its end is missing.');
      parts.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
      held += value.byteLength;
    }
    const all = parts.length === 1 ? rest : Buffer.concat(parts);
    rest = all.subarray(length);
    return all.subarray(0, length);
  };
}
