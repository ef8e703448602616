import { createPublicKey, type KeyObject } from 'node:crypto';
import { type DkimKey, readDkimKey } from './dkim-key.ts';
import type { DnsLookup } from './dns-lookup.ts';
import { readTags } from './read-tags.ts';
import type { SenderFinding } from './sender-finding.ts';

/** Judges the DKIM key record (RFC 6376 §3.6) against the private key that we sign with. */
export async function checkDkim(dns: DnsLookup, key: DkimKey | undefined): Promise<SenderFinding> {
  const finding = (
    state: SenderFinding['state'],
    explanation: string,
    recordToAdd?: SenderFinding['recordToAdd'],
  ): SenderFinding => ({ check: 'dkim', state, explanation, ...(recordToAdd && { recordToAdd }) });

  if (!key) {
    return finding(
      'unknown',
      'Rollcall does not sign mail itself. If your mail server signs it, nothing is wrong; if not, set a DKIM key.',
    );
  }
  const ours = publicHalf(key.privateKey);
  if (!ours) return finding('wrong', 'The configured DKIM key is not an RSA private key in PEM format.');
  const name = `${key.selector}._domainkey.${key.domain}`;
  const recordToAdd = {
    type: 'TXT' as const,
    name,
    value: `v=DKIM1; k=rsa; p=${publishedForm(ours)}`,
  };

  const records = (await dns.txt(name)).filter((text) => readTags(text).has('p'));
  if (records.length === 0) {
    return finding(
      'missing',
      `${name} has no DKIM key, so receivers cannot check our signature. Add it.`,
      recordToAdd,
    );
  }
  if (records.length > 1) {
    return finding('wrong', `${name} has ${records.length} DKIM keys. There must be one: remove the others.`);
  }
  const tags = readTags(records[0]!);
  const published = tags.get('p')!.replace(/\s/g, '');
  if (published === '')
    return finding('wrong', `The DKIM key at ${name} is revoked: its p= is empty.`, recordToAdd);
  if ((tags.get('k') ?? 'rsa') !== 'rsa' || !isSame(published, ours)) {
    return finding('wrong', `The DKIM key at ${name} is not the one that Rollcall signs with.`, recordToAdd);
  }
  if (
    tags.has('h') &&
    !tags
      .get('h')!
      .split(':')
      .map((hash) => hash.trim())
      .includes('sha256')
  ) {
    return finding('wrong', `The DKIM key at ${name} does not allow SHA-256 (h=).`, recordToAdd);
  }
  if (tags.has('s') && !/(^|:)\s*(\*|email)\s*(:|$)/.test(tags.get('s')!)) {
    return finding('wrong', `The DKIM key at ${name} is not meant for mail (s=).`, recordToAdd);
  }
  return judgeLength(ours, name, tags.get('t'), finding);
}

function judgeLength(
  key: KeyObject,
  name: string,
  flags: string | undefined,
  finding: (state: SenderFinding['state'], explanation: string) => SenderFinding,
): SenderFinding {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  // RFC 8301 §3.2
  if (bits < 1024) {
    return finding('wrong', `The DKIM key at ${name} has only ${bits} bits; receivers ignore it. Use 2048.`);
  }
  const notes = [
    ...(bits < 2048 ? [` It has ${bits} bits; 2048 are recommended.`] : []),
    ...(flags?.split(':').includes('y')
      ? [' It is marked as a test (t=y); remove that once mail arrives.']
      : []),
  ];
  return finding('ok', `The DKIM key at ${name} fits the one that Rollcall signs with.${notes.join('')}`);
}

function publicHalf(pem: string): KeyObject | undefined {
  const key = readDkimKey(pem);
  return key && createPublicKey(key);
}

const publishedForm = (key: KeyObject) => key.export({ type: 'spki', format: 'der' }).toString('base64');

/** RFC 6376 names the bare RSAPublicKey too, and some publish it. */
function isSame(published: string, ours: KeyObject): boolean {
  return (
    published === publishedForm(ours) ||
    published === ours.export({ type: 'pkcs1', format: 'der' }).toString('base64')
  );
}
