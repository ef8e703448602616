import { permissionNames } from '@rollcall/contract/permissions';
import pg from 'pg';
import { openDatabase } from '../apps/server/db/open-database.ts';
import { createOrganization } from '../apps/server/domain/organizations/create-organization.ts';
import { createEncryption } from '../apps/server/platform/encryption.ts';
import { newId } from '../apps/server/platform/ids.ts';
import { issueSecret } from '../apps/server/platform/secrets.ts';

export interface Seed {
  organizationId: string;
  key: string;
  keyHash: string;
}

const firstNames = [
  'Ada',
  'Björn',
  'Chinwe',
  'Daniela',
  'Émile',
  'Farah',
  'Grzegorz',
  'Hanna',
  'Ilse',
  'José',
];
const lastNames = [
  'Lindqvist',
  'Okafor',
  'Brandt',
  'Moreau',
  'Kowalska',
  'Haddad',
  'Nguyen',
  'Fernández',
  'Weber',
  'Raman',
];

/** An organization with an administrator, an API key of theirs that may do everything, and `size` agents in ten groups. */
export async function seedOrganization(databaseUrl: string, size: number): Promise<Seed> {
  const organizationId = newId();
  const { secret, hash } = issueSecret('rck', organizationId);
  const db = openDatabase(databaseUrl);
  const roles = await db.ownerTransaction((tx) =>
    createOrganization(
      {
        tx,
        organizationId,
        actor: { kind: 'system', name: 'Benchmark', ip: null },
        now: new Date(),
        requestId: 'bench',
        installation: { publicUrl: 'http://localhost', encryption: createEncryption(['x'.repeat(32)]) },
        enqueue: async () => {},
      },
      { name: `Bench ${size}` },
    ),
  );
  await db.close();
  const client = new pg.Client(databaseUrl);
  await client.connect();
  await client.query(`set rollcall.organization_id = '${organizationId}'`);
  const administrator = newId();
  await client.query(
    `insert into users (organization_id, id, sign_in_name, sign_in_key, first_name, last_name, status, accepted_at)
     values ($1, $2, 'admin@bench.example', 'admin@bench.example', 'Zoe', 'Admin', 'active', now())`,
    [organizationId, administrator],
  );
  await client.query(
    `insert into user_credentials (organization_id, user_id, password_hash) values ($1, $2, 'none')`,
    [organizationId, administrator],
  );
  await client.query(
    `insert into role_assignments (organization_id, id, user_id, role_id) values ($1, gen_random_uuid(), $2, $3)`,
    [organizationId, administrator, roles.administrator],
  );
  await client.query(
    `insert into api_keys (organization_id, id, user_id, name, secret_hash, hint, permissions, expires_at)
     values ($1, gen_random_uuid(), $2, 'bench', $3, 'rck_…', $4, now() + interval '1 day')`,
    [organizationId, administrator, hash, permissionNames],
  );
  await client.query(
    `insert into groups (organization_id, id, name) select $1, gen_random_uuid(), 'Group ' || n from generate_series(1, 10) n`,
    [organizationId],
  );
  await seedAgents(client, organizationId, roles.agent, size);
  await client.query('vacuum (analyze)');
  await client.end();
  return { organizationId, key: secret, keyHash: hash.toString('hex') };
}

async function seedAgents(
  client: pg.Client,
  organizationId: string,
  roleId: string,
  size: number,
): Promise<void> {
  await client.query(
    `insert into users (organization_id, id, sign_in_name, sign_in_key, email, email_key, first_name, last_name, status, department, accepted_at)
     select $1, gen_random_uuid(), name, name, name, name, ($3::text[])[1 + n % 10],
       ($4::text[])[1 + (n / 10) % 10] || '-' || to_hex(n * 7919), 'active', 'Team ' || n % 20, now()
     from (select n, 'agent' || n || '@bench.example' as name from generate_series(1, $2::int) n) s`,
    [organizationId, size, firstNames, lastNames],
  );
  await client.query(
    `insert into role_assignments (organization_id, id, user_id, role_id)
     select organization_id, gen_random_uuid(), id, $2 from users where organization_id = $1 and sign_in_name like 'agent%'`,
    [organizationId, roleId],
  );
  await client.query(
    `insert into group_members (organization_id, group_id, user_id)
     select u.organization_id, g.id, u.id from (select *, row_number() over () n from users where organization_id = $1) u
     join (select *, row_number() over () n from groups where organization_id = $1) g on g.n = 1 + u.n % 10`,
    [organizationId],
  );
}

const copied = [
  'users',
  'roles',
  'role_assignments',
  'groups',
  'group_members',
  'sessions',
  'api_keys',
  'invitations',
  'mails',
];

/** Copies the tables into the floor's schema, with their indexes and without row security, triggers and references. */
export async function copyForFloor(databaseUrl: string): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  await client.query('drop schema if exists floor cascade; create schema floor');
  await client.query(
    'create table floor.jobs (id bigint generated always as identity primary key, data jsonb not null)',
  );
  for (const table of copied) {
    await client.query(`create table floor.${table} (like public.${table} including all)`);
    const { rows } = await client.query<{ columns: string }>(
      `select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
       where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
      [table],
    );
    const { columns } = rows[0]!;
    await client.query(`insert into floor.${table} (${columns}) select ${columns} from public.${table}`);
  }
  await client.query('vacuum (analyze)');
  await client.end();
}
