import { sql } from 'kysely';
import type { Deps } from '../../edge/deps.ts';
import { type BounceMailbox, watchBounceMailbox } from '../../platform/mail/bounce-mailbox.ts';
import { readMessageId } from '../../platform/mail/message-id.ts';
import { bounceSizeLimit, readBounce } from '../../platform/mail/read-bounce.ts';
import { noteBounce } from '../invitations/note-bounce.ts';
import { asRollcall } from './deliver-mails.workers.ts';

/** Reads the mailbox that bounces come to, from now on. */
export function readBounces(deps: Deps, url: string, onProblem: (problem: Error) => void): BounceMailbox {
  return watchBounceMailbox({
    url,
    maxBytes: bounceSizeLimit,
    onMessage: (raw) => receiveBounce(deps, raw),
    onProblem: (problem) => onProblem(problem instanceof Error ? problem : new Error(String(problem))),
  });
}

/** Whatever is in the mailbox: what is no report on a mail of ours changes nothing. Bears repetition. */
export async function receiveBounce(deps: Deps, raw: Buffer): Promise<void> {
  const bounce = await readBounce(raw);
  if (bounce.kind === 'not_a_report') return;
  const organizationId = await findOrganization(deps, bounce.messageId);
  if (organizationId) await asRollcall(deps, organizationId, (ctx) => noteBounce(ctx, bounce));
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Our Message-IDs name their organization; for those that a mail server gave there is a directory. */
async function findOrganization(deps: Deps, messageId: string): Promise<string | null> {
  const shard = readMessageId(messageId)?.shard;
  if (shard && uuid.test(shard)) return shard;
  return deps.db.transaction({ organizationId: null, now: deps.clock() }, async (tx) => {
    const { rows } = await sql<{ organization: string | null }>`
      select find_server_message_id(${messageId}) as organization`.execute(tx);
    return rows[0]!.organization;
  });
}
