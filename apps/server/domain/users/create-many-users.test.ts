import { describe, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { useHarness } from '../../test/harness.ts';
import { createUsers } from './create-users.ts';

const harness = useHarness();
const ada = (over: object = {}) => ({
  firstName: 'Grace',
  lastName: 'Hopper',
  email: `grace${newId()}@example.com`,
  role: 'agent',
  invite: false,
  ...over,
});

describe('at the same time', () => {
  test('two with one sign-in name: one is added, the other is told', async () => {
    const { administrator } = await harness.createOrganization();
    for (let round = 0; round < 10; round++) {
      const name = `round${round}@example.com`;
      const responses = await Promise.all(
        [name, name.toUpperCase()].map((signInName) =>
          administrator.request('POST', '/api/v1/users', ada({ signInName })),
        ),
      );
      expect(responses.map((response) => response.statusCode).sort()).toEqual([201, 409]);
    }
  });

  test('fifty who take any extension, and ten who choose one of the same: all different, none refused for the pool', async () => {
    const { administrator, context } = await harness.createOrganization();
    const responses = await Promise.all([
      ...Array.from({ length: 50 }, () => administrator.request('POST', '/api/v1/users', ada())),
      ...Array.from({ length: 10 }, (_, i) =>
        administrator.request('POST', '/api/v1/users', ada({ extension: String(1010 + i) })),
      ),
    ]);
    const automatic = responses.slice(0, 50);
    expect(automatic.map((response) => response.statusCode)).toEqual(Array(50).fill(201));
    const chosen = responses.slice(50).filter((response) => response.statusCode === 201);
    const extensions = [...automatic, ...chosen].map((response) => response.json().extension);
    expect(extensions.every(Boolean)).toBe(true);
    expect(new Set(extensions).size).toBe(extensions.length);
    const stale = await context(async ({ tx }) =>
      tx
        .selectFrom('free_extensions as f')
        .innerJoin('users as u', (join) =>
          join.on((eb) => eb(eb.cast<string>('f.extension', 'text'), '=', eb.ref('u.extension'))),
        )
        .select('f.extension')
        .execute(),
    );
    expect(stale.length).toBeLessThanOrEqual(10);
    const more = await Promise.all(
      Array.from({ length: 20 }, () => administrator.request('POST', '/api/v1/users', ada())),
    );
    const all = [...extensions, ...more.map((response) => response.json().extension)];
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('the pool of extensions', () => {
  test('gives none, with a warning, when the range is exhausted; a new range gives again', async () => {
    const { administrator, context, id } = await harness.createOrganization();
    const setRange = (from: number, to: number) =>
      context(({ tx }) =>
        tx
          .updateTable('organizations')
          .set({ extension_from: from, extension_to: to })
          .where('id', '=', id)
          .execute(),
      );
    await setRange(2000, 2001);
    const four = [];
    for (let i = 0; i < 4; i++)
      four.push((await administrator.request('POST', '/api/v1/users', ada())).json());
    expect(four.map((user) => user.extension)).toEqual(['2000', '2001', null, null]);
    expect(four[3].warnings).toMatchObject([{ code: 'no_free_extension' }]);
    await setRange(2000, 2003);
    const next = await administrator.request('POST', '/api/v1/users', ada());
    expect(next.json().extension).toBe('2002');
  });

  test('takes no number that stays unused: a refused agent costs none', async () => {
    const { administrator } = await harness.createOrganization();
    await administrator.request('POST', '/api/v1/users', ada({ email: 'one@example.com' }));
    await administrator.request('POST', '/api/v1/users', ada({ email: 'one@example.com' }));
    const next = await administrator.request('POST', '/api/v1/users', ada());
    expect(next.json().extension).toBe('1001');
  });
});

test('a set of 5,000 is a handful of statements, and each row has its own outcome', async () => {
  const { context } = await harness.createOrganization();
  const inputs = Array.from({ length: 5000 }, (_, i) => ({
    firstName: 'Row',
    lastName: String(i),
    // Every hundredth repeats the one before it.
    email: `row${i % 100 === 99 ? i - 1 : i}@example.com`,
    role: 'agent' as const,
    invite: false,
  }));
  let statements = 0;
  const outcomes = await context(async (ctx) => {
    const tx = ctx.tx.withPlugin({
      transformQuery: ({ node }) => {
        statements++;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    return createUsers({ ...ctx, tx }, inputs);
  });
  expect(statements).toBeLessThan(15);
  const refused = outcomes.flatMap((outcome, i) => (outcome.ok ? [] : [[i % 100, outcome.error.code]]));
  expect(refused).toEqual(Array(50).fill([99, 'duplicate_sign_in_name']));
  const extensions = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.user.extension] : []));
  expect(new Set(extensions).size).toBe(4950);
  expect(extensions).not.toContain(null);
});
