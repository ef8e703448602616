import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import type { Context } from '../context.ts';

export interface Claim {
  id: string;
  signInKey: string;
  signInName: string;
  extension: string | null | undefined;
}

/** Why each of these could not be written: who has the sign-in name or the extension. Nothing: nobody any more. */
export async function explainClashes(
  ctx: Context,
  claims: readonly Claim[],
): Promise<Map<string, AppError | null>> {
  const { rows } = await sql<{ id: string; same_name: boolean; extension_holder: string | null }>`
    select c.id, n.id is not null as same_name, btrim(e.first_name || ' ' || e.last_name) as extension_holder
    from json_to_recordset(${JSON.stringify(claims)}::json) as c(id uuid, "signInKey" text, extension text)
    left join users n on n.organization_id = ${ctx.organizationId} and n.withdrawn_at is null and n.sign_in_key = c."signInKey" and n.id <> c.id
    left join users e on e.organization_id = ${ctx.organizationId} and e.withdrawn_at is null and e.extension = c.extension and e.id <> c.id`.execute(
    ctx.tx,
  );
  const claimOf = new Map(claims.map((claim) => [claim.id, claim]));
  return new Map(
    rows.map((row) => {
      const claim = claimOf.get(row.id)!;
      if (row.same_name) return [row.id, duplicateSignInName(claim.signInName)];
      return [
        row.id,
        row.extension_holder === null ? null : extensionTaken(claim.extension!, row.extension_holder),
      ];
    }),
  );
}

function duplicateSignInName(name: string): AppError {
  const message = `The sign-in name “${name}” is taken; upper and lower case make no difference.`;
  const remedy = 'Choose another, or change the agent who has it.';
  return new AppError('duplicate_sign_in_name', {
    detail: `${message} ${remedy}`,
    fields: [{ field: 'signInName', message, remedy }],
  });
}

function extensionTaken(extension: string, holder: string): AppError {
  const message = `The extension ${extension} is taken by ${holder}.`;
  const remedy = 'Choose another or leave it empty.';
  return new AppError('extension_taken', {
    detail: `${message} ${remedy}`,
    fields: [{ field: 'extension', message, remedy }],
  });
}

/** The refusal behind a unique violation of `users`: somebody took the name or extension since it was looked at. */
export function clashOf(error: unknown, claims: readonly Claim[]): AppError | null {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code !== '23505') return null;
  if (constraint === 'users_sign_in_key')
    return duplicateSignInName(claims.map((claim) => claim.signInName).join(', '));
  if (constraint === 'users_extension')
    return extensionTaken(claims.map((claim) => claim.extension).join(', '), 'somebody else');
  return null;
}
