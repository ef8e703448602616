import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';
import type { Encryption } from '../../platform/encryption.ts';
import { mailPurpose } from './seal-mail-content.ts';

/** Seals the mails that still wait under the present secret. `tx` is the owner's. */
export async function rewrapMails(tx: Tx, encryption: Encryption): Promise<void> {
  const { rows } = await sql<{ organization_id: string; id: string; content: Buffer }>`
    select organization_id, id, content from mails where content is not null for update`.execute(tx);
  const again = rows.flatMap(({ organization_id, id, content }) => {
    try {
      return [
        {
          organization_id,
          id,
          content: encryption.seal(encryption.open(content, mailPurpose(id)), mailPurpose(id)),
        },
      ];
    } catch {
      // Of a secret that was lost before: it could not be read until now either.
      return [];
    }
  });
  await sql`
    update mails m set content = g.content
    from unnest(${again.map((row) => row.organization_id)}::uuid[], ${again.map((row) => row.id)}::uuid[],
      ${again.map((row) => row.content)}::bytea[]) as g(organization_id, id, content)
    where m.organization_id = g.organization_id and m.id = g.id`.execute(tx);
}
