import { BlockList, isIP } from 'node:net';
import { type DnsLookup, DnsUnknownError } from './dns-lookup.ts';

/** One term of an SPF record with all that stands behind it; `unknown` needs a mail at hand to be decided. */
type Mechanism = { qualifier: '+' | '-' | '~' | '?' } & (
  | { kind: 'all' }
  | { kind: 'addresses'; list: BlockList }
  | { kind: 'include'; record: SpfRecord }
  | { kind: 'unknown' }
);

export interface SpfRecord {
  domain: string;
  mechanisms: Mechanism[];
  redirect?: SpfRecord | undefined;
}

export interface SpfReading {
  /** Absent where there is no record; with several, the first. */
  record?: SpfRecord;
  /** How many records there are: more than one makes all of them void (RFC 7208 §4.5). */
  records: number;
  /** Look-ups that a receiver may have to make; ten are allowed (§4.6.4). */
  lookups: number;
  /** What makes receivers throw the record away, in plain words. */
  faults: string[];
  /** Domains included at any depth, and redirected to. */
  domains: string[];
}

/** Past this many look-ups the record is wrong anyway, and reading on would only ask more. */
const readingLimit = 25;

/**
 * Reads the SPF record of a domain (RFC 7208) with everything that it includes.
 *
 * @throws DnsUnknownError if the domain's own record could not be asked for
 */
export async function readSpf(dns: DnsLookup, domain: string): Promise<SpfReading> {
  const found = await spfOf(dns, domain);
  const reading: SpfReading = { records: found.length, lookups: 0, faults: [], domains: [] };
  if (found[0] !== undefined) reading.record = await readRecord(dns, domain, found[0], reading, [domain]);
  return reading;
}

async function spfOf(dns: DnsLookup, domain: string): Promise<string[]> {
  return (await dns.txt(domain)).filter((text) => /^v=spf1(?: |$)/i.test(text));
}

async function readRecord(
  dns: DnsLookup,
  domain: string,
  text: string,
  reading: SpfReading,
  path: string[],
): Promise<SpfRecord> {
  const record: SpfRecord = { domain, mechanisms: [] };
  for (const term of text.trim().split(/ +/).slice(1)) {
    const [, redirect] = /^redirect=(.+)$/i.exec(term) ?? [];
    if (redirect) {
      record.redirect = await follow(dns, redirect, reading, path);
    } else if (!/^[a-z][\w.-]*=/i.test(term)) {
      const mechanism = await readMechanism(dns, domain, term, reading, path);
      if (mechanism) record.mechanisms.push(mechanism);
      else reading.faults.push(`The record of ${domain} has a term that nobody understands: "${term}".`);
    }
  }
  return record;
}

async function readMechanism(
  dns: DnsLookup,
  domain: string,
  term: string,
  reading: SpfReading,
  path: string[],
): Promise<Mechanism | undefined> {
  const [, sign, name, target, four, six] =
    /^([-+~?]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?::([^/]+))?(?:\/(\d{1,3}))?(?:\/\/(\d{1,3}))?$/i.exec(
      term,
    ) ?? [];
  if (!name) return undefined;
  const qualifier = (sign || '+') as Mechanism['qualifier'];
  const kind = name.toLowerCase();
  if (kind === 'all') return { qualifier, kind };
  if (kind === 'ip4' || kind === 'ip6') {
    const list = networkOf(term.slice(term.indexOf(':') + 1), kind === 'ip4' ? 4 : 6);
    return list && { qualifier, kind: 'addresses', list };
  }
  if (kind === 'include') {
    if (!target) return undefined;
    const record = await follow(dns, target, reading, path);
    return record ? { qualifier, kind, record } : { qualifier, kind: 'unknown' };
  }
  reading.lookups += 1;
  const asked = target ?? domain;
  // A macro (§7) depends on the mail, ptr and exists on the connection.
  if (kind === 'ptr' || kind === 'exists' || asked.includes('%') || reading.lookups > readingLimit) {
    return { qualifier, kind: 'unknown' };
  }
  try {
    const hosts = kind === 'mx' ? (await dns.mx(asked)).slice(0, 10) : [asked];
    const addresses = (await Promise.all(hosts.filter(Boolean).map((host) => dns.addresses(host)))).flat();
    return { qualifier, kind: 'addresses', list: listOf(addresses, Number(four ?? 32), Number(six ?? 128)) };
  } catch (error) {
    if (error instanceof DnsUnknownError) return { qualifier, kind: 'unknown' };
    throw error;
  }
}

/** The record that an include or a redirect names. */
async function follow(
  dns: DnsLookup,
  domain: string,
  reading: SpfReading,
  path: string[],
): Promise<SpfRecord | undefined> {
  reading.lookups += 1;
  reading.domains.push(domain.toLowerCase());
  if (path.includes(domain.toLowerCase())) {
    reading.faults.push(`The record of ${domain} includes itself.`);
    return undefined;
  }
  if (domain.includes('%') || reading.lookups > readingLimit) return undefined;
  try {
    const found = await spfOf(dns, domain);
    if (found.length === 1)
      return await readRecord(dns, domain, found[0]!, reading, [...path, domain.toLowerCase()]);
    const count = found.length === 0 ? 'no SPF record' : `${found.length} SPF records`;
    reading.faults.push(`The record refers to ${domain}, which has ${count}.`);
  } catch (error) {
    if (!(error instanceof DnsUnknownError)) throw error;
  }
  return undefined;
}

/** What the record says about mail from an address (§2.6); `unknown` where only a receiver can tell. */
export function judgeSpf(
  record: SpfRecord,
  ip: string,
): 'pass' | 'fail' | 'softfail' | 'neutral' | 'unknown' {
  const family = isIP(ip) === 6 ? 'ipv6' : 'ipv4';
  let open = false;
  for (const mechanism of record.mechanisms) {
    let matches = mechanism.kind === 'all';
    if (mechanism.kind === 'addresses') matches = mechanism.list.check(ip, family);
    if (mechanism.kind === 'include') {
      const inner = judgeSpf(mechanism.record, ip);
      matches = inner === 'pass';
      open ||= inner === 'unknown';
    }
    open ||= mechanism.kind === 'unknown';
    if (!matches) continue;
    if (mechanism.qualifier === '+') return 'pass';
    return open
      ? 'unknown'
      : ({ '-': 'fail', '~': 'softfail', '?': 'neutral' } as const)[mechanism.qualifier];
  }
  if (record.redirect) return judgeSpf(record.redirect, ip);
  return open ? 'unknown' : 'neutral';
}

/** How the record treats everybody it does not name; undefined if it says nothing. */
export function catchAllOf(record: SpfRecord): Mechanism['qualifier'] | undefined {
  const all = record.mechanisms.find(({ kind }) => kind === 'all');
  return all?.qualifier ?? (record.redirect && catchAllOf(record.redirect));
}

function networkOf(text: string, family: 4 | 6): BlockList | undefined {
  const [, address, prefix] = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  const longest = family === 4 ? 32 : 128;
  if (!address || isIP(address) !== family || Number(prefix ?? 0) > longest) return undefined;
  return listOf([address], Number(prefix ?? 32), Number(prefix ?? 128));
}

function listOf(addresses: string[], four: number, six: number): BlockList {
  const list = new BlockList();
  for (const address of addresses) {
    if (isIP(address) === 6) list.addSubnet(address, Math.min(six, 128), 'ipv6');
    else list.addSubnet(address, Math.min(four, 32), 'ipv4');
  }
  return list;
}
