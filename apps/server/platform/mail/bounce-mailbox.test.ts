import { afterEach, describe, expect, it, vi } from 'vitest';
import { startImapServer } from '../../test/imap-server.ts';
import { type BounceMailboxOptions, watchBounceMailbox } from './bounce-mailbox.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function open(options: Partial<BounceMailboxOptions> = {}) {
  const server = await startImapServer();
  opened.push(server.close);
  const got: string[] = [];
  const problems: string[] = [];
  const watch = () => {
    const mailbox = watchBounceMailbox({
      url: server.url,
      onMessage: async (raw) => void got.push(raw.toString()),
      onProblem: (problem) => problems.push(String(problem)),
      maxBytes: 1000,
      retryMs: 5,
      ...options,
    });
    opened.push(mailbox.stop);
    return mailbox;
  };
  return { server, got, problems, watch };
}

describe('the bounce mailbox', () => {
  it('hands over what is unseen, as it is, and marks it as seen', async () => {
    const { server, got, watch } = await open();
    const raw = 'Subject: one\r\n\r\nGrüße\r\n';
    server.deliver(raw);
    server.deliver('Subject: two\r\n\r\n');
    watch();
    await vi.waitFor(() => expect(server.seen()).toEqual([true, true]), 10_000);
    expect(got).toEqual([raw, 'Subject: two\r\n\r\n']);
  });

  it('hears of new mail while it waits', async () => {
    const { server, got, watch } = await open();
    watch();
    await vi.waitFor(() => expect(server.connections()).toBe(1), 10_000);
    for (const n of [1, 2, 3]) {
      server.deliver(`Subject: ${n}\r\n\r\n`);
      await vi.waitFor(() => expect(got).toHaveLength(n), 10_000);
    }
  }, 30_000);

  it('leaves a message unseen that could not be handled, goes on with the next and tries again', async () => {
    let failures = 1;
    const handled: string[] = [];
    const { server, problems, watch } = await open({
      pollMs: 20,
      onMessage: async (raw) => {
        if (raw.includes('bad') && failures-- > 0) throw new Error('the database is away');
        handled.push(raw.toString().slice(9, 12));
      },
    });
    server.deliver('Subject: bad\r\n\r\n');
    server.deliver('Subject: two\r\n\r\n');
    watch();
    await vi.waitFor(() => expect(server.seen()).toEqual([true, true]), 10_000);
    expect(handled).toEqual(['two', 'bad']);
    expect(problems).toEqual(['Error: the database is away']);
  });

  it('passes over a message that is too large', async () => {
    const { server, got, problems, watch } = await open();
    server.deliver(`Subject: huge\r\n\r\n${'x'.repeat(2000)}`);
    server.deliver('Subject: two\r\n\r\n');
    watch();
    await vi.waitFor(() => expect(server.seen()).toEqual([true, true]), 10_000);
    expect(got).toEqual(['Subject: two\r\n\r\n']);
    expect(problems).toEqual([expect.stringContaining('too large')]);
  });

  it('connects again after the server ended the connection', async () => {
    const { server, got, watch } = await open();
    server.deliver('Subject: one\r\n\r\n');
    watch();
    await vi.waitFor(() => expect(got).toHaveLength(1), 10_000);
    server.dropConnections();
    server.deliver('Subject: two\r\n\r\n');
    await vi.waitFor(() => expect(got).toHaveLength(2), 10_000);
    expect(server.connections()).toBeGreaterThan(1);
  });

  it('tells of a wrong password and keeps trying', async () => {
    const { server, problems } = await open();
    const url = server.url.replace('p%40ss', 'wrong');
    opened.push(
      watchBounceMailbox({
        url,
        onMessage: async () => {},
        onProblem: (p) => problems.push(String(p)),
        maxBytes: 1,
        retryMs: 1,
      }).stop,
    );
    await vi.waitFor(() => expect(problems.length).toBeGreaterThan(1), 10_000);
  });

  it('stops once the message in hand has been handled, and takes no other', async () => {
    const { promise: inHand, resolve: finish } = Promise.withResolvers<void>();
    const started = vi.fn();
    const handled = vi.fn();
    const { server, watch } = await open({
      onMessage: async () => {
        started();
        await inHand;
        handled();
      },
    });
    server.deliver('Subject: one\r\n\r\n');
    server.deliver('Subject: two\r\n\r\n');
    const mailbox = watch();
    await vi.waitFor(() => expect(started).toHaveBeenCalled(), 10_000);
    const stopped = mailbox.stop();
    expect(handled).not.toHaveBeenCalled();
    finish();
    await stopped;
    expect(handled).toHaveBeenCalledOnce();
    expect(started).toHaveBeenCalledOnce();
  });

  it.each(['https://a:b@host', 'imaps://host/INBOX', 'nonsense'])('is not opened by %s', (url) => {
    expect(() =>
      watchBounceMailbox({ url, onMessage: async () => {}, onProblem: () => {}, maxBytes: 1 }),
    ).toThrow('imaps://');
  });
});
