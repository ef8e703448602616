import { describe, expect, it } from 'vitest';
import type { DnsZone } from '../../test/dns-server.ts';
import { check, dkim, good } from '../../test/sender-domain.ts';
import type { SenderFinding } from './sender-finding.ts';

const withDmarc = (record: string, at = 'example.com'): DnsZone => ({
  ...good,
  [`_dmarc.${at}`]: { TXT: [record] },
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
