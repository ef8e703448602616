import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { constants, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Binaries } from './locate-binaries.ts';

/**
 * Copies the binaries into the data folder, once a version, and answers where they are. There the unprivileged
 * user can run them, and a later upgrade to another major version still finds the ones that read the old data.
 */
export function installBinaries(binaries: Binaries, folder: string): string {
  if (!binaries.copyable) return binaries.directory;
  const target = join(folder, binaries.version);
  if (existsSync(target)) return join(target, 'native');
  const staging = `${target}.${randomBytes(4).toString('hex')}`;
  const previous = process.umask(0o022);
  try {
    mkdirSync(staging, { recursive: true });
    cpSync(binaries.directory, join(staging, 'native'), {
      recursive: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (path) => !path.endsWith('.a'),
    });
    linkLibraries(binaries.directory, staging);
    renameSync(staging, target);
  } catch (cause) {
    rmSync(staging, { recursive: true, force: true });
    // Another process that starts at the same moment may have been faster.
    if (!existsSync(target)) throw cause;
  } finally {
    process.umask(previous);
  }
  return join(target, 'native');
}

/** npm packages hold no links: the package's install script, which we do not let npm run, makes them. */
function linkLibraries(native: string, cwd: string): void {
  const script = join(dirname(native), 'scripts', 'hydrate-symlinks.js');
  if (existsSync(script)) execFileSync(process.execPath, [script], { cwd });
}
