import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';
import type { Encryption } from '../../platform/encryption.ts';

const purposeFor = (organizationId: string) => `audit chain of ${organizationId}`;

/**
 * The key of an organization's chain, made at its first use. It lies wrapped beside the chain, so that the secret of
 * the installation can be rotated without sealing anything anew. `tx` is the owner's.
 */
export async function readChainKey(tx: Tx, encryption: Encryption, organizationId: string): Promise<Buffer> {
  const purpose = purposeFor(organizationId);
  const found = await findWrapped(tx, organizationId);
  if (found) return encryption.open(found, purpose);
  const wrapped = encryption.seal(randomBytes(32), purpose);
  await sql`
    insert into organization_keys (organization_id, purpose, wrapped) values (${organizationId}, 'audit', ${wrapped})
    on conflict (organization_id, purpose) do nothing`.execute(tx);
  return encryption.open((await findWrapped(tx, organizationId))!, purpose);
}

/** Wraps anew, under the present secret, each key that lies under one before it, which can be forgotten then. */
export async function rewrapChainKeys(tx: Tx, encryption: Encryption): Promise<void> {
  const { rows } = await sql<{ organization_id: string; wrapped: Buffer }>`
    select organization_id, wrapped from organization_keys where purpose = 'audit' order by organization_id for update`.execute(
    tx,
  );
  for (const { organization_id: id, wrapped } of rows) {
    if (encryption.isCurrent(wrapped, purposeFor(id))) continue;
    const again = encryption.seal(encryption.open(wrapped, purposeFor(id)), purposeFor(id));
    await sql`update organization_keys set wrapped = ${again} where organization_id = ${id} and purpose = 'audit'`.execute(
      tx,
    );
  }
}

async function findWrapped(tx: Tx, organizationId: string): Promise<Buffer | undefined> {
  const { rows } = await sql<{ wrapped: Buffer }>`
    select wrapped from organization_keys where organization_id = ${organizationId} and purpose = 'audit'`.execute(
    tx,
  );
  return rows[0]?.wrapped;
}
