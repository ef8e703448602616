import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CannotStart } from '../cannot-start.ts';
import { type Config, ConfigError, loadConfig } from '../config.ts';
import { readDataMajor } from '../db/embedded/cluster-folder.ts';
import type { Actor, Context } from '../domain/context.ts';
import { listOrganizations, type OrganizationSummary } from '../domain/organizations/list-organizations.ts';
import type { Deps } from '../edge/deps.ts';
import { inContext } from '../edge/in-context.ts';
import { previewLockTimeout, rollBack } from '../edge/roll-back.ts';
import { openInstallation } from '../open-installation.ts';
import { openStorage, type Storage } from '../open-storage.ts';
import { newId } from '../platform/ids.ts';
import { CommandFailure, type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts';
import { createOutput, describeFailure, type Output } from './output.ts';

export const operator: Actor = { kind: 'system', name: 'Rollcall command line', ip: null };

/** Options that every command knows. */
export interface GlobalOptions {
  json?: boolean;
  organization?: string;
}

export interface Session {
  config: Config;
  out: Output;
  deps: Deps;
  storage: Storage;
  /** The one that `--organization` names, or the only one. */
  organization(): Promise<OrganizationSummary>;
  /** One transaction in that organization, as the operator. */
  inOrganization<T>(work: (ctx: Context) => Promise<T>, options?: { reason?: string }): Promise<T>;
  /** The same, rolled back. */
  preview<T>(work: (ctx: Context) => Promise<T>): Promise<T>;
}

type Action<O> = (
  session: Session,
  options: O & GlobalOptions,
  args: string[],
) => Promise<ExitCode | undefined>;

/** An action on the opened installation; it works beside a running server and without one. */
export function onInstallation<O>(action: Action<O>, { mayCreate = false } = {}) {
  return withConfig<O>(async ({ config, out }, options, args) => {
    if (!mayCreate) requireDatabase(config);
    const { deps, storage, close } = await openInstallation(config, { worker: false, log: () => {} });
    try {
      const organization = () => findOrganization(deps, options.organization);
      const inOrganization: Session['inOrganization'] = async (work, { reason } = {}) =>
        inContext(
          deps,
          {
            organizationId: (await organization()).id,
            actor: operator,
            requestId: newId(),
            ...(reason === undefined ? {} : { reason }),
          },
          work,
        );
      const preview: Session['preview'] = async (work) => {
        const scope = {
          organizationId: (await organization()).id,
          actor: operator,
          requestId: newId(),
          lockTimeout: previewLockTimeout,
        };
        return rollBack((run) => inContext(deps, scope, run), work);
      };
      return await action(
        { config, out, deps, storage, organization, inOrganization, preview },
        options,
        args,
      );
    } finally {
      await close();
    }
  });
}

/** An action on the database as it stands, whatever its version. */
export function onStorage<O>(
  action: (
    session: Pick<Session, 'config' | 'out' | 'storage'>,
    options: O & GlobalOptions,
    args: string[],
  ) => Promise<ExitCode | undefined>,
  { mayCreate = false } = {},
) {
  return withConfig<O>(async ({ config, out }, options, args) => {
    if (!mayCreate) requireDatabase(config);
    const storage = await openStorage(config, () => {});
    try {
      return await action({ config, out, storage }, options, args);
    } finally {
      await storage.close();
    }
  });
}

/** An action that opens nothing by itself. Commander hands over the arguments, then options and command. */
export function withConfig<O>(
  action: (
    session: Pick<Session, 'config' | 'out'>,
    options: O & GlobalOptions,
    args: string[],
  ) => Promise<ExitCode | undefined>,
) {
  return async (...given: unknown[]): Promise<void> => {
    const command = given.at(-1) as Command;
    const options = command.optsWithGlobals() as O & GlobalOptions;
    const out = createOutput(options.json ?? false);
    try {
      const config = loadConfig(process.env);
      process.exitCode = (await action({ config, out }, options, command.args)) ?? exitCodes.done;
    } catch (error) {
      process.exitCode = error instanceof ConfigError ? exitCodes.configuration : exitCodeOf(error);
      const isDefect = process.exitCode === exitCodes.failed && !isTold(error);
      out.note(isDefect && !out.json ? (error as Error).stack! : describeFailure(error, out.json));
    }
  };
}

/** Failures whose message says all there is; of others the stack is needed. */
function isTold(error: unknown): boolean {
  return error instanceof CannotStart || error instanceof CommandFailure || 'code' in (error as Error);
}

function requireDatabase(config: Config): void {
  if (config.databaseUrl || readDataMajor(config.dataDir) !== undefined) return;
  throw new CommandFailure(
    exitCodes.notFound,
    `There is no database in ${config.dataDir}. Start Rollcall once, or name its folder in ROLLCALL_DATA_DIR, or its server in DATABASE_URL.`,
  );
}

async function findOrganization(deps: Deps, wanted: string | undefined): Promise<OrganizationSummary> {
  const all = await deps.db.ownerTransaction(listOrganizations);
  const names = all.map(({ name }) => `“${name}”`).join(', ');
  if (all.length === 0)
    throw new CommandFailure(
      exitCodes.notFound,
      'There is no organization yet. Make one with: rollcall organization create',
    );
  const fitting = wanted === undefined ? all : all.filter(({ id, name }) => id === wanted || name === wanted);
  if (fitting.length === 1) return fitting[0]!;
  if (wanted === undefined)
    throw new CommandFailure(exitCodes.usage, `Say which with --organization: ${names}.`);
  throw fitting.length === 0
    ? new CommandFailure(exitCodes.notFound, `There is no organization “${wanted}”. There are: ${names}.`)
    : new CommandFailure(exitCodes.usage, `Several organizations are called “${wanted}”; name it by its id.`);
}

/** A path as the person meant it who typed it: npm and bootstrap.mjs run us from another folder. */
export function pathOf(given: string): string {
  return resolve(process.env.INIT_CWD ?? '.', given);
}
