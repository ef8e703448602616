import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bounceSizeLimit, readBounce } from './read-bounce.ts';

const ours = '<01234567890123456789abcdef.acme@example.com>';
const read = (name: string) =>
  readFileSync(new URL(`bounces/${name}.eml`, import.meta.url), 'utf8').replaceAll('\n', '\r\n');
const postfix = read('postfix-failed');

describe('a report of', () => {
  it.each([
    [
      'postfix-failed',
      'failed',
      'ana@example.org',
      '5.1.1',
      '550 5.1.1 <ana@example.org>: Recipient address rejected: User unknown in virtual mailbox table',
    ],
    [
      'postfix-delayed',
      'delayed',
      'ana@example.org',
      '4.4.1',
      'connect to mx.example.org[192.0.2.25]:25: Connection timed out',
    ],
    [
      'office365-failed',
      'failed',
      'Ana@Example.org',
      '5.1.10',
      '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ana@example.org not found by SMTP address lookup',
    ],
    [
      'gmail-failed',
      'failed',
      'ana@example.org',
      '5.1.1',
      expect.stringMatching(/^550-5\.1\.1 The email account .* unnecessary spaces\.$/),
    ],
    ['exim-failed', 'failed', 'ana@example.org', '5.0.0', '552 5.2.2 Mailbox full'],
  ])('%s is understood', async (name, kind, recipient, status, reason) => {
    expect(await readBounce(Buffer.from(read(name)))).toEqual({
      kind,
      messageId: ours,
      recipient,
      status,
      reason,
    });
    expect((await readBounce(Buffer.from(read(name).replaceAll('\r\n', '\n')))).kind).toBe(kind);
  });

  it('a success is read as delivered', async () => {
    const delivered = postfix
      .replace('Action: failed', 'Action: relayed')
      .replace('Status: 5.1.1', 'Status: 2.0.0');
    expect(await readBounce(Buffer.from(delivered))).toMatchObject({ kind: 'delivered', messageId: ours });
  });

  it('several recipients tells of the one who fared worst', async () => {
    const two = postfix.replace(
      'Final-Recipient:',
      'Final-Recipient: rfc822; bo@example.org\r\nAction: delivered\r\nStatus: 2.0.0\r\n\r\nFinal-Recipient:',
    );
    expect(await readBounce(Buffer.from(two))).toMatchObject({
      kind: 'failed',
      recipient: 'ana@example.org',
    });
  });

  it('a server that gives no words is put into words', async () => {
    const silent = postfix.replace(/Diagnostic-Code:[\s\S]*?table\r\n/, '');
    expect(await readBounce(Buffer.from(silent))).toMatchObject({ reason: 'The address does not exist.' });
  });

  it('a mail that is not returned names it by the envelope id', async () => {
    const [head] = postfix.split(
      '--4A1B2C3D4E.1795428131/mail.example.com\r\nContent-Description: Undelivered',
    );
    const withId = `${head}--4A1B2C3D4E.1795428131/mail.example.com--\r\n`.replace(
      'X-Postfix-Queue-ID: 4A1B2C3D4E',
      `Original-Envelope-Id: ${ours.slice(1, -1)}`,
    );
    expect(await readBounce(Buffer.from(withId))).toMatchObject({ kind: 'failed', messageId: ours });
  });
});

describe('what is not a report', () => {
  const change = (from: string | RegExp, to: string) => postfix.replace(from, to);
  const forwarded = [
    'From: a@example.org',
    'Content-Type: multipart/mixed; boundary=outer',
    '',
    '--outer',
    'Content-Type: text/plain',
    '',
    'See below',
    '--outer',
    'Content-Type: message/rfc822',
    '',
    postfix,
    '--outer--',
  ].join('\r\n');

  it.each([
    ['an out-of-office reply', read('out-of-office'), 'multipart/report'],
    ['spam that looks like a bounce', read('spam-like-bounce'), 'multipart/report'],
    ['a forwarded report', forwarded, 'multipart/report'],
    [
      'a read receipt',
      change('report-type=delivery-status', 'report-type=disposition-notification'),
      'something else',
    ],
    [
      'a report sent with a return path',
      change('Return-Path: <>', 'Return-Path: <x@evil.example>'),
      'return path',
    ],
    [
      'a report of another type in second place',
      change('message/delivery-status', 'text/plain'),
      'second part',
    ],
    [
      'a report one level too deep',
      change('message/delivery-status', 'multipart/mixed; boundary=z'),
      'second part',
    ],
    ['no action', change('Action: failed\r\n', ''), 'well-formed'],
    ['an unknown action', change('Action: failed', 'Action: exploded'), 'well-formed'],
    ['a failure with the status of a success', change('Status: 5.1.1', 'Status: 2.1.1'), 'well-formed'],
    ['a status that is none', change('Status: 5.1.1', 'Status: bad'), 'well-formed'],
    ['no recipient', change('Final-Recipient: rfc822; ana@example.org\r\n', ''), 'well-formed'],
    ['no reporting server', change('Reporting-MTA: dns; mail.example.com\r\n', ''), 'server that reports'],
    ['a returned mail without Message-ID', change(/Message-ID: <0123[\s\S]*?\r\n/, ''), 'which mail'],
    [
      'a returned mail with two',
      change('Subject: Your invitation', 'Message-ID: <x@y>\r\nSubject: Your invitation'),
      'which mail',
    ],
    ['an empty message', '', 'multipart/report'],
    [
      'a hundred parts',
      change('This is a MIME', '--4A1B2C3D4E.1795428131/mail.example.com\r\n\r\nx\r\n'.repeat(100)),
      '',
    ],
  ])('%s', async (_name, raw, why) => {
    expect(await readBounce(Buffer.from(raw))).toEqual({
      kind: 'not_a_report',
      why: expect.stringContaining(why),
    });
  });

  it('a message over the limit is not even parsed', async () => {
    const huge = Buffer.concat([Buffer.from(postfix), Buffer.alloc(bounceSizeLimit, 'a')]);
    expect(await readBounce(huge)).toEqual({ kind: 'not_a_report', why: expect.stringContaining('larger') });
  });

  it('a Message-ID in the human part or of the report itself does not count', async () => {
    const moved = change(/Message-ID: <0123[\s\S]*?\r\n/, '').replace(
      'The mail system',
      `Message-ID: ${ours}`,
    );
    expect((await readBounce(Buffer.from(moved))).kind).toBe('not_a_report');
  });
});

describe('whatever comes in', () => {
  it('is answered and never thrown: random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4096 }), async (bytes) => {
        expect((await readBounce(Buffer.from(bytes))).kind).toBe('not_a_report');
      }),
    );
  });

  it('is answered and never thrown: reports cut, spliced and bent', async () => {
    const bend = fc.array(
      fc.record({
        at: fc.nat(postfix.length),
        cut: fc.nat(400),
        put: fc.oneof(fc.string(), fc.constantFrom('\r\n', '\r\n\r\n', '--', ';', ':', '\0', 'é')),
      }),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(bend, async (changes) => {
        let bent = postfix;
        for (const { at, cut, put } of changes) bent = bent.slice(0, at) + put + bent.slice(at + cut);
        const bounce = await readBounce(Buffer.from(bent));
        if (bounce.kind !== 'not_a_report') {
          expect(bounce.messageId).toMatch(/^<[^\s<>@]+@[^\s<>@]+>$/);
          expect(bounce.reason).not.toMatch(/\p{Cc}/u);
          expect(bounce.reason.length).toBeLessThanOrEqual(500);
        }
      }),
    );
  });

  it.each([
    ['blank lines', '\r\n'.repeat(400_000)],
    ['one endless header', `Subject: ${'a '.repeat(400_000)}`],
    ['folds', `Subject: x${'\r\n '.repeat(250_000)}`],
    ['boundaries', postfix + '--4A1B2C3D4E.1795428131/mail.example.com\r\n'.repeat(20_000)],
    [
      'nested multiparts',
      Array.from(
        { length: 3000 },
        (_, n) => `Content-Type: multipart/report; boundary=b${n}\r\n\r\n--b${n}\r\n`,
      ).join(''),
    ],
    [
      'recipients',
      postfix.replace(
        'Final-Recipient',
        `${'Final-Recipient: rfc822; a@b\r\n\r\n'.repeat(20_000)}Final-Recipient`,
      ),
    ],
    ['spaces in the report', postfix.replace('Status: 5.1.1', `Status: ${' '.repeat(800_000)}5.1.1`)],
  ])('of the largest size, made of %s, comes to an end', async (_name, raw) => {
    expect(await readBounce(Buffer.from(raw.slice(0, bounceSizeLimit)))).toHaveProperty('kind');
  });
});
