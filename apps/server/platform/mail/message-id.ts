import { randomBytes } from 'node:crypto';

/** What a Message-ID of ours says, read back from a bounce. */
export interface MessageIdParts {
  random: string;
  /** The tenant's key, so that looking the mail up touches one shard. */
  shard: string;
  domain: string;
}

const ours = /^<([a-z0-9]{26})\.([A-Za-z0-9-]{1,64})@([A-Za-z0-9.-]{1,253})>$/;

/**
 * Makes a Message-ID (RFC 5322 §3.6.4) of the form `<random.shard@domain>`.
 *
 * The random part has 130 bits: whoever names it in a bounce has seen the mail. Make it once, store it with
 * the mail and send every retry with the same one, so that a receiver can recognise the copy.
 *
 * @param shard letters, digits and hyphens, at most 64: the key of the tenant the mail belongs to
 * @param domain the domain of the sender's address
 * @throws TypeError if shard or domain hold anything else
 */
export function createMessageId({ shard, domain }: { shard: string; domain: string }): string {
  const random = Array.from(randomBytes(26), (byte) => alphabet[byte & 31]).join('');
  const id = `<${random}.${shard}@${domain}>`;
  if (!ours.test(id))
    throw new TypeError(`cannot make a Message-ID of shard "${shard}" and domain "${domain}"`);
  return id;
}

/** Reads a Message-ID made by {@link createMessageId}; undefined for anybody else's. */
export function readMessageId(id: string): MessageIdParts | undefined {
  const [, random, shard, domain] = ours.exec(id) ?? [];
  return random && shard && domain ? { random, shard, domain } : undefined;
}

// 32 characters without i, l, o and u, which people misread in a log.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
