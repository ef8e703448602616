import { createHmac } from 'node:crypto';
import type { AuditCheckpoint } from '@rollcall/contract/audit';
import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';
import type { Encryption } from '../../platform/encryption.ts';
import { AppError } from '../../platform/errors.ts';
import { sameSecret } from '../../platform/secrets.ts';
import { beginningOfChain } from './chain-hash.ts';
import { readChainKey } from './chain-key.ts';

/** Signs where an organization's chain stands now. `tx` is the owner's, because the key is. */
export async function makeCheckpoint(
  tx: Tx,
  encryption: Encryption,
  organizationId: string,
  now: Date,
): Promise<AuditCheckpoint> {
  const { rows } = await sql<{ seq: number; hash: Buffer }>`
    select seq, hash from audit_seals where organization_id = ${organizationId}`.execute(tx);
  const { seq, hash } = rows[0] ?? { seq: 0, hash: beginningOfChain };
  const unsigned = { organizationId, seq, hash: hash.toString('hex'), at: now.toISOString() };
  const key = await readChainKey(tx, encryption, organizationId);
  return { ...unsigned, signature: sign(key, unsigned) };
}

/** Keeps one checkpoint of every organization whose chain has grown since its last. `tx` is the owner's. */
export async function writeCheckpoints(tx: Tx, encryption: Encryption, now: Date): Promise<void> {
  const { rows } = await sql<{ organization_id: string }>`
    select s.organization_id from audit_seals s where not exists (
      select 1 from audit_checkpoints c where c.organization_id = s.organization_id and c.seq = s.seq)`.execute(
    tx,
  );
  for (const { organization_id: id } of rows) {
    const { seq, hash, signature } = await makeCheckpoint(tx, encryption, id, now);
    await sql`
      insert into audit_checkpoints (organization_id, seq, hash, at, signature)
      values (${id}, ${seq}, ${Buffer.from(hash, 'hex')}, ${now}, ${Buffer.from(signature, 'hex')})
      on conflict (organization_id, seq) do nothing`.execute(tx);
  }
}

/** The checkpoints that lie in the database, in their order; each is checked before it is believed. */
export async function readCheckpoints(tx: Tx, organizationId: string): Promise<AuditCheckpoint[]> {
  const { rows } = await sql<{ seq: number; hash: Buffer; at: Date; signature: Buffer }>`
    select seq, hash, at, signature from audit_checkpoints where organization_id = ${organizationId}
    order by seq`.execute(tx);
  return rows.map(({ seq, hash, at, signature }) => ({
    organizationId,
    seq,
    hash: hash.toString('hex'),
    at: at.toISOString(),
    signature: signature.toString('hex'),
  }));
}

/** @throws AppError `invalid_input` unless it is, unchanged, a checkpoint of this organization */
export function requireOwnCheckpoint(key: Buffer, organizationId: string, checkpoint: AuditCheckpoint): void {
  if (checkpoint.organizationId === organizationId && sameSecret(sign(key, checkpoint), checkpoint.signature))
    return;
  throw new AppError('invalid_input', {
    detail:
      'The checkpoint is not one that this organization signed, or it has been changed. Use the file as it was downloaded.',
    fields: [{ field: 'checkpoint', message: 'Not signed by this organization’s chain.' }],
  });
}

function sign(key: Buffer, { organizationId, seq, hash, at }: Omit<AuditCheckpoint, 'signature'>): string {
  return createHmac('sha256', key)
    .update(JSON.stringify(['checkpoint', organizationId, seq, hash, new Date(at).toISOString()]))
    .digest('hex');
}
