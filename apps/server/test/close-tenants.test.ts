import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { furnish } from './furnish-organization.ts';
import { type TestOrganization, useHarness } from './harness.ts';
import { sealEverything } from './seal-everything.ts';

const harness = useHarness();
let one: TestOrganization;
let other: TestOrganization;
let client: pg.Client;

/** Belongs to no tenant, or is read before one is known. The application has no right to them: it asks functions. */
const untenanted = [
  'attempt_counters',
  'request_windows',
  'schema_migrations',
  'server_message_ids',
  'set_up_links',
  'sign_in_directory',
];
/** What the owner does for the application, past row-level security. Each looks at who asks, or tells nothing of a tenant. */
const ownersFunctions = [
  'count_attempts',
  'find_halted_imports',
  'find_halted_operations',
  'find_server_message_id',
  'find_sign_ins',
  'is_set_up',
  'lease_requests',
  'note_server_message_id',
  'read_attempts',
  'refresh_import_statistics',
  'search_users',
  'settle_attempts',
];
/** Written once, by whom it concerns or by the schema's owner. */
const unchangeable = [
  'audit_chain',
  'audit_checkpoints',
  'audit_details',
  'audit_events',
  'audit_seals',
  'group_member_history',
  'off_boarding_verifications',
  'off_boardings',
  'reactivations',
  'role_assignment_history',
  'user_history',
];

beforeAll(async () => {
  one = await harness.createOrganization('One');
  other = await harness.createOrganization('Other');
  for (const organization of [one, other]) {
    await furnish(harness, organization);
    await sealEverything(harness, organization.id);
  }
  client = await harness.deps.db.connect();
});
afterAll(() => client.end());

async function names(query: string): Promise<string[]> {
  return (await harness.deps.db.pool.query(query)).rows.map((row) => row.name);
}

const tables = `select relname as name, c.* from pg_class c
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`;
const tenantTables = () => names(`select name from (${tables}) t where relrowsecurity order by 1`);

/** Runs a statement as the application does, in the named organization or in none. */
async function asApplication(statement: string, organizationId = ''): Promise<pg.QueryResult> {
  await client.query(
    `begin; set local role rollcall_app; set local rollcall.organization_id = '${organizationId}'`,
  );
  try {
    return await client.query(statement);
  } finally {
    await client.query('rollback');
  }
}

const refusal = (statement: string, organizationId?: string) =>
  asApplication(statement, organizationId).then(
    ({ rowCount }) => rowCount,
    (error: pg.DatabaseError) => error.code,
  );

describe('by the catalog', () => {
  test('every table is closed by row-level security, or the application has no right to it', async () => {
    expect(await names(`select name from (${tables}) t where not relrowsecurity order by 1`)).toEqual(
      untenanted,
    );
    expect(
      await names(`select name from (${tables}) t where not relrowsecurity
        and has_any_column_privilege('rollcall_app', oid, 'select, insert, update, references')`),
    ).toEqual([]);
    const policies = await harness.deps.db.pool.query(
      `select tablename, permissive, cmd, qual from pg_policies where schemaname = 'public'`,
    );
    for (const { tablename, ...policy } of policies.rows) {
      const key = tablename === 'organizations' ? 'id' : 'organization_id';
      expect(policy, tablename).toEqual({
        permissive: 'PERMISSIVE',
        cmd: 'ALL',
        qual: `(${key} = current_organization())`,
      });
    }
    expect(new Set(policies.rows.map((row) => row.tablename)).size).toBe(policies.rows.length);
  });

  test('every key of a tenant leads with its organization', async () => {
    const leading = await names(`
      select t.name || '.' || a.attname as name from (${tables}) t
      join pg_index i on i.indrelid = t.oid and i.indisprimary
      join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
      where relrowsecurity and attname <> 'organization_id' order by 1`);
    expect(leading).toEqual(['organizations.id']);
    const without = await names(`
      select name from (${tables}) t where relrowsecurity
      and not exists (select 1 from pg_index i where i.indrelid = t.oid and i.indisprimary)`);
    expect(without).toEqual([]);
  });

  test('the application’s role owns nothing, is nobody else, and can bypass nothing', async () => {
    const { rows } = await harness.deps.db.pool.query(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin from pg_roles where rolname = 'rollcall_app'`,
    );
    expect(Object.values(rows[0])).toEqual([false, false, false, false, false, false]);
    const role = `(select oid from pg_roles where rolname = 'rollcall_app')`;
    expect(
      await names(`
        select relname as name from pg_class where relowner = ${role}
        union all select proname from pg_proc where proowner = ${role}
        union all select nspname from pg_namespace where nspowner = ${role}
        union all select roleid::regrole::text from pg_auth_members where member = ${role}
        union all select nspname from pg_namespace where has_schema_privilege('rollcall_app', oid, 'create')
          and nspname not like 'pg_temp%'`),
    ).toEqual([]);
  });

  test('the owner’s functions that it may call are few, and none looks a name up among temporary tables first', async () => {
    const definers = `select proname as name, proconfig from pg_proc
      where pronamespace = 'public'::regnamespace and prosecdef`;
    expect(
      await names(`${definers} and has_function_privilege('rollcall_app', oid, 'execute') order by 1`),
    ).toEqual(ownersFunctions);
    expect(
      await names(
        `select name from (${definers}) d where not 'search_path=public, pg_temp' = any (coalesce(proconfig, '{}'))`,
      ),
    ).toEqual([]);
  });
});

describe('by trying', () => {
  test('an organization sees no row of another, and none sees none', async () => {
    const readable = await names(`
      select name from (${tables}) t where has_table_privilege('rollcall_app', oid, 'select') order by 1`);
    expect(readable.length).toBeGreaterThan(30);
    for (const table of readable) {
      const key = table === 'organizations' ? 'id' : 'organization_id';
      const { rows } = await asApplication(`select distinct ${key} as id from ${table}`, one.id);
      expect([[], [{ id: one.id }]], table).toContainEqual(rows);
      expect(await refusal(`select 1 from ${table}`), table).toBe(0);
    }
    const filled = await asApplication('select 1 from users', one.id);
    expect(filled.rowCount).toBeGreaterThan(3);
  });

  test('it changes and removes no row of another, and moves none there', async () => {
    for (const table of await tenantTables()) {
      const key = table === 'organizations' ? 'id' : 'organization_id';
      const there = `${key} = '${other.id}'`;
      expect([0, '42501'], table).toContain(
        await refusal(`update ${table} set ${key} = ${key} where ${there}`, one.id),
      );
      expect([0, '42501'], table).toContain(await refusal(`delete from ${table} where ${there}`, one.id));
      expect([0, '42501'], table).toContain(await refusal(`update ${table} set ${there}`, one.id));
    }
  });

  test('it puts none into another', async () => {
    for (const table of await tenantTables()) {
      const { rows } = await harness.deps.db.pool.query(`
        select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
        where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`);
      const { columns } = rows[0];
      const copied = columns.replace(/\b(organization_id|id)\b/, `'${other.id}'::uuid`);
      // A row of one's own, only of another organization: row security is asked before any constraint.
      expect([0, '42501'], table).toContain(
        await refusal(`insert into ${table} (${columns}) select ${copied} from ${table}`, one.id),
      );
    }
  });

  test.each(unchangeable)('%s takes no change, no removal and no emptying', async (table) => {
    for (const statement of [
      `update ${table} set organization_id = organization_id`,
      `delete from ${table}`,
      `truncate ${table}`,
      `truncate ${table} cascade`,
    ])
      expect(await refusal(statement, one.id), statement).toBe('42501');
    const changeable = await names(`
      select privilege_type as name from information_schema.role_column_grants
      where grantee = 'rollcall_app' and table_name = '${table}' and privilege_type = 'UPDATE'`);
    expect(changeable).toEqual([]);
  });

  test.each([
    'user_history',
    'role_assignment_history',
    'group_member_history',
    'audit_chain',
    'audit_seals',
  ])('%s is written by the database alone', async (table) => {
    expect(await refusal(`insert into ${table} default values`, one.id)).toBe('42501');
  });

  test('history cannot be written by way of a trigger of one’s own', async () => {
    const planted = `create temporary table planted (like user_history);
      create trigger planted after insert on planted referencing new table as new_rows
        for each statement execute function keep_user_history()`;
    expect(await refusal(planted, one.id)).toBe('42501');
  });

  test('the jobs of others are not to be read', async () => {
    expect(await refusal('select data from pgboss.job', one.id)).toBe('42501');
    expect(await refusal('delete from pgboss.job', one.id)).toBe('42501');
  });
});
