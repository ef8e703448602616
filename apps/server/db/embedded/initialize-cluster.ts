import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Identity, identityForInitdb } from './choose-identity.ts';
import type { ClusterFolder } from './cluster-folder.ts';
import { installBinaries } from './install-binaries.ts';
import type { Binaries } from './locate-binaries.ts';

/**
 * Makes a new cluster aside and renames it into place, so that a crash half-way leaves nothing half-made and of two
 * processes that start at once exactly one wins.
 */
export function initializeCluster(
  folder: ClusterFolder,
  options: { binaries: Binaries; identity: Identity | undefined; sync: boolean },
): void {
  if (existsSync(folder.data)) return;
  const staging = mkdtempSync(join(dirname(folder.root), '.new-'));
  try {
    const native = installBinaries(options.binaries, join(staging, 'binaries'));
    const password = join(staging, 'password');
    writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
    runInitdb(native, { staging, password, ...options });
    renameSync(staging, folder.root);
  } catch (cause) {
    if (!existsSync(folder.data)) throw cause;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function runInitdb(
  native: string,
  options: {
    staging: string;
    password: string;
    binaries: Binaries;
    identity: Identity | undefined;
    sync: boolean;
  },
): void {
  const { staging, password, identity } = options;
  const borrowed = identityForInitdb(identity);
  if (borrowed) {
    chownSync(staging, 0, borrowed.gid);
    chmodSync(staging, 0o770);
    chownSync(password, borrowed.uid, borrowed.gid);
  }
  const { status, error, stderr } = spawnSync(
    join(native, 'bin', 'initdb'),
    [
      ...['--pgdata', join(staging, 'data'), '--username', 'postgres', '--pwfile', password],
      ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--data-checksums'],
      ...localeOptions(options.binaries.major),
      ...(options.sync ? [] : ['--no-sync']),
    ],
    { ...borrowed, cwd: staging, env: { LC_ALL: 'C', PATH: process.env.PATH }, encoding: 'utf8' },
  );
  if (error || status !== 0) {
    const hint = /user does not exist/.test(stderr) ? ' Run Rollcall as a user that /etc/passwd names.' : '';
    throw new Error(`PostgreSQL could not make its data folder: ${error?.message ?? stderr.trim()}${hint}`);
  }
  if (identity) {
    chownSync(password, 0, 0);
    chmodSync(staging, 0o711);
    giveAway(join(staging, 'data'), identity);
  }
}

/** Sorted by code point, so that no index depends on a library's version; upper and lower case of all of Unicode. */
function localeOptions(major: number): string[] {
  return major >= 17
    ? ['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8']
    : ['--locale', process.platform === 'linux' ? 'C.UTF-8' : 'C'];
}

function giveAway(path: string, identity: Identity): void {
  lchownSync(path, identity.uid, identity.gid);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) giveAway(child, identity);
    else lchownSync(child, identity.uid, identity.gid);
  }
}
