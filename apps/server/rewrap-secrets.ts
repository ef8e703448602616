import type { Tx } from './db/open-database.ts';
import { rewrapChainKeys } from './domain/audit/chain-key.ts';
import { rewrapMails } from './domain/mails/rewrap-mails.ts';
import { resealSecrets } from './domain/webhooks/signing-secrets.ts';
import type { Encryption } from './platform/encryption.ts';

/**
 * Seals everything under the present secret, so that those before it can be forgotten. In the owner's transaction,
 * once no server runs any more that knows the former secret alone.
 */
export async function rewrapSecrets(tx: Tx, encryption: Encryption): Promise<void> {
  await rewrapChainKeys(tx, encryption);
  await rewrapMails(tx, encryption);
  await resealSecrets(tx, encryption);
}
