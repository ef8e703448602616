import { BlockList } from 'node:net';
import { type DnsLookup, DnsUnknownError } from './dns-lookup.ts';
import { catchAllOf, judgeSpf, readSpf, type SpfReading } from './read-spf.ts';
import type { SenderFinding } from './sender-finding.ts';

/** Mail services that send with our return path, by their host for SMTP, and what they ask to be included. */
const services: [host: RegExp, include: string][] = [
  [/(^|\.)(office365|outlook)\.com$/, 'spf.protection.outlook.com'],
  [/(^|\.)(gmail|google|googlemail)\.com$/, '_spf.google.com'],
  [/(^|\.)(fastmail|messagingengine)\.com$/, 'spf.messagingengine.com'],
  [/(^|\.)zoho\.eu$/, 'zohomail.eu'],
  [/(^|\.)zoho\.com$/, 'zohomail.com'],
  [/(^|\.)ionos\.(com|de|co\.uk|fr|es|it)$/, '_spf.perfora.net'],
];

/** Judges the SPF record of the domain in the return path, and whether it lets the mail server send. */
export async function checkSpf(
  dns: DnsLookup,
  { domain, smtpHost }: { domain: string; smtpHost?: string | undefined },
): Promise<SenderFinding[]> {
  const include = services.find(([host]) => host.test(smtpHost?.toLowerCase() ?? ''))?.[1];
  const { addresses, reached } = await addressesOf(dns, smtpHost);
  const sender = include ? `include:${include}` : addresses.map(asMechanism).join(' ') || 'mx';
  const recordToAdd = { type: 'TXT' as const, name: domain, value: `v=spf1 ${sender} ~all` };
  const reading = await readSpf(dns, domain);
  if (!reading.record) {
    const explanation = `${domain} has no SPF record, so receivers cannot tell our mail from somebody's who pretends to be us. Add one that names your mail server.`;
    return [{ check: 'spf', state: 'missing', explanation, recordToAdd }];
  }
  const findings = [judgeRecord(domain, reading), judgeLookups(domain, reading)];
  if (smtpHost && findings[0]!.state === 'ok') {
    const results = addresses.map((address) => judgeSpf(reading.record!, address));
    findings.push(judgeSender(domain, smtpHost, { include, reading, results, reached }));
  }
  return findings;
}

function judgeRecord(domain: string, { record, records, faults }: SpfReading): SenderFinding {
  const wrong = (explanation: string): SenderFinding => ({ check: 'spf', state: 'wrong', explanation });
  if (records > 1) {
    return wrong(
      `${domain} has ${records} SPF records. Receivers then ignore all of them: merge them into one.`,
    );
  }
  if (faults[0]) return wrong(`${faults[0]} Receivers then ignore the whole record.`);
  switch (catchAllOf(record!)) {
    case '+':
      return wrong(
        `The SPF record of ${domain} ends in +all, which lets anybody send in its name. End it in ~all or -all.`,
      );
    case '?':
    case undefined:
      return wrong(`The SPF record of ${domain} rules nobody out. End it in ~all or -all.`);
    case '~':
      return {
        check: 'spf',
        state: 'ok',
        explanation: `${domain} has an SPF record that marks other senders as suspicious (~all).`,
      };
    case '-':
      return {
        check: 'spf',
        state: 'ok',
        explanation: `${domain} has an SPF record that refuses other senders (-all).`,
      };
  }
}

/** RFC 7208 §4.6.4 */
function judgeLookups(domain: string, { lookups }: SpfReading): SenderFinding {
  const few = lookups <= 10;
  return {
    check: 'spf-lookups',
    state: few ? 'ok' : 'wrong',
    explanation: few
      ? `The SPF record of ${domain} needs ${lookups} of the 10 look-ups that are allowed.`
      : `The SPF record of ${domain} needs ${lookups} look-ups and only 10 are allowed. Receivers then ignore it: remove includes of services that no longer send for you.`,
  };
}

function judgeSender(
  domain: string,
  smtpHost: string,
  found: { include: string | undefined; reading: SpfReading; results: string[]; reached: boolean },
): SenderFinding {
  const { include, reading, results, reached } = found;
  const finding = (state: SenderFinding['state'], explanation: string): SenderFinding => ({
    check: 'spf-sender',
    state,
    explanation,
  });
  if (include && reading.domains.includes(include)) {
    return finding('ok', `The SPF record of ${domain} lets ${smtpHost} send, by including ${include}.`);
  }
  if (results.length > 0 && results.every((result) => result === 'pass')) {
    return finding('ok', `The SPF record of ${domain} lets ${smtpHost} send.`);
  }
  if (include) {
    return finding(
      'wrong',
      `The SPF record of ${domain} does not let ${smtpHost} send. Put include:${include} into the record, before its last term.`,
    );
  }
  if (!reached) {
    return finding(
      'unknown',
      `Whether the SPF record of ${domain} lets ${smtpHost} send cannot be seen from here, because its public address is not known.`,
    );
  }
  return finding(
    'unknown',
    `The SPF record of ${domain} does not name the addresses of ${smtpHost}. If that server sends from others, nothing is wrong; if not, add them or the include that your mail service documents.`,
  );
}

/** The public addresses of the mail server; `reached` is false where it has none that we could learn. */
async function addressesOf(
  dns: DnsLookup,
  host: string | undefined,
): Promise<{ addresses: string[]; reached: boolean }> {
  try {
    const found = host ? await dns.addresses(host) : [];
    const addresses = found.filter(
      (address) => !privateNetworks.check(address, address.includes(':') ? 'ipv6' : 'ipv4'),
    );
    return { addresses, reached: addresses.length > 0 };
  } catch (error) {
    if (error instanceof DnsUnknownError) return { addresses: [], reached: false };
    throw error;
  }
}

const asMechanism = (address: string) => `${address.includes(':') ? 'ip6' : 'ip4'}:${address}`;

const privateNetworks = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  privateNetworks.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  privateNetworks.addSubnet(network, prefix, 'ipv6');
}
