import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a secret is for; the prefix lets a scanner recognise one that leaked. */
export type SecretPrefix = 'rcs' | 'rck' | 'rci' | 'rcl' | 'rcw';

export interface IssuedSecret {
  /** Shown once: `prefix_` + organization id + 192 random bits, base62-free base64url. */
  secret: string;
  /** SHA-256 of the secret: enough, because 192 random bits cannot be searched. */
  hash: Buffer;
}

/** Issues a secret that names its organization, so that looking it up touches one tenant. */
export function issueSecret(prefix: SecretPrefix, organizationId: string): IssuedSecret {
  const tenant = Buffer.from(organizationId.replaceAll('-', ''), 'hex').toString('base64url');
  const secret = `${prefix}_${tenant}${randomBytes(24).toString('base64url')}`;
  return { secret, hash: hashSecret(secret) };
}

export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** The organization that a well-formed secret of this kind names, with its hash; null for anything else. */
export function readSecret(
  prefix: SecretPrefix,
  secret: string,
): { organizationId: string; hash: Buffer } | null {
  if (secret.length !== prefix.length + 55 || !secret.startsWith(`${prefix}_`)) return null;
  const hex = Buffer.from(secret.slice(prefix.length + 1, prefix.length + 23), 'base64url').toString('hex');
  const organizationId = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return uuidPattern.test(organizationId) ? { organizationId, hash: hashSecret(secret) } : null;
}

/** Compares two secrets in constant time, whatever their lengths. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(hashSecret(a), hashSecret(b));
}
