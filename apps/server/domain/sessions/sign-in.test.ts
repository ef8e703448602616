import { expect, test } from 'vitest';
import { password, publicUrl, useHarness } from '../../test/harness.ts';

const harness = useHarness();

function signIn(signInName: string, secret = password, headers: Record<string, string> = {}) {
  return harness.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { signInName, password: secret },
    headers: { origin: publicUrl, ...headers },
  });
}

const cookieOf = (response: { cookies: { name: string; value: string }[] }) =>
  response.cookies
    .filter(({ value }) => value !== '')
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');

const me = (cookie: string) => harness.inject({ url: '/api/v1/me', headers: { cookie } });

test('signs in by a name in any letter case, and tells the audit who did', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const response = await signIn(` ${administrator.signInName.toUpperCase()} `);
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual({
    organizations: [{ id: organization.id, name: 'Nordwind Calls', current: true }],
  });
  expect((await me(cookieOf(response))).json()).toMatchObject({ email: administrator.signInName });
  const events = await organization.context(({ tx }) =>
    tx
      .selectFrom('audit_events')
      .selectAll()
      .where('action', '=', 'session.started')
      .where('actor_kind', '=', 'user')
      .execute(),
  );
  expect(events.map((event) => event.actor_id)).toEqual([administrator.id]);
});
