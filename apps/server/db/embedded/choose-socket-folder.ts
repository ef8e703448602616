import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Identity } from './choose-identity.ts';
import type { ClusterFolder } from './cluster-folder.ts';

/** `sockaddr_un.sun_path` holds 108 bytes on Linux and 104 on macOS, its closing zero included. */
const LONGEST_SOCKET_PATH = process.platform === 'linux' ? 107 : 103;

/** The name that PostgreSQL gives its socket for port 5432. */
const SOCKET_NAME = '.s.PGSQL.5432';

/**
 * The folder of the database's Unix socket: inside the data folder, or, where that path is too long for a socket,
 * one in the system's folder for temporary files whose name follows from the data folder, so that every process
 * finds it.
 * @throws Error when somebody else holds that folder.
 */
export function chooseSocketFolder(folder: ClusterFolder, identity: Identity | undefined): string {
  const owner = identity?.uid ?? process.getuid?.();
  const inData = Buffer.byteLength(join(folder.socket, SOCKET_NAME)) <= LONGEST_SOCKET_PATH;
  const digest = createHash('sha256').update(`${owner}:${folder.root}`).digest('hex').slice(0, 16);
  const path = inData ? folder.socket : join(tmpdir(), `rollcall-${digest}`);
  const made = mkdirSync(path, { recursive: true, mode: 0o700 });
  if (made && identity) chownSync(path, identity.uid, identity.gid);
  const stat = lstatSync(path);
  if (!stat.isDirectory() || stat.uid !== owner) {
    throw new Error(
      `${path} should be the folder of the database's socket but belongs to user id ${stat.uid}: remove it.`,
    );
  }
  chmodSync(path, 0o700);
  return path;
}
