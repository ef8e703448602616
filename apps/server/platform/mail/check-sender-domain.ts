import { domainToASCII } from 'node:url';
import { checkDkim } from './check-dkim.ts';
import { checkDmarc } from './check-dmarc.ts';
import { checkSpf } from './check-spf.ts';
import type { DkimKey } from './dkim-key.ts';
import { type DnsLookup, type DnsResolver, DnsUnknownError, openDnsLookup } from './dns-lookup.ts';
import { readMailbox } from './read-mailbox.ts';
import type { SenderFinding } from './sender-finding.ts';

export interface SenderDomainOptions {
  /** MAIL_FROM. */
  from: string;
  /** The return path, if it is not the address of `from`. */
  bouncesTo?: string | undefined;
  /** The host in SMTP_URL. */
  smtpHost?: string | undefined;
  dkim?: DkimKey | undefined;
  /** Milliseconds for all questions together; 15,000 if absent. */
  deadlineMs?: number | undefined;
}

/**
 * Asks the DNS whether receivers have reason to trust our mail: SPF (RFC 7208), DKIM (RFC 6376), DMARC
 * (RFC 7489), and whether bounces can come back. What cannot be asked is `unknown`, never `missing`.
 *
 * @param resolver `new dns.promises.Resolver({ timeout: 3000, tries: 2 })`
 * @throws TypeError if `from` or `bouncesTo` is not an address
 */
export async function checkSenderDomain(
  resolver: DnsResolver,
  options: SenderDomainOptions,
): Promise<SenderFinding[]> {
  const fromDomain = domainOf(options.from);
  const spfDomain = domainOf(options.bouncesTo ?? options.from);
  const dns = openDnsLookup(resolver, options.deadlineMs ?? 15_000);
  const dkimDomain = options.dkim && domainToASCII(options.dkim.domain);
  const checks = await Promise.all([
    orUnknown('spf', () => checkSpf(dns, { domain: spfDomain, smtpHost: options.smtpHost })),
    orUnknown('dkim', async () => [await checkDkim(dns, options.dkim)]),
    orUnknown('dmarc', () => checkDmarc(dns, { fromDomain, spfDomain, dkimDomain })),
    orUnknown('bounces', async () => [await checkBounces(dns, spfDomain)]),
  ]);
  return checks.flat();
}

async function orUnknown(
  check: SenderFinding['check'],
  run: () => Promise<SenderFinding[]>,
): Promise<SenderFinding[]> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof DnsUnknownError)) throw error;
    return [{ check, state: 'unknown', explanation: `${error.message} Try again later.` }];
  }
}

async function checkBounces(dns: DnsLookup, domain: string): Promise<SenderFinding> {
  const hosts = await dns.mx(domain);
  if (hosts[0] === '') {
    return {
      check: 'bounces',
      state: 'wrong',
      explanation: `${domain} declares that it receives no mail, so bounces never arrive.`,
    };
  }
  // RFC 5321 §5.1: without MX the domain's own address is the mail server.
  if (hosts.length > 0 || (await dns.addresses(domain)).length > 0) {
    return { check: 'bounces', state: 'ok', explanation: `Bounces can be delivered to ${domain}.` };
  }
  return {
    check: 'bounces',
    state: 'missing',
    explanation: `${domain} has no mail server (MX), so bounces cannot come back to us.`,
  };
}

function domainOf(address: string): string {
  const domain = domainToASCII(readMailbox(address)?.domain ?? '');
  if (!domain) throw new TypeError(`not an e-mail address: ${address}`);
  return domain;
}
