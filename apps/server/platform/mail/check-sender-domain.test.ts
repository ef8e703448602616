import { describe, expect, it } from 'vitest';
import type { DnsZone } from '../../test/dns-server.ts';
import { check, dkim, good, key } from '../../test/sender-domain.ts';
import { checkSenderDomain } from './check-sender-domain.ts';

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
