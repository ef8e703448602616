import { describe, expect, it } from 'vitest';
import type { DnsZone } from '../../test/dns-server.ts';
import { check, good } from '../../test/sender-domain.ts';
import type { SenderFinding } from './sender-finding.ts';

const withSpf = (record: string, more: DnsZone = {}): DnsZone => ({
  ...good,
  'example.com': { TXT: [record] },
  ...more,
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
