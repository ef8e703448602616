import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';
import type { Encryption } from '../../platform/encryption.ts';

const purposeFor = (webhookId: string) => `signing secret of webhook ${webhookId}`;

export function sealSecret(encryption: Encryption, webhookId: string, secret: string): Buffer {
  return encryption.seal(secret, purposeFor(webhookId));
}

export function openSecret(encryption: Encryption, webhookId: string, sealed: Buffer | null): string | null {
  return sealed && encryption.open(sealed, purposeFor(webhookId)).toString();
}

/** Seals anew, under the present secret of the installation, what lies under one before it. `tx` is the owner's. */
export async function resealSecrets(tx: Tx, encryption: Encryption): Promise<void> {
  const { rows } = await sql<{ organization_id: string; id: string; secret_sealed: Buffer }>`
    select organization_id, id, secret_sealed from webhooks where secret_sealed is not null
    order by organization_id, id for update`.execute(tx);
  for (const { organization_id: organizationId, id, secret_sealed: sealed } of rows) {
    if (encryption.isCurrent(sealed, purposeFor(id))) continue;
    const again = encryption.seal(encryption.open(sealed, purposeFor(id)), purposeFor(id));
    await sql`update webhooks set secret_sealed = ${again} where organization_id = ${organizationId} and id = ${id}`.execute(
      tx,
    );
  }
}
