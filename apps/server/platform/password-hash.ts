import { type Algorithm, hash, verify } from '@node-rs/argon2';

// OWASP's first recommendation for argon2id: 19 MiB, 2 passes, 1 lane (some 65 ms on one core).
const parameters = {
  algorithm: 2 satisfies Algorithm.Argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};
const currentPrefix = '$argon2id$v=19$m=19456,t=2,p=1$';

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), parameters);
}

let decoy: Promise<string> | undefined;

/**
 * Checks a password. Without a stored hash the same work is done against a decoy, so that the time tells nothing.
 * @returns whether it fits, and whether the hash should be made anew with today's parameters
 */
export async function verifyPassword(
  stored: string | null,
  password: string,
): Promise<{ fits: boolean; outdated: boolean }> {
  decoy ??= hashPassword('a password that nobody has');
  const fits = await verify(stored ?? (await decoy), password.normalize('NFKC'));
  return { fits: fits && stored !== null, outdated: stored !== null && !stored.startsWith(currentPrefix) };
}
