import { generateKeyPairSync } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { afterEach, describe, expect, it } from 'vitest';
import { startMailServer, type TestMailServer, type TestMailServerOptions } from '../../test/mail-server.ts';
import {
  createMailTransport,
  type MailTransport,
  type MailTransportOptions,
  type OutgoingMail,
} from './transport.ts';

const mail: OutgoingMail = {
  to: 'ana@example.org',
  toName: 'Ana Ruiz',
  subject: 'Grüße aus dem Callcenter',
  text: 'Hello',
  html: '<p>Hello</p>',
  messageId: '<4f2k.acme@example.com>',
};
const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function open(
  server: TestMailServerOptions = {},
  transport: Partial<MailTransportOptions> = {},
): Promise<[TestMailServer, MailTransport]> {
  const mailServer = await startMailServer(server);
  opened.push(mailServer.close);
  return [mailServer, openTransport(mailServer.url, transport)];
}

function openTransport(smtpUrl: string, options: Partial<MailTransportOptions> = {}): MailTransport {
  const transport = createMailTransport({ smtpUrl, from: 'Rollcall <rollcall@example.com>', ...options });
  opened.push(transport.close);
  return transport;
}

describe('a mail that the server takes', () => {
  it('is accepted, with both parts, the given Message-ID and the marks that keep auto-replies away', async () => {
    const [server, transport] = await open();
    expect(await transport.send({ ...mail, fromName: 'Acme', replyTo: 'Maria <maria@example.org>' })).toEqual(
      {
        outcome: 'accepted',
        serverResponse: '250 OK: queued as 4A1B2C3D',
      },
    );
    const parsed = await simpleParser(server.mails[0]!.raw);
    expect(parsed.messageId).toBe(mail.messageId);
    expect(parsed.subject).toBe(mail.subject);
    expect(parsed.from?.text).toBe('"Acme" <rollcall@example.com>');
    expect(parsed.replyTo?.text).toBe('"Maria" <maria@example.org>');
    expect([parsed.text?.trim(), parsed.html]).toEqual(['Hello', '<p>Hello</p>']);
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
    expect(parsed.headers.get('x-auto-response-suppress')).not.toContain('All');
  });

  it('carries the return path for bounces and asks for reports that name it', async () => {
    const [server, transport] = await open({}, { bouncesTo: 'bounces@example.com' });
    await transport.send(mail);
    expect(server.mails[0]).toMatchObject({
      from: 'bounces@example.com',
      to: ['ana@example.org'],
      envelopeId: '4f2k.acme@example.com',
    });
  });

  it('has the same Message-ID on a second attempt', async () => {
    const [server, transport] = await open();
    await transport.send(mail);
    await transport.send(mail);
    const ids = await Promise.all(server.mails.map(async ({ raw }) => (await simpleParser(raw)).messageId));
    expect(ids).toEqual([mail.messageId, mail.messageId]);
  });

  it('is signed with DKIM where a key is configured', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const [server, transport] = await open(
      {},
      { dkim: { domain: 'example.com', selector: 'r1', privateKey: pem } },
    );
    await transport.send(mail);
    const unfolded = server.mails[0]!.raw.replace(/\r\n[ \t]+/g, ' ');
    expect(unfolded).toMatch(/^DKIM-Signature: v=1; a=rsa-sha256; .*d=example\.com; .*s=r1;/m);
  });
});

describe('the connection', () => {
  const credentials = { user: 'rollcall', pass: 'p@ss/word' };
  const encoded = `${credentials.user}:${encodeURIComponent(credentials.pass)}`;
  const selfSigned = '/?tls.rejectUnauthorized=false';

  it.each([
    ['TLS from the start', { secure: true, credentials }, true],
    ['STARTTLS', { starttls: true, credentials }, true],
    ['no TLS', { credentials }, false],
  ])('signs in over %s', async (_name, options, secure) => {
    const [server] = await open(options);
    const transport = openTransport(server.url.replace('://', `://${encoded}@`) + selfSigned);
    expect(await transport.verify()).toEqual({ ok: true });
    expect((await transport.send(mail)).outcome).toBe('accepted');
    expect(server.mails[0]).toMatchObject({ secure, user: 'rollcall' });
  });

  it('does not go on in the clear where TLS is required', async () => {
    const [server] = await open();
    const transport = openTransport(`${server.url}/?requireTLS=true`);
    expect(await transport.send(mail)).toMatchObject({ outcome: 'deferred', cause: 'setup' });
    expect(server.mails).toEqual([]);
  });

  it('does not trust a certificate that nobody vouches for', async () => {
    const [server, transport] = await open({ secure: true });
    expect(await transport.send(mail)).toMatchObject({
      outcome: 'deferred',
      cause: 'setup',
      words: expect.stringContaining('certificate'),
    });
    expect(server.mails).toEqual([]);
  });

  it('tells a wrong password from a recipient who does not exist', async () => {
    const [server] = await open({ credentials });
    const transport = openTransport(server.url.replace('://', '://rollcall:wrong@'));
    expect(await transport.send(mail)).toMatchObject({ outcome: 'deferred', cause: 'setup', code: 535 });
    expect(await transport.verify()).toMatchObject({
      ok: false,
      cause: 'setup',
      words: expect.stringContaining('535'),
    });
  });
});

describe('a mail that the server does not take', () => {
  it.each(['recipient', 'data'] as const)(
    'is refused for good by a 5xx at the %s, in the server’s words',
    async (at) => {
      const [server, transport] = await open();
      server.behave({ answer: 550, words: '5.1.1 No such user here', at });
      expect(await transport.send(mail)).toEqual({
        outcome: 'refused',
        permanent: true,
        code: 550,
        words: '550 5.1.1 No such user here',
      });
    },
  );

  it.each([
    ['a 451 at the recipient', { answer: 451, words: 'Greylisted', at: 'recipient' }, 'busy', 451],
    ['a 452 after the data', { answer: 452, words: 'Disk full', at: 'data' }, 'busy', 452],
    ['a 421 in greeting', { answer: 421, words: 'Too many connections', at: 'connect' }, 'busy', 421],
    ['a 553 for our sender', { answer: 553, words: 'Sender not owned', at: 'sender' }, 'setup', 553],
  ] as const)('is deferred by %s', async (_name, mood, cause, code) => {
    const [server, transport] = await open();
    server.behave(mood);
    expect(await transport.send(mail)).toMatchObject({
      outcome: 'deferred',
      cause,
      code,
      words: expect.stringContaining(mood.words),
    });
    server.behave('accept');
    expect((await transport.send(mail)).outcome).toBe('accepted');
  });

  it('is deferred while the server is down, and accepted once it is back', async () => {
    const [server, transport] = await open();
    expect((await transport.send(mail)).outcome).toBe('accepted');
    await server.down();
    expect(await transport.send(mail)).toMatchObject({
      outcome: 'deferred',
      cause: 'unreachable',
      code: null,
    });
    await server.up();
    expect((await transport.send(mail)).outcome).toBe('accepted');
  });

  it('is deferred by a server that says nothing', async () => {
    const [server, transport] = await open({}, { timeoutMs: 300 });
    server.behave('hang');
    expect(await transport.send(mail)).toMatchObject({ outcome: 'deferred', cause: 'unreachable' });
  });

  it('is deferred when the connection ends between the mail and the answer', async () => {
    const [server, transport] = await open();
    server.behave('drop');
    expect(await transport.send(mail)).toMatchObject({ outcome: 'deferred', cause: 'unreachable' });
    server.behave('accept');
    expect((await transport.send(mail)).outcome).toBe('accepted');
    expect(server.mails.every(({ raw }) => raw.includes(mail.messageId))).toBe(true);
  });
});

describe('somebody who tries to break out of a header', () => {
  const breakout = 'x\r\nBcc: evil@example.net\r\n\r\nbody\u2028y';

  it.each(['subject', 'toName', 'fromName'] as const)('cannot do it through %s', async (field) => {
    const [server, transport] = await open();
    await transport.send({ ...mail, [field]: breakout });
    const parsed = await simpleParser(server.mails[0]!.raw);
    expect(server.mails[0]!.to).toEqual(['ana@example.org']);
    expect(parsed.bcc).toBeUndefined();
    expect(parsed.headerLines.map(({ key }) => key)).not.toContain('bcc');
    expect(parsed.text?.trim()).toBe('Hello');
  });

  it.each([
    'ana@example.org, evil@example.net',
    'ana@example.org\r\nRCPT TO:<evil@example.net>',
    'Ana <ana@example.org>',
    'group: ana@example.org, evil@example.net;',
    '"a b"@example.org',
    '<ana@example.org>, evil@example.net',
    '',
  ])('cannot add a recipient through the address %j', async (to) => {
    const [server, transport] = await open();
    expect(await transport.send({ ...mail, to })).toMatchObject({ outcome: 'refused', code: null });
    expect(server.mails).toEqual([]);
  });

  it('cannot do it through the Message-ID', async () => {
    const [, transport] = await open();
    await expect(transport.send({ ...mail, messageId: '<a@b>\r\nBcc: evil@example.net' })).rejects.toThrow(
      'Message-ID',
    );
  });
});

describe('the options', () => {
  it.each([
    [{ from: 'nobody' }, 'MAIL_FROM'],
    [{ bouncesTo: 'a@b.c, d@e.f' }, 'bounces'],
    [{ smtpUrl: 'http://127.0.0.1' }, 'SMTP_URL'],
    [{ dkim: { domain: 'example.com', selector: 'r1', privateKey: 'x' } }, 'DKIM'],
  ])('%j are refused with the name of the setting', (options, name) => {
    expect(() => openTransport('smtp://127.0.0.1:1', options)).toThrow(name);
  });
});
