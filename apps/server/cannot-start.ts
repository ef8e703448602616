import type { Config } from './config.ts';
import { DataMajorMismatch } from './db/embedded/start-embedded-postgres.ts';
import { CannotMigrate } from './db/migrate.ts';

/** Why Rollcall did not start, in words for whoever started it; there is nothing to find in a stack. */
export class CannotStart extends Error {}

/** Says what a failure to reach the database means; undefined where it is no such failure. */
export function explainDatabaseFailure(
  error: unknown,
  { databaseUrl, databaseDirectUrl }: Pick<Config, 'databaseUrl' | 'databaseDirectUrl'>,
): string | undefined {
  if (error instanceof CannotMigrate) return error.message;
  if (error instanceof DataMajorMismatch) return `${error.message} Start the newer Rollcall again.`;
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  if (!databaseUrl) return message.startsWith('The embedded PostgreSQL') ? message : undefined;
  const { host, pathname } = new URL(databaseDirectUrl ?? databaseUrl);
  const variable = databaseDirectUrl ? 'DATABASE_DIRECT_URL' : 'DATABASE_URL';
  const at = `PostgreSQL at ${host || 'the local socket'}`;
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOENT'].includes(code))
    return `${at} cannot be reached (${code}). Start it, or correct ${variable}.`;
  if (code === '57P03') return `${at} is not ready yet: ${message}. Start Rollcall again in a moment.`;
  if (code === '28P01' || code === '28000')
    return `${at} refused the sign-in: ${message}. Correct the name and password in ${variable}.`;
  if (code === '3D000')
    return `${at} has no database "${pathname.slice(1)}". Create it, or correct ${variable}.`;
  if (code === '42501')
    return `${at} refused: ${message}. The role in ${variable} must own the database, and have CREATEROLE or be a member of rollcall_app, see docs/operating.md.`;
  return undefined;
}

/** Says who holds the port and what to do. */
export async function explainPortFailure(
  error: NodeJS.ErrnoException,
  { host, port }: { host: string; port: number },
): Promise<string | undefined> {
  if (error.code === 'EACCES')
    return `Port ${port} is for root only. Set PORT to one above 1023, and put a reverse proxy in front.`;
  if (error.code === 'EADDRNOTAVAIL')
    return `This machine has no address ${host}. Set HOST to one that it has; 127.0.0.1 is for this machine alone.`;
  if (error.code !== 'EADDRINUSE') return undefined;
  const holder = (await isRollcall(host, port))
    ? 'Another Rollcall answers there already: use that one, or stop it.'
    : 'Another program has it: stop that program.';
  return `Port ${port} is in use. ${holder} Or set PORT to another one.`;
}

async function isRollcall(host: string, port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}/readyz`, {
      signal: AbortSignal.timeout(1_000),
    });
    return ((await answer.json()) as { checks?: { name: string }[] }).checks?.[0]?.name === 'database';
  } catch {
    return false;
  }
}
