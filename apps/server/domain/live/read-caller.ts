import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { notSignedIn } from '../sessions/authenticate.ts';
import { type Sight, sightOf } from './sight.ts';

/** Who opens a stream, and where the chain of their organization ends now. */
export interface StreamCaller {
  organizationId: string;
  userId: string;
  accessId: string;
  sight: Sight;
  end: number;
}

/** @throws AppError `not_signed_in` unless a person or a key asks */
export async function readCaller(ctx: Context): Promise<StreamCaller> {
  const { actor, organizationId } = ctx;
  if (actor.kind !== 'user' && actor.kind !== 'api_key') throw notSignedIn();
  const accessId = actor.kind === 'user' ? actor.sessionId : actor.keyId;
  const { rows } = await sql<{ seq: number }>`
    select seq from audit_seals where organization_id = ${organizationId}`.execute(ctx.tx);
  return {
    organizationId,
    userId: actor.userId,
    accessId,
    sight: sightOf(actor.grants, [actor.userId, accessId]),
    end: rows[0]?.seq ?? 0,
  };
}
