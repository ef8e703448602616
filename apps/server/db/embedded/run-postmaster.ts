import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Identity } from './choose-identity.ts';
import type { ClusterFolder } from './cluster-folder.ts';

/** Modest on purpose: Rollcall and its database together stay below 350 MB at rest. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '64MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  min_wal_size: '32MB',
  max_wal_size: '512MB',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  max_worker_processes: '4',
  autovacuum_max_workers: '2',
  // Short queries on few rows: compiling them costs more than it saves.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'on',
  log_filename: 'postgresql-%a.log',
  log_rotation_age: '1d',
  log_truncate_on_rotation: 'on',
  // A failing statement would take personal data into the log.
  log_min_error_statement: 'panic',
};

/** For tests only: fast, and gone after a crash of the machine. */
const UNSAFE_SETTINGS = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };

export type Postmaster = {
  /** Its exit code and what it said before its log file took over; undefined while it runs. */
  readonly ended: { code: number | null; said: string } | undefined;
};

/**
 * Starts PostgreSQL in a session of its own: a Ctrl-C in the terminal reaches Rollcall alone, which first finishes
 * its requests, and the database outlives a `kill -9` of Rollcall. It sees nothing of our environment.
 */
export function spawnPostmaster(
  folder: ClusterFolder,
  options: {
    native: string;
    socketFolder: string;
    major: number;
    identity: Identity | undefined;
    fsync: boolean;
  },
): Postmaster {
  const settings = {
    ...SETTINGS,
    unix_socket_directories: options.socketFolder,
    // Reading in processes of its own is worth their memory on large databases only.
    ...(options.major >= 18 ? { io_method: 'sync' } : {}),
    ...(options.fsync ? {} : UNSAFE_SETTINGS),
  };
  const child = spawn(
    join(options.native, 'bin', 'postgres'),
    ['-D', folder.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...options.identity,
      cwd: folder.data,
      env: { LC_ALL: 'C', PATH: process.env.PATH },
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const state: { ended: Postmaster['ended'] } = { ended: undefined };
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.once('error', (error) => {
    state.ended = { code: null, said: error.message };
  });
  child.once('close', (code) => {
    state.ended ??= { code, said };
  });
  child.unref();
  (child.stderr as unknown as { unref(): void }).unref();
  return state;
}

/** The process id in `postmaster.pid`, where that process lives. */
export function livingPostmaster(folder: ClusterFolder): number | undefined {
  let pid: number;
  try {
    pid = Number.parseInt(readFileSync(folder.postmasterPid, 'utf8'), 10);
  } catch (error) {
    // A postmaster that ends removes the file at any moment.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return Number.isInteger(pid) && commandOf(pid) !== undefined ? pid : undefined;
}

/**
 * Removes a `postmaster.pid` whose number now belongs to another program. PostgreSQL would take that program for
 * itself and refuse to start, which happens in containers, where the same few numbers come back at each start.
 */
export function removeMisleadingPidFile(folder: ClusterFolder): void {
  const pid = livingPostmaster(folder);
  if (pid !== undefined && !/postgres/.test(commandOf(pid) ?? ''))
    rmSync(folder.postmasterPid, { force: true });
}

/** Stops PostgreSQL: open transactions are rolled back, what is committed is on disk when this resolves. */
export async function stopPostmaster(folder: ClusterFolder): Promise<void> {
  const pid = livingPostmaster(folder);
  if (pid === undefined) return;
  signal(pid, 'SIGINT');
  for (const deadline = Date.now() + 60_000; livingPostmaster(folder) === pid; await sleep(10)) {
    if (Date.now() > deadline) return signal(pid, 'SIGQUIT');
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has just ended by itself.
  }
}

function commandOf(pid: number): string | undefined {
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
      : execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
