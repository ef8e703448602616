import { randomUUID } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import type { BuiltInRole } from '@rollcall/contract/permissions';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, inject } from 'vitest';
import { type App, buildApp } from '../app.ts';
import { openDatabase } from '../db/open-database.ts';
import { openJobs } from '../db/open-jobs.ts';
import type { Context } from '../domain/context.ts';
import { createOrganization } from '../domain/organizations/create-organization.ts';
import { startSession } from '../domain/sessions/start-session.ts';
import type { Deps } from '../edge/deps.ts';
import { inContext } from '../edge/in-context.ts';
import { createRequestLimit } from '../edge/limit-requests.ts';
import { checkResponses } from '../edge/serialise-responses.ts';
import { createEncryption } from '../platform/encryption.ts';
import { newId } from '../platform/ids.ts';
import { hashPassword } from '../platform/password-hash.ts';
import { execute, templateName, urlOf } from './template.ts';

/** What a test acts as: an active user with a session of their own. */
export interface TestUser {
  id: string;
  organizationId: string;
  signInName: string;
  sessionId: string;
  cookie: string;
  /** Sends a request with this user's session; `payload` is the JSON body. */
  request(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    payload?: object,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
}

export interface TestOrganization {
  id: string;
  roles: Record<BuiltInRole, string>;
  administrator: TestUser;
  /** One more active user who can sign in with `password`. */
  addUser(options?: {
    role?: BuiltInRole;
    signInName?: string;
    firstName?: string;
    lastName?: string;
  }): Promise<TestUser>;
  /** Runs `work` in a transaction of this organization as Rollcall itself. */
  context<T>(work: (ctx: Context) => Promise<T>): Promise<T>;
}

export interface Harness {
  app: App;
  deps: Deps;
  databaseUrl: string;
  /** The time that the application sees; set it to move. */
  clock: { now: Date };
  createOrganization(name?: string): Promise<TestOrganization>;
  inject(options: InjectOptions): Promise<LightMyRequestResponse>;
}

export const publicUrl = 'http://127.0.0.1:3000';
export const password = 'a long test password 42';
// Hashing takes 65 ms on purpose: once a run is enough.
let passwordHash: Promise<string> | undefined;

/**
 * A database of its own for this test file, cloned from the migrated template, and the application on it.
 * Call at the top of a describe or file; the returned object is filled before the first test.
 */
export function useHarness(options: { extend?: (deps: Deps) => Deps | Promise<Deps> } = {}): Harness {
  const harness = { clock: { now: new Date() } } as Harness;
  const cluster = inject('postgresUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  beforeAll(async () => {
    await execute(cluster, `create database ${name} template ${templateName} strategy file_copy`);
    harness.databaseUrl = urlOf(cluster, name);
    const db = openDatabase(harness.databaseUrl, { poolSize: 12 });
    const jobs = await openJobs(db, { worker: false });
    const deps: Deps = {
      db,
      jobs,
      clock: () => harness.clock.now,
      installation: { publicUrl, encryption: createEncryption(['a secret for tests that is long enough']) },
      limitRequests: createRequestLimit(1_000_000),
      mail: null,
      resolver: new Resolver(),
    };
    harness.deps = (await options.extend?.(deps)) ?? deps;
    harness.app = await buildApp(harness.deps, { serialise: checkResponses });
    await harness.app.ready();
    harness.inject = (request) => harness.app.inject(request);
    harness.createOrganization = (organizationName) => createTestOrganization(harness, organizationName);
  });
  afterAll(async () => {
    await harness.app?.close();
    await harness.deps?.jobs.stop();
    await harness.deps?.db.close();
    await execute(cluster, `drop database if exists ${name} with (force)`);
  });
  return harness;
}

async function createTestOrganization(harness: Harness, name = 'Nordwind Calls'): Promise<TestOrganization> {
  const id = newId();
  const context: TestOrganization['context'] = (work) =>
    inContext(
      harness.deps,
      { organizationId: id, actor: { kind: 'system', name: 'Test', ip: null }, requestId: 'test' },
      work,
    );
  const roles = await harness.deps.db.ownerTransaction((tx) =>
    createOrganization(
      {
        tx,
        organizationId: id,
        actor: { kind: 'system', name: 'Test', ip: null },
        now: harness.clock.now,
        requestId: 'test',
        installation: harness.deps.installation,
        enqueue: (queue, jobs, enqueueOptions) => harness.deps.jobs.enqueue(tx, queue, jobs, enqueueOptions),
      },
      { name },
    ),
  );
  const organization = { id, roles, context } as TestOrganization;
  organization.addUser = (options) => addTestUser(harness, organization, options);
  organization.administrator = await organization.addUser({
    role: 'administrator',
    firstName: 'Ada',
    lastName: 'Admin',
  });
  return organization;
}

let users = 0;

async function addTestUser(
  harness: Harness,
  organization: TestOrganization,
  options: { role?: BuiltInRole; signInName?: string; firstName?: string; lastName?: string } = {},
): Promise<TestUser> {
  const { role = 'agent', firstName = 'Test', lastName = `User ${++users}` } = options;
  const signInName = options.signInName ?? `user${++users}@example.com`;
  const id = newId();
  passwordHash ??= hashPassword(password);
  const hash = await passwordHash;
  const session = await organization.context(async (ctx) => {
    await ctx.tx
      .insertInto('users')
      .values({
        organization_id: organization.id,
        id,
        sign_in_name: signInName,
        sign_in_key: signInName.toLowerCase(),
        email: signInName,
        email_key: signInName.toLowerCase(),
        first_name: firstName,
        last_name: lastName,
        status: 'active',
        accepted_at: ctx.now,
      })
      .execute();
    await ctx.tx
      .insertInto('user_credentials')
      .values({ organization_id: organization.id, user_id: id, password_hash: hash })
      .execute();
    await ctx.tx
      .insertInto('role_assignments')
      .values({
        organization_id: organization.id,
        id: newId(),
        user_id: id,
        role_id: organization.roles[role],
      })
      .execute();
    return startSession(ctx, { id, name: `${firstName} ${lastName}` }, { ip: null, userAgent: 'test' });
  });
  const cookie = `rollcall_session=${session.secret}`;
  return {
    id,
    organizationId: organization.id,
    signInName,
    sessionId: session.id,
    cookie,
    request: (method, url, payload, headers = {}) =>
      harness.app.inject({
        method,
        url,
        headers: { cookie, origin: publicUrl, ...headers },
        ...(payload ? { payload } : {}),
      }),
  };
}
