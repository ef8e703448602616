import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts what must be read again (mail that waits, chain keys), under the installation's secret. */
export interface Encryption {
  /** AES-256-GCM; `purpose` is bound to the result, so that one cannot stand in for another. */
  seal(plain: string | Uint8Array, purpose: string): Buffer;
  /** Opens with the present secret or one before it; throws where none fits. */
  open(sealed: Buffer, purpose: string): Buffer;
  /** Whether the present secret opens it: false for what must be sealed again before an older one is forgotten. */
  isCurrent(sealed: Buffer, purpose: string): boolean;
  /** A key of 32 bytes for one purpose, derived from the present secret (HKDF, RFC 5869). */
  derive(purpose: string): Buffer;
}

/** `secrets`: the present one first, then those that it replaced. */
export function createEncryption(secrets: readonly string[]): Encryption {
  const keys = secrets.map((secret) => derive(secret, 'encryption'));
  return {
    seal(plain, purpose) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keys[0]!, iv).setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]);
    },
    open(sealed, purpose) {
      for (const key of keys) {
        const plain = openWith(key, sealed, purpose);
        if (plain) return plain;
      }
      throw new Error(`Cannot decrypt (${purpose}): ROLLCALL_SECRET is not the one it was encrypted under`);
    },
    isCurrent: (sealed, purpose) => openWith(keys[0]!, sealed, purpose) !== undefined,
    derive: (purpose) => derive(secrets[0]!, purpose),
  };
}

function openWith(key: Buffer, sealed: Buffer, purpose: string): Buffer | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
      .setAAD(Buffer.from(purpose))
      .setAuthTag(sealed.subarray(12, 28));
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
  } catch {
    return undefined;
  }
}

function derive(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'rollcall', purpose, 32));
}
