import { createPrivateKey, type KeyObject } from 'node:crypto';

/** With what we sign. */
export interface DkimKey {
  domain: string;
  selector: string;
  /** An RSA key in PEM. Ed25519 (RFC 8463) is not signed with here, and few receivers check it. */
  privateKey: string;
}

/** Reads the private key; undefined if it is anything but an RSA key in PEM. */
export function readDkimKey(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    return undefined;
  }
}
