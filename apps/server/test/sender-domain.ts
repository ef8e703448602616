import { generateKeyPairSync } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import { afterAll } from 'vitest';
import { checkSenderDomain, type SenderDomainOptions } from '../platform/mail/check-sender-domain.ts';
import type { SenderFinding } from '../platform/mail/sender-finding.ts';
import { type DnsZone, startDnsServer } from './dns-server.ts';

const keyOf = (bits: number) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return {
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    published: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    pkcs1: publicKey.export({ type: 'pkcs1', format: 'der' }).toString('base64'),
  };
};
export const key = keyOf(2048);
export const other = keyOf(1024);
export const dkim = { domain: 'example.com', selector: 'r1', privateKey: key.pem };
export const good: DnsZone = {
  'example.com': {
    TXT: ['google-site-verification=x', 'v=spf1 ip4:192.0.2.0/24 -all'],
    MX: [[10, 'mx.example.com']],
  },
  'smtp.example.com': { A: ['192.0.2.25'] },
  'r1._domainkey.example.com': { TXT: [`v=DKIM1; k=rsa; p=${key.published}`] },
  '_dmarc.example.com': { TXT: ['v=DMARC1; p=reject; rua=mailto:dmarc@example.com'] },
};

const server = await startDnsServer();
afterAll(() => server.close());

/** Asks a name server on loopback that serves the zone, as the findings of `checkSenderDomain` by their check. */
export async function check(
  zone: DnsZone | 'fail' | 'silence',
  options: Partial<SenderDomainOptions> = {},
): Promise<Partial<Record<SenderFinding['check'], SenderFinding>>> {
  server.serve(zone);
  const resolver = new Resolver(
    zone === 'silence' ? { timeout: 100, tries: 1 } : { timeout: 5000, tries: 2 },
  );
  resolver.setServers([server.address]);
  const findings = await checkSenderDomain(resolver, {
    from: 'Rollcall <rollcall@example.com>',
    smtpHost: 'smtp.example.com',
    dkim,
    ...options,
  });
  return Object.fromEntries(findings.map((finding) => [finding.check, finding]));
}
