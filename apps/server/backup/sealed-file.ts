import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';
import { BackupNotReadable } from './records.ts';

/** What opens a backup. `strong` ones are random, so that guessing need not be made slow. */
export interface Passphrase {
  text: string;
  strong?: boolean;
}

/** Cost of one guess as a power of two (scrypt): 128 MB and about a second. */
const slowToGuess = 17;

/**
 * Writes a file compressed (Zstandard) and encrypted with a passphrase in the age format
 * (https://age-encryption.org/v1), so that `age -d` opens it too. It appears under its name when it is whole.
 * @throws Error with code `EEXIST` where there is such a file
 */
export async function writeSealedFile(
  path: string,
  passphrase: Passphrase,
  content: AsyncIterable<Buffer>,
): Promise<void> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase.text);
  encrypter.setScryptWorkFactor(passphrase.strong ? 1 : slowToGuess);
  const partial = `${path}.partial`;
  const place = await open(path, 'wx', 0o600);
  await place.close();
  try {
    const compressed = Readable.from(content, { objectMode: false }).compose(createZstdCompress());
    const sealed = await encrypter.encrypt(
      Readable.toWeb(compressed) as globalThis.ReadableStream<Uint8Array>,
    );
    await pipeline(
      Readable.fromWeb(sealed as ReadableStream),
      createWriteStream(partial, { mode: 0o600, flush: true }),
    );
    await rename(partial, path);
  } catch (error) {
    await Promise.all([path, partial].map((name) => rm(name, { force: true })));
    throw error;
  }
}

/**
 * Reads such a file, a part at a time; each part is checked before it is given out.
 * @throws BackupNotReadable for a wrong passphrase, a changed or a cut file
 */
export async function* readSealedFile(path: string, passphrases: readonly string[]): AsyncGenerator<Buffer> {
  const decrypter = new Decrypter();
  for (const passphrase of passphrases) decrypter.addPassphrase(passphrase);
  const file = createReadStream(path);
  const source = Readable.toWeb(file) as globalThis.ReadableStream<Uint8Array>;
  let opened = false;
  try {
    const plain = await decrypter.decrypt(source);
    opened = true;
    const decompress = createZstdDecompress();
    const feeding = pipeline(Readable.fromWeb(plain as ReadableStream), decompress);
    feeding.catch((error: Error) => decompress.destroy(error));
    for await (const chunk of decompress) yield chunk as Buffer;
    await feeding;
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, path, opened);
  } finally {
    file.destroy();
  }
}

function explain(error: NodeJS.ErrnoException, path: string, opened: boolean): Error {
  if (error instanceof BackupNotReadable) return error;
  if (error.syscall)
    return new BackupNotReadable(`${path} cannot be read (${error.code}).`, { cause: error });
  if (opened)
    return new BackupNotReadable('The backup is damaged: it is cut off or has been changed.', {
      cause: error,
    });
  if (/no identity matched|passphrase/.test(error.message))
    return new BackupNotReadable('The passphrase does not open this backup.', { cause: error });
  return new BackupNotReadable(`${path} is no backup of Rollcall.`, { cause: error });
}
