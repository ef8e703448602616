import { describe, expect, it } from 'vitest';
import type { DnsZone } from '../../test/dns-server.ts';
import { check, dkim, good, key, other } from '../../test/sender-domain.ts';
import type { SenderFinding } from './sender-finding.ts';

const withDkim = (record: string): DnsZone => ({ ...good, 'r1._domainkey.example.com': { TXT: [record] } });
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
});
