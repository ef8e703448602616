import type { UpdateImportInput } from '@rollcall/contract/imports';
import { sql } from 'kysely';
import { invalidField } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { resolveReferences } from '../users/resolve-references.ts';
import { loadImport, requireState } from './load-import.ts';

/** Changes how the file is read and what is done with it. A preview made before does not count any more. */
export async function updateImport(ctx: Context, id: string, input: UpdateImportInput): Promise<void> {
  requirePermission(ctx, 'users:create');
  const found = await loadImport(ctx, id, true);
  requireState(found, 'uploaded', 'previewed');
  const unknown = Object.keys(input.mapping ?? {}).find(
    (index) => !(Number(index) in found.recognition.headers),
  );
  if (unknown !== undefined) {
    throw invalidField(
      `mapping.${unknown}`,
      `The file has no column ${unknown}.`,
      'Count the columns from 0.',
    );
  }
  const role = input.options?.defaultRole;
  if (role !== undefined && !(await resolveReferences(ctx, { roles: [role] })).role(role)) {
    throw invalidField(
      'options.defaultRole',
      'There is no such role in this organization.',
      'Choose one of its roles.',
    );
  }
  await sql`
    update imports set state = 'uploaded', digest = null, counts = null, confirmation = null,
      mapping = ${JSON.stringify({ ...found.mapping, ...input.mapping })}::json,
      options = ${JSON.stringify({ ...found.options, ...input.options })}::json
    where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
}
