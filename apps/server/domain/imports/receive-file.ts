import { createHash } from 'node:crypto';
import { AppError } from '../../platform/errors.ts';
import { DEFAULT_TABLE_LIMITS, TableError } from '../../platform/tabular/table-error.ts';

export interface ReceivedFile {
  fileName: string;
  file: Buffer;
  /** Stands for the file where requests are compared. */
  sha256: string;
}

/** The part of a request that holds a file; `truncated` where it was longer than the limit. */
export interface FilePart {
  filename: string;
  file: AsyncIterable<Buffer> & { truncated: boolean };
}

/** Takes in the file of an upload, up to the limit for tables. */
export async function receiveFile(part: FilePart | undefined): Promise<ReceivedFile> {
  if (!part) {
    throw new AppError('malformed_request', {
      detail: 'There is no file in the request. Send it as multipart/form-data in the field “file”.',
    });
  }
  const chunks: Buffer[] = [];
  const hash = createHash('sha256');
  for await (const chunk of part.file) {
    chunks.push(chunk);
    hash.update(chunk);
  }
  if (part.file.truncated)
    throw new TableError({ code: 'file_too_large', limitBytes: DEFAULT_TABLE_LIMITS.bytes });
  return { fileName: part.filename, file: Buffer.concat(chunks), sha256: hash.digest('hex') };
}
