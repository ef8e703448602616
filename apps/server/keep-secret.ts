import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const pathIn = (dataDir: string) => join(dataDir, 'secret');

/**
 * The secrets of an installation that sets none in its environment: one a line in `<dataDir>/secret`, the present
 * one first. Made at the first start; {@link rotateSecret} puts a new one above.
 */
export function keepSecret(dataDir: string): string[] {
  const fresh = writeAside(dataDir, [makeSecret()]);
  try {
    // A link to an existing name fails: of two processes that start at once, one makes the secret of both.
    linkSync(fresh, pathIn(dataDir));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(fresh);
  }
  return readSecrets(dataDir);
}

/** Those that are there already; none in a new data folder. */
export function readSecrets(dataDir: string): string[] {
  const path = pathIn(dataDir);
  return existsSync(path) ? readFileSync(path, 'utf8').split(/\s+/).filter(Boolean) : [];
}

/** Makes these the present ones; the former stay below them. */
export function addSecrets(dataDir: string, secrets: readonly string[]): void {
  replaceSecrets(dataDir, [...new Set([...secrets, ...readSecrets(dataDir)])]);
}

/** Puts a new secret above the present one. Servers take it over when they are restarted. */
export function rotateSecret(dataDir: string): void {
  addSecrets(dataDir, [makeSecret()]);
}

/** Forgets all but the present secret. */
export function forgetFormerSecrets(dataDir: string): void {
  replaceSecrets(dataDir, readSecrets(dataDir).slice(0, 1));
}

const makeSecret = () => randomBytes(48).toString('base64url');

function replaceSecrets(dataDir: string, secrets: readonly string[]): void {
  renameSync(writeAside(dataDir, secrets), pathIn(dataDir));
}

function writeAside(dataDir: string, secrets: readonly string[]): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = `${pathIn(dataDir)}.${randomBytes(4).toString('hex')}`;
  writeFileSync(path, `${secrets.join('\n')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  return path;
}
