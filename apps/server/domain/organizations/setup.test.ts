import { expect, test } from 'vitest';
import {
  createFirstOrganization,
  createFurtherOrganization,
  issueSetUpLink,
} from '../../edge/set-up-installation.ts';
import { publicUrl, useHarness } from '../../test/harness.ts';

const harness = useHarness();
const fresh = useHarness();

const input = {
  organizationName: 'Nordwind Calls',
  firstName: 'Ada',
  lastName: 'Lovelace',
  email: 'Ada@Example.com',
  password: 'seven green kettles whistle',
};

const setUp = (body: object) =>
  harness.inject({
    method: 'POST',
    url: '/api/v1/setup',
    payload: { ...input, ...body },
    headers: { origin: publicUrl },
  });

test('sets up once, by the printed link alone, of two at once one', async () => {
  expect((await harness.inject({ url: '/api/v1/setup' })).json()).toEqual({ open: true });
  const link = await issueSetUpLink(harness.deps);
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:3000\/setup#token=rcl_/);
  const token = link!.split('token=')[1]!;

  const forged = `${token.slice(0, -4)}AAAA`;
  expect((await setUp({ token: forged })).json()).toMatchObject({ code: 'link_not_valid' });
  expect((await setUp({ token: 'nothing' })).statusCode).toBe(410);
  const weak = await setUp({ token, password: 'nordwind calls ada' });
  expect(weak.json()).toMatchObject({ code: 'weak_password', errors: [{ field: 'password' }] });
  const foreign = await harness.inject({
    method: 'POST',
    url: '/api/v1/setup',
    payload: { ...input, token },
    headers: { origin: 'https://evil.example' },
  });
  expect(foreign.json()).toMatchObject({ code: 'cross_site_request' });

  const second = (await issueSetUpLink(harness.deps))!.split('token=')[1]!;
  const answers = await Promise.all([setUp({ token }), setUp({ token: second }), setUp({ token })]);
  expect(answers.map((answer) => answer.statusCode).sort()).toEqual([201, 409, 409]);
  const done = answers.find((answer) => answer.statusCode === 201)!;
  const cookie = done.cookies
    .map(({ name, value }) => `${name}=${value}`)
    .find((one) => one.includes('rcs_'))!;
  const me = (await harness.inject({ url: '/api/v1/me', headers: { cookie } })).json();
  expect(me).toMatchObject({ email: 'Ada@example.com', organization: { name: 'Nordwind Calls' } });
  expect(me.abilities).toContain('users:create');

  expect((await harness.inject({ url: '/api/v1/setup' })).json()).toEqual({ open: false });
  expect((await setUp({ token: second })).json()).toMatchObject({ code: 'already_set_up' });
  expect(await issueSetUpLink(harness.deps)).toBeNull();
  await expect(
    createFirstOrganization(harness.deps, { name: 'Two', email: 'a@example.com', password: input.password }),
  ).rejects.toMatchObject({ code: 'already_set_up' });
});

test('the operator makes the first organization without a link, once, also of two at once', async () => {
  const { deps } = fresh;
  const wanted = {
    name: 'Südwind',
    email: 'grace@example.com',
    password: input.password,
    timeZone: 'Europe/Berlin',
  };
  const outcomes = await Promise.allSettled([1, 2].map(() => createFirstOrganization(deps, wanted)));
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
  const signedIn = await fresh.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { signInName: 'Grace@EXAMPLE.com', password: input.password },
  });
  expect(signedIn.json().organizations).toMatchObject([{ name: 'Südwind' }]);
  const weak = { ...wanted, name: 'Another', password: 'passwordpassword' };
  await expect(createFurtherOrganization(deps, weak)).rejects.toMatchObject({ code: 'weak_password' });
  await createFurtherOrganization(deps, { ...wanted, name: 'Another' });
});
