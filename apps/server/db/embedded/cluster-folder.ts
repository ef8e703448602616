import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where things are in the data folder:
 * `database/<major>/data` (PGDATA), `…/password`, `…/socket`, `…/binaries/<version>`.
 */
export function clusterFolder(dataDir: string, major: number) {
  const database = join(dataDir, 'database');
  // It may be a link, and PostgreSQL's user may be unable to follow it.
  const root = join(existsSync(database) ? realpathSync(database) : database, String(major));
  return {
    root,
    data: join(root, 'data'),
    password: join(root, 'password'),
    socket: join(root, 'socket'),
    binaries: join(root, 'binaries'),
    postmasterPid: join(root, 'data', 'postmaster.pid'),
  };
}

export type ClusterFolder = ReturnType<typeof clusterFolder>;

/** The major version of the embedded database in a data folder; undefined when there is none yet. */
export function readDataMajor(dataDir: string): number | undefined {
  const parent = join(dataDir, 'database');
  if (!existsSync(parent)) return undefined;
  const majors = readdirSync(parent)
    .filter((name) => /^\d+$/.test(name) && existsSync(join(parent, name, 'data', 'PG_VERSION')))
    .map((name) => Number(readFileSync(join(parent, name, 'data', 'PG_VERSION'), 'utf8')));
  return majors.length === 0 ? undefined : Math.max(...majors);
}
