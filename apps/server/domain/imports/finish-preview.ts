import { brakeShare, type ImportCounts } from '@rollcall/contract/imports';
import { sql } from 'kysely';
import { listActiveAdministrators } from '../access/guard-last-administrator.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import { actingUserId, type Context } from '../context.ts';
import type { StoredImport } from './load-import.ts';

/** What can only be told from the whole file: who is missing in it, who would be the last administrator, the counts. */
export async function finishPreview(ctx: Context, found: StoredImport): Promise<void> {
  if (found.options.missing === 'deactivate') await planMissing(ctx, found);
  await forgetRefusedManagers(ctx, found.id);
  await keepAdministrator(ctx, found.id);
  const counts = await countPlans(ctx, found.id);
  const confirmation = await brake(ctx, counts.deactivate);
  const digest = await digestPlans(ctx, found);
  await sql`
    update imports set state = 'previewed', step = null, next_position = 0, digest = ${digest},
      counts = ${JSON.stringify(counts)}::json, confirmation = ${confirmation && JSON.stringify(confirmation)}::json,
      previewed_at = ${ctx.now}, touched_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and id = ${found.id}`.execute(ctx.tx);
  await appendAuditEvents(ctx, [
    {
      action: 'import.previewed',
      target: { kind: 'import', id: found.id, name: found.fileName },
      after: { ...counts, options: found.options, digest },
    },
  ]);
}

/**
 * Everybody who is in no row. A row that cannot be read may be about anybody: while there is one, nobody counts as
 * missing. Who imports the file never does.
 */
async function planMissing(ctx: Context, found: StoredImport): Promise<void> {
  const org = ctx.organizationId;
  const unreadable = await sql<{ position: number }>`
    select min(position) as position from import_plans
    where organization_id = ${org} and import_id = ${found.id} and kind = 'refused' and user_id is null
      and (sign_in_key is null or errors::text like '%"code":"ambiguous"%')`.execute(ctx.tx);
  const row = unreadable.rows[0]!.position;
  const error = (code: string, message: string, remedy: string) =>
    JSON.stringify([{ code, column: null, value: null, message, remedy }]);
  const unclear =
    row === null
      ? null
      : error(
          'file_incomplete',
          `Row ${row} of the file does not tell who it is about; it may be this agent.`,
          'Correct that row, then look at the preview again.',
        );
  const self = error(
    'own_access',
    'This is you: a file cannot deactivate you.',
    'Ask another administrator to deactivate you.',
  );
  await sql`
    insert into import_plans (organization_id, import_id, position, name, sign_in_name, kind, user_id, changes, errors)
    select ${org}::uuid, ${found.id}::uuid, ${found.rowCount}::integer + row_number() over (order by u.name_key, u.id),
      btrim(u.first_name || ' ' || u.last_name), u.sign_in_name,
      case when ${unclear}::json is null and u.id is distinct from ${actingUserId(ctx.actor)}::uuid then 'deactivate' else 'refused' end,
      u.id, json_build_array(json_build_object('field', 'status', 'before', u.status, 'after', 'inactive')),
      case when u.id = ${actingUserId(ctx.actor)}::uuid then ${self}::json else ${unclear}::json end
    from users u
    where u.organization_id = ${org} and u.withdrawn_at is null and u.status <> 'inactive'
      and not exists (select from import_plans p
        where p.organization_id = ${org} and p.import_id = ${found.id} and p.user_id = u.id)
      and not exists (select from import_plans p
        where p.organization_id = ${org} and p.import_id = ${found.id} and p.sign_in_key = u.sign_in_key)`.execute(
    ctx.tx,
  );
}

/** A manager whose own row is refused will not be there; the agent is added without one and a warning. */
async function forgetRefusedManagers(ctx: Context, importId: string): Promise<void> {
  const warning = (
    row: string,
  ) => sql`json_build_array(json_build_object('code', 'manager_missing', 'field', 'manager',
    'message', 'Row ' || ${sql.raw(row)} || ' with the manager adds nobody. Import the corrected row and this one again.'))`;
  await sql`
    update import_plans p set manager_position = null,
      kind = case when p.kind = 'change' and p.effects is null then 'unchanged' else p.kind end, warnings = ${warning('m.position')}
    from import_plans m
    where p.organization_id = ${ctx.organizationId} and p.import_id = ${importId} and p.manager_position is not null
      and m.organization_id = p.organization_id and m.import_id = p.import_id and m.position = p.manager_position
      and m.kind <> 'create'`.execute(ctx.tx);
}

/** Each portion was tried by itself. Over all of them, too, an administrator who can sign in must remain. */
async function keepAdministrator(ctx: Context, importId: string): Promise<void> {
  const administrators = await listActiveAdministrators(ctx);
  const org = ctx.organizationId;
  const { rows } = await sql<{ leaving: string[] | null; joining: number }>`
    with administrator as (select id::text from roles where organization_id = ${org} and key = 'administrator'),
    changing as (
      select p.user_id, p.kind, exists (select from administrator a
        where a.id in (select json_array_elements_text(p.effects -> 'after' -> 'roleIds'))) as promotes
      from import_plans p
      where p.organization_id = ${org} and p.import_id = ${importId}
        and (p.kind = 'deactivate' or (p.kind = 'change' and p.effects -> 'after' -> 'roleIds' is not null))
    )
    select array_agg(user_id::text) filter (where not promotes) as leaving,
      count(*) filter (where promotes and exists (select from users u
        join user_credentials c on c.organization_id = u.organization_id and c.user_id = u.id
        where u.organization_id = ${org} and u.id = changing.user_id and u.status = 'active')) as joining
    from changing`.execute(ctx.tx);
  const leaving = new Set(rows[0]!.leaving);
  const last = administrators.at(-1);
  if (!last || rows[0]!.joining > 0 || administrators.some((id) => !leaving.has(id))) return;
  const error = {
    code: 'last_administrator',
    column: null,
    value: null,
    message: 'The file would leave the organization without an active administrator.',
    remedy: 'Make another active agent an administrator first, or take out this row.',
  };
  await sql`
    update import_plans set kind = 'refused', errors = ${JSON.stringify([error])}::json
    where organization_id = ${org} and import_id = ${importId} and user_id = ${last} and kind in ('change', 'deactivate')`.execute(
    ctx.tx,
  );
}

async function countPlans(ctx: Context, importId: string): Promise<ImportCounts> {
  const { rows } = await sql<{ kind: keyof ImportCounts; count: number }>`
    select kind, count(*) from import_plans
    where organization_id = ${ctx.organizationId} and import_id = ${importId} group by kind`.execute(ctx.tx);
  const none: ImportCounts = { create: 0, change: 0, unchanged: 0, deactivate: 0, refused: 0 };
  return { ...none, ...Object.fromEntries(rows.map(({ kind, count }) => [kind, count])) };
}

/** By share and without a lowest number: in an organization of five, one is a fifth. */
async function brake(ctx: Context, deactivations: number) {
  const { rows } = await sql<{ count: number }>`
    select count(*) from users
    where organization_id = ${ctx.organizationId} and withdrawn_at is null and status <> 'inactive'`.execute(
    ctx.tx,
  );
  const of = rows[0]!.count;
  return deactivations * brakeShare > of ? { deactivations, of } : null;
}

/**
 * Stands for all that the preview shows and what it was made with; the same for the same file uploaded again, so that
 * the command line can preview in one run and apply in the next.
 */
async function digestPlans(ctx: Context, found: StoredImport): Promise<string> {
  const { rows } = await sql<{ digest: string }>`
    select encode(sha256(convert_to(${JSON.stringify([found.options, found.mapping])} ||
      string_agg(md5(concat_ws(' ', position, kind, user_id, manager_position, effects, errors)), '' order by position), 'UTF8')), 'hex') as digest
    from import_plans where organization_id = ${ctx.organizationId} and import_id = ${found.id}`.execute(
    ctx.tx,
  );
  return rows[0]!.digest;
}
