import type { DnsLookup } from './dns-lookup.ts';
import { readTags } from './read-tags.ts';
import type { SenderFinding } from './sender-finding.ts';

const isDmarc = (text: string) => /^v\s*=\s*DMARC1\s*(;|$)/.test(text);

/**
 * Judges the DMARC record that covers the sender's domain (RFC 7489), and whether SPF or DKIM vouch for the
 * same domain. The organizational domain is found by going up from the sender's, which needs no list of
 * public suffixes and gives the same answer wherever a domain's owner publishes a record.
 */
export async function checkDmarc(
  dns: DnsLookup,
  {
    fromDomain,
    spfDomain,
    dkimDomain,
  }: { fromDomain: string; spfDomain: string; dkimDomain: string | undefined },
): Promise<SenderFinding[]> {
  const found = await findRecord(dns, fromDomain);
  if (!found) {
    const recordToAdd = {
      type: 'TXT' as const,
      name: `_dmarc.${fromDomain}`,
      value: `v=DMARC1; p=none; rua=mailto:postmaster@${fromDomain}`,
    };
    const explanation = `${fromDomain} has no DMARC record. Large mail providers ask for one. Begin with p=none, which only collects reports.`;
    return [{ check: 'dmarc', state: 'missing', explanation, recordToAdd }];
  }
  const { domain, records } = found;
  const wrong = (explanation: string): SenderFinding[] => [{ check: 'dmarc', state: 'wrong', explanation }];
  if (records.length > 1) {
    return wrong(
      `_dmarc.${domain} has ${records.length} DMARC records. Receivers then ignore all of them: keep one.`,
    );
  }
  const tags = readTags(records[0]!);
  const policy = ((domain === fromDomain ? undefined : tags.get('sp')) ?? tags.get('p') ?? '').toLowerCase();
  const meaning = { none: 'only watched', quarantine: 'put into the spam folder', reject: 'refused' }[policy];
  if (!meaning)
    return wrong(
      `The DMARC record at _dmarc.${domain} has no valid policy: p= must be none, quarantine or reject.`,
    );

  const advice =
    policy === 'none'
      ? ' Once the reports show that your own mail passes, raise the policy to quarantine.'
      : '';
  return [
    {
      check: 'dmarc',
      state: 'ok',
      explanation: `The DMARC record at _dmarc.${domain} says that mail which fails is ${meaning} (${policy}).${advice}`,
    },
    judgeAlignment(),
    judgeReports(domain, tags.get('rua')),
  ];

  /** §3.1: one of SPF and DKIM must vouch for the domain that the reader sees. */
  function judgeAlignment(): SenderFinding {
    const bySpf = isAligned(spfDomain, tags.get('aspf'));
    const byDkim = dkimDomain !== undefined && isAligned(dkimDomain, tags.get('adkim'));
    const finding = (state: SenderFinding['state'], explanation: string): SenderFinding => ({
      check: 'dmarc-alignment',
      state,
      explanation,
    });
    if (byDkim)
      return finding('ok', `Our DKIM signature vouches for ${fromDomain}, the domain that readers see.`);
    if (bySpf) {
      return finding(
        'ok',
        `SPF vouches for ${fromDomain}, the domain that readers see. That breaks when a mail is forwarded; a DKIM signature for the same domain would not.`,
      );
    }
    const others = [...new Set([spfDomain, ...(dkimDomain ? [dkimDomain] : [])])].join(' and ');
    return finding(
      'wrong',
      `Readers see ${fromDomain}, but the return path and the signature belong to ${others}. Receivers then treat our mail as failing DMARC: use one domain for all.`,
    );
  }

  function isAligned(identifier: string, mode: string | undefined): boolean {
    if (identifier === fromDomain) return true;
    if (mode === 's') return false;
    const sameOrganization = isUnder(identifier, domain) && isUnder(fromDomain, domain);
    return sameOrganization || isUnder(identifier, fromDomain) || isUnder(fromDomain, identifier);
  }
}

function judgeReports(domain: string, rua: string | undefined): SenderFinding {
  if (rua && /mailto:[^@\s]+@/.test(rua)) {
    return {
      check: 'dmarc-reports',
      state: 'ok',
      explanation: `DMARC reports go to ${rua.replaceAll('mailto:', '')}.`,
    };
  }
  const explanation = `The DMARC record at _dmarc.${domain} names no address for reports (rua=), so nobody learns when mail in your name fails.`;
  return { check: 'dmarc-reports', state: 'missing', explanation };
}

async function findRecord(
  dns: DnsLookup,
  domain: string,
): Promise<{ domain: string; records: string[] } | undefined> {
  const labels = domain.split('.').slice(-8);
  // Without the last label alone: nobody below may speak for a top-level domain.
  const parents = labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'));
  for (const candidate of new Set([domain, ...parents])) {
    const records = (await dns.txt(`_dmarc.${candidate}`)).filter(isDmarc);
    if (records.length > 0) return { domain: candidate, records };
  }
  return undefined;
}

const isUnder = (domain: string, parent: string) => domain === parent || domain.endsWith(`.${parent}`);
