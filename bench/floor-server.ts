// The floor: the same work on the same rows by a bare HTTP handler and the bare driver, in a transaction where
// Rollcall has one, without schema, row-level security, audit or history. Tables are copies without triggers.
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';

const organizationId = process.env.FLOOR_ORGANIZATION!;
const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
  options: '-c search_path=floor,public',
});
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

const row = `u.id, u.version, u.first_name as "firstName", u.last_name as "lastName", u.email, u.sign_in_name as "signInName",
  u.status, u.extension, u.department, u.title, u.site, u.cost_center as "costCenter", u.availability,
  u.start_date as "startDate", u.last_day as "lastDay", u.created_at as "createdAt",
  (select i.state from invitations i where i.organization_id = u.organization_id and i.user_id = u.id order by i.id desc limit 1) as "invitationState",
  (select max(s.last_seen_at) from sessions s where s.organization_id = u.organization_id and s.user_id = u.id) as "lastSeenAt",
  (select json_agg(json_build_object('id', r.id, 'name', r.name)) from role_assignments a join roles r on r.organization_id = a.organization_id and r.id = a.role_id
    where a.organization_id = u.organization_id and a.user_id = u.id) as roles,
  (select json_agg(json_build_object('id', g.id, 'name', g.name)) from group_members m join groups g on g.organization_id = m.organization_id and g.id = m.group_id
    where m.organization_id = u.organization_id and m.user_id = u.id) as groups`;

const statements = {
  key: `select k.id, k.user_id from api_keys k join users u on u.organization_id = k.organization_id and u.id = k.user_id
    where k.organization_id = $1 and k.secret_hash = $2 and k.ended_at is null and u.status = 'active'`,
  get: `select u.*, ${row} from users u where u.organization_id = $1 and u.id = $2`,
  list: `select ${row} from users u where u.organization_id = $1 and withdrawn_at is null order by u.name_key, u.id limit 50`,
  deep: `select ${row} from users u where u.organization_id = $1 and withdrawn_at is null and (u.name_key, u.id) > ($2, $3) order by u.name_key, u.id limit 50`,
  search: `select ${row} from users u where u.organization_id = $1 and withdrawn_at is null and u.search_text like $2 order by u.name_key, u.id limit 50`,
  insertUser: `insert into users (organization_id, id, sign_in_name, sign_in_key, email, email_key, first_name, last_name, status)
    values ($1, $2, $3, $3, $3, $3, $4, $5, 'invited')`,
  insertRole: `insert into role_assignments (organization_id, id, user_id, role_id) values ($1, $2, $3, $4)`,
  insertInvitation: `insert into invitations (organization_id, id, user_id, email, delivery, state, link_hash, expires_at)
    values ($1, $2, $3, $4, 'mail', 'queued', $5, now() + interval '7 days')`,
  insertMail: `insert into mails (organization_id, id, template, recipient, language, content, user_id, invitation_id)
    values ($1, $2, 'invitation', $3, 'en', $4, $5, $6)`,
  insertJob: `insert into jobs (data) values ($1)`,
  deactivate: `update users set status = 'inactive', deactivated_at = now(), version = version + 1 where organization_id = $1 and id = $2`,
  endSessions: `update sessions set ended_at = now(), end_reason = 'deactivated' where organization_id = $1 and user_id = $2 and ended_at is null`,
  endKeys: `update api_keys set ended_at = now(), end_reason = 'deactivated' where organization_id = $1 and user_id = $2 and ended_at is null`,
} as const;

type Client = pg.PoolClient;
const run = (client: Client, name: keyof typeof statements, values: unknown[]) =>
  client.query({ name, text: statements[name], values });

const { rows: roles } = await pool.query(
  `select id from roles where organization_id = $1 and key = 'agent'`,
  [organizationId],
);
const agentRole = roles[0].id;

async function create(client: Client, body: { email: string; firstName: string; lastName: string }) {
  const id = randomUUID();
  await run(client, 'insertUser', [organizationId, id, body.email, body.firstName, body.lastName]);
  await run(client, 'insertRole', [organizationId, randomUUID(), id, agentRole]);
  const invitation = randomUUID();
  const token = createHash('sha256').update(invitation).digest();
  await run(client, 'insertInvitation', [organizationId, invitation, id, body.email, token]);
  await run(client, 'insertMail', [organizationId, randomUUID(), body.email, token, id, invitation]);
  await run(client, 'insertJob', [JSON.stringify({ organizationId })]);
  return { id };
}

async function answer(url: URL, body: never): Promise<unknown> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const hash = Buffer.from(process.env.FLOOR_KEY_HASH!, 'hex');
    await run(client, 'key', [organizationId, hash]);
    const result = await work(client, url, body);
    await client.query('commit');
    return result;
  } finally {
    client.release();
  }
}

async function work(client: Client, url: URL, body: never): Promise<unknown> {
  const parts = url.pathname.split('/');
  const query = url.searchParams;
  if (parts[2] === 'create') return create(client, body);
  if (parts[2] === 'deactivate') {
    await run(client, 'deactivate', [organizationId, parts[3]]);
    await run(client, 'endSessions', [organizationId, parts[3]]);
    await run(client, 'endKeys', [organizationId, parts[3]]);
    return { id: parts[3] };
  }
  if (parts[2] === 'get') return (await run(client, 'get', [organizationId, parts[3]])).rows[0];
  if (query.has('search'))
    return { items: (await run(client, 'search', [organizationId, `%${query.get('search')}%`])).rows };
  if (query.has('name'))
    return { items: (await run(client, 'deep', [organizationId, query.get('name'), query.get('id')])).rows };
  return { items: (await run(client, 'list', [organizationId])).rows };
}

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    try {
      const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
      const text = JSON.stringify(await answer(new URL(request.url!, 'http://floor'), body as never));
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
        .end(text);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
}).listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('ready\n'));
