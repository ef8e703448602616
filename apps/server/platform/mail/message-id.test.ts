import { describe, expect, it } from 'vitest';
import { createMessageId, readMessageId } from './message-id.ts';

describe('a Message-ID', () => {
  it('can be read back, and no two are alike', () => {
    const of = { shard: '0f1e2d3c-aaaa-4bbb-8ccc-123456789abc', domain: 'example.com' };
    const id = createMessageId(of);
    expect(readMessageId(id)).toEqual({ ...of, random: expect.stringMatching(/^[0-9a-z]{26}$/) });
    expect(createMessageId(of)).not.toBe(id);
  });

  it.each([
    { shard: 'a b', domain: 'example.com' },
    { shard: '', domain: 'example.com' },
    { shard: 'a', domain: 'example.com>\r\nBcc: x@y' },
  ])('is not made of %j', (parts) => {
    expect(() => createMessageId(parts)).toThrow(TypeError);
  });

  it.each(['<abc@example.com>', 'x', '<CAD.aa+b@mail.gmail.com>'])(
    'of somebody else (%s) is not read',
    (id) => {
      expect(readMessageId(id)).toBeUndefined();
    },
  );
});
