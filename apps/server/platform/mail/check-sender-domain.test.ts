import { generateKeyPairSync } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DnsZone, startDnsServer, type TestDnsServer } from '../../test/dns-server.ts';
import { checkSenderDomain, type SenderDomainOptions } from './check-sender-domain.ts';
import type { SenderFinding } from './sender-finding.ts';

const keyOf = (bits: number) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return {
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    published: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    pkcs1: publicKey.export({ type: 'pkcs1', format: 'der' }).toString('base64'),
  };
};
const key = keyOf(2048);
const other = keyOf(1024);
const dkim = { domain: 'example.com', selector: 'r1', privateKey: key.pem };
const good: DnsZone = {
  'example.com': {
    TXT: ['google-site-verification=x', 'v=spf1 ip4:192.0.2.0/24 -all'],
    MX: [[10, 'mx.example.com']],
  },
  'smtp.example.com': { A: ['192.0.2.25'] },
  'r1._domainkey.example.com': { TXT: [`v=DKIM1; k=rsa; p=${key.published}`] },
  '_dmarc.example.com': { TXT: ['v=DMARC1; p=reject; rua=mailto:dmarc@example.com'] },
};

let server: TestDnsServer;
beforeAll(async () => {
  server = await startDnsServer();
});
afterAll(() => server.close());

async function check(
  zone: DnsZone | 'fail' | 'silence',
  options: Partial<SenderDomainOptions> = {},
): Promise<Partial<Record<SenderFinding['check'], SenderFinding>>> {
  server.serve(zone);
  const resolver = new Resolver({ timeout: 200, tries: 1 });
  resolver.setServers([server.address]);
  const findings = await checkSenderDomain(resolver, {
    from: 'Rollcall <rollcall@example.com>',
    smtpHost: 'smtp.example.com',
    dkim,
    ...options,
  });
  return Object.fromEntries(findings.map((finding) => [finding.check, finding]));
}

const withSpf = (record: string, more: DnsZone = {}): DnsZone => ({
  ...good,
  'example.com': { TXT: [record] },
  ...more,
});
const withDkim = (record: string): DnsZone => ({ ...good, 'r1._domainkey.example.com': { TXT: [record] } });
const withDmarc = (record: string, at = 'example.com'): DnsZone => ({
  ...good,
  [`_dmarc.${at}`]: { TXT: [record] },
});

describe('a domain where all is well', () => {
  it('gets nothing but ok, asked of a real name server', async () => {
    const findings = await check(good);
    expect(Object.keys(findings)).toEqual([
      'spf',
      'spf-lookups',
      'spf-sender',
      'dkim',
      'dmarc',
      'dmarc-alignment',
      'dmarc-reports',
      'bounces',
    ]);
    for (const finding of Object.values(findings)) {
      expect(finding).toMatchObject({ state: 'ok' });
      expect(finding).not.toHaveProperty('recordToAdd');
    }
  });
});

describe('a domain without any record', () => {
  it('is told what to add', async () => {
    const findings = await check({ 'smtp.example.com': { A: ['192.0.2.25'], AAAA: ['2001:db8::25'] } });
    expect(findings.spf).toMatchObject({
      state: 'missing',
      recordToAdd: { type: 'TXT', name: 'example.com', value: 'v=spf1 ip4:192.0.2.25 ip6:2001:db8::25 ~all' },
    });
    expect(findings.dkim).toMatchObject({
      state: 'missing',
      recordToAdd: { name: 'r1._domainkey.example.com', value: `v=DKIM1; k=rsa; p=${key.published}` },
    });
    expect(findings.dmarc).toMatchObject({ state: 'missing', recordToAdd: { name: '_dmarc.example.com' } });
    expect(findings.bounces?.state).toBe('missing');
  });

  it('is told the include of its mail service', async () => {
    const { spf } = await check({}, { smtpHost: 'smtp.office365.com' });
    expect(spf?.recordToAdd?.value).toBe('v=spf1 include:spf.protection.outlook.com ~all');
  });

  it('gets records that the same check then finds good', async () => {
    const missing = await check({
      'smtp.example.com': { A: ['192.0.2.25'] },
      'example.com': { A: ['192.0.2.1'] },
    });
    const zone: DnsZone = { 'smtp.example.com': { A: ['192.0.2.25'] } };
    for (const { recordToAdd } of Object.values(missing)) {
      if (recordToAdd) zone[recordToAdd.name] = { TXT: [recordToAdd.value], A: ['192.0.2.1'] };
    }
    expect(Object.values(await check(zone)).map(({ state }) => state)).not.toContain('wrong');
    expect(Object.values(await check(zone)).map(({ state }) => state)).not.toContain('missing');
  });
});

describe('SPF', () => {
  const eleven = Array.from({ length: 11 }, (_, n) => `a:h${n}.example.com`).join(' ');

  it.each<[string, DnsZone, SenderFinding['check'], SenderFinding['state'], string]>([
    [
      'two records',
      { ...good, 'example.com': { TXT: ['v=spf1 -all', 'v=spf1 mx ~all'] } },
      'spf',
      'wrong',
      '2 SPF records',
    ],
    ['+all', withSpf('v=spf1 +all'), 'spf', 'wrong', 'anybody'],
    ['?all', withSpf('v=spf1 mx ?all'), 'spf', 'wrong', 'nobody out'],
    ['no all', withSpf('v=spf1 mx'), 'spf', 'wrong', 'nobody out'],
    ['~all', withSpf('v=spf1 ip4:192.0.2.25 ~all'), 'spf', 'ok', '~all'],
    ['a term misspelled', withSpf('v=spf1 ipv4:192.0.2.25 -all'), 'spf', 'wrong', '"ipv4:192.0.2.25"'],
    ['an address that is none', withSpf('v=spf1 ip4:192.0.2.256 -all'), 'spf', 'wrong', '"ip4:192.0.2.256"'],
    ['an include of nothing', withSpf('v=spf1 include:gone.example -all'), 'spf', 'wrong', 'no SPF record'],
    ['an include of itself', withSpf('v=spf1 include:example.com -all'), 'spf', 'wrong', 'includes itself'],
    ['eleven look-ups', withSpf(`v=spf1 ${eleven} -all`), 'spf-lookups', 'wrong', '11 look-ups'],
    [
      'a redirect',
      withSpf('v=spf1 redirect=_spf.example.com', {
        '_spf.example.com': { TXT: ['v=spf1 ip4:192.0.2.25 -all'] },
      }),
      'spf-sender',
      'ok',
      'send',
    ],
    [
      'the sender in an include',
      withSpf('v=spf1 include:a.example -all', {
        'a.example': { TXT: ['v=spf1 include:b.example ?all'] },
        'b.example': { TXT: ['v=spf1 ip4:192.0.2.25/30 -all'] },
      }),
      'spf-sender',
      'ok',
      'send',
    ],
    ['the sender by name', withSpf('v=spf1 a:smtp.example.com -all'), 'spf-sender', 'ok', 'send'],
    [
      'the sender by its MX',
      { ...good, 'example.com': { TXT: ['v=spf1 mx -all'], MX: [[10, 'smtp.example.com']] } },
      'spf-sender',
      'ok',
      'send',
    ],
    [
      'a sender it does not name',
      withSpf('v=spf1 ip4:198.51.100.1 -all'),
      'spf-sender',
      'unknown',
      'does not name',
    ],
    [
      'a sender ruled out before',
      withSpf('v=spf1 -ip4:192.0.2.25 ip4:192.0.2.0/24 -all'),
      'spf-sender',
      'unknown',
      'does not name',
    ],
    ['macros', withSpf('v=spf1 exists:%{i}.spf.example.com -all'), 'spf-sender', 'unknown', 'does not name'],
    [
      'a mail server without public address',
      { ...good, 'smtp.example.com': { A: ['10.0.0.5'] } },
      'spf-sender',
      'unknown',
      'not known',
    ],
  ])('with %s', async (_name, zone, name, state, words) => {
    expect((await check(zone))[name]).toMatchObject({ state, explanation: expect.stringContaining(words) });
  });

  it('counts what includes ask for', async () => {
    const zone = withSpf('v=spf1 include:a.example mx -all', {
      'a.example': { TXT: ['v=spf1 a mx include:b.example -all'] },
      'b.example': { TXT: ['v=spf1 -all'] },
    });
    expect((await check(zone))['spf-lookups']?.explanation).toContain('needs 5 of the 10');
  });

  it('names the include that a known mail service lacks', async () => {
    const lacking = await check(good, { smtpHost: 'smtp.office365.com' });
    expect(lacking['spf-sender']).toMatchObject({
      state: 'wrong',
      explanation: expect.stringContaining('include:spf.protection.outlook.com'),
    });
    const outlook = { 'spf.protection.outlook.com': { TXT: ['v=spf1 ip4:40.92.0.0/15 -all'] } };
    const present = await check(withSpf('v=spf1 include:spf.protection.outlook.com -all', outlook), {
      smtpHost: 'smtp.office365.com',
    });
    expect(present['spf-sender']?.state).toBe('ok');
  });

  it('is asked of the return path’s domain', async () => {
    const zone = {
      ...good,
      'bounce.example.com': {
        TXT: ['v=spf1 ip4:192.0.2.25 -all'],
        MX: [[1, 'mx.example.com']] as [number, string][],
      },
    };
    const findings = await check(zone, { bouncesTo: 'b@bounce.example.com' });
    expect(findings.spf?.explanation).toContain('bounce.example.com');
    expect(findings['dmarc-alignment']?.state).toBe('ok');
  });
});

describe('DKIM', () => {
  it.each<[string, string, SenderFinding['state'], string]>([
    ['another key', `v=DKIM1; p=${other.published}`, 'wrong', 'not the one'],
    ['a revoked key', 'v=DKIM1; p=', 'wrong', 'revoked'],
    ['SHA-1 only', `v=DKIM1; h=sha1; p=${key.published}`, 'wrong', 'SHA-256'],
    ['a key not for mail', `v=DKIM1; s=tlsrpt; p=${key.published}`, 'wrong', 'not meant for mail'],
    ['a key of another kind', `v=DKIM1; k=ed25519; p=${key.published}`, 'wrong', 'not the one'],
    ['the test flag', `v=DKIM1; t=y; p=${key.published}`, 'ok', 't=y'],
    ['spaces in the key', `k=rsa; p=${key.published.slice(0, 80)} ${key.published.slice(80)}`, 'ok', 'fits'],
    ['the older form of the key', `v=DKIM1; p=${key.pkcs1}`, 'ok', 'fits'],
    ['something that is no key', 'hello', 'missing', 'no DKIM key'],
  ])('with %s', async (_name, record, state, words) => {
    expect((await check(withDkim(record))).dkim).toMatchObject({
      state,
      explanation: expect.stringContaining(words),
    });
  });

  it('tells of a short key, an unusable one and none', async () => {
    const short = { ...dkim, privateKey: other.pem };
    expect((await check(withDkim(`p=${other.published}`), { dkim: short })).dkim).toMatchObject({
      state: 'ok',
      explanation: expect.stringContaining('2048'),
    });
    expect((await check(good, { dkim: { ...dkim, privateKey: 'x' } })).dkim).toMatchObject({
      state: 'wrong',
    });
    expect((await check(good, { dkim: undefined })).dkim).toMatchObject({ state: 'unknown' });
  });

  it('knows Ed25519', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const ed = { ...dkim, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    const { recordToAdd } = (await check({}, { dkim: ed })).dkim!;
    expect(recordToAdd?.value).toMatch(/^v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=$/);
    expect((await check(withDkim(recordToAdd!.value), { dkim: ed })).dkim?.state).toBe('ok');
  });
});

describe('DMARC', () => {
  it.each<[string, DnsZone, SenderFinding['check'], SenderFinding['state'], string]>([
    [
      'two records',
      { ...good, '_dmarc.example.com': { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] } },
      'dmarc',
      'wrong',
      '2 DMARC records',
    ],
    ['no policy', withDmarc('v=DMARC1; rua=mailto:a@example.com'), 'dmarc', 'wrong', 'p='],
    [
      'a policy that only watches',
      withDmarc('v=DMARC1; p=none; rua=mailto:a@example.com'),
      'dmarc',
      'ok',
      'raise the policy',
    ],
    ['no reports', withDmarc('v=DMARC1; p=reject'), 'dmarc-reports', 'missing', 'rua='],
    ['another record in its place', withDmarc('hello'), 'dmarc', 'missing', 'no DMARC'],
  ])('with %s', async (_name, zone, name, state, words) => {
    expect((await check(zone))[name]).toMatchObject({ state, explanation: expect.stringContaining(words) });
  });

  it('is found at the organization’s domain, with its policy for subdomains', async () => {
    const zone = withDmarc('v=DMARC1; p=reject; sp=none; rua=mailto:a@example.com');
    const { dmarc } = await check(zone, { from: 'a@people.mail.example.com' });
    expect(dmarc).toMatchObject({ state: 'ok', explanation: expect.stringContaining('(none)') });
  });

  it('wants SPF or DKIM to vouch for the domain that readers see', async () => {
    const foreign = {
      from: 'a@example.com',
      bouncesTo: 'b@sender.example',
      dkim: { ...dkim, domain: 'sender.example' },
    };
    expect((await check(good, foreign))['dmarc-alignment']).toMatchObject({
      state: 'wrong',
      explanation: expect.stringContaining('sender.example'),
    });
    expect((await check(good, { dkim: undefined }))['dmarc-alignment']).toMatchObject({
      state: 'ok',
      explanation: expect.stringContaining('forwarded'),
    });
    const sub = { bouncesTo: 'b@bounce.example.com', dkim: undefined };
    expect((await check(good, sub))['dmarc-alignment']?.state).toBe('ok');
    expect((await check(withDmarc('v=DMARC1; p=none; aspf=s'), sub))['dmarc-alignment']?.state).toBe('wrong');
  });
});

describe('name servers that do not answer', () => {
  it.each([
    ['fail', 'failure'],
    ['silence', 'time'],
  ] as const)('(%s) leave everything unknown and nothing missing', async (mode, words) => {
    for (const finding of Object.values(await check(mode))) {
      expect(finding).toMatchObject({ state: 'unknown', explanation: expect.stringContaining(words) });
    }
  });

  it('are not waited for beyond the deadline', async () => {
    const never = () => new Promise<never>(() => undefined);
    const findings = await checkSenderDomain(
      { resolveTxt: never, resolve4: never, resolve6: never, resolveMx: never },
      { from: 'a@example.com', dkim, deadlineMs: 20 },
    );
    expect(findings.map(({ state }) => state)).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
  });
});

it('a domain that declares to take no mail gets no bounces', async () => {
  const { bounces } = await check({ ...good, 'example.com': { TXT: ['v=spf1 -all'], MX: [[0, '.']] } });
  expect(bounces).toMatchObject({ state: 'wrong' });
});
