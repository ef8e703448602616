import { expect, test } from 'vitest';
import { issueSecret } from '../../platform/secrets.ts';
import { password, publicUrl, useHarness } from '../../test/harness.ts';
import { appendAuditEvents } from './append-audit-events.ts';

const harness = useHarness();
const nextPassword = 'another long password 43';

/** Everything in the two audit tables, as one text. */
async function readAll(): Promise<string> {
  const { rows } = await harness.deps.db.pool.query(
    'select to_jsonb(e)::text || d.payload::text as text from audit_events e join audit_details d on d.event_id = e.id',
  );
  return rows.map((row) => row.text).join('\n');
}

test('a day of work leaves no secret in the audit', async () => {
  const { administrator } = await harness.createOrganization();
  const send = async (url: string, payload?: object, method: 'POST' | 'PATCH' = 'POST') => {
    const response = await administrator.request(method, `/api/v1/${url}`, payload);
    expect(response.statusCode, `${url} ${response.body}`).toBeLessThan(300);
    return response.body === '' ? undefined : response.json();
  };
  const signIn = (secret: string) =>
    harness.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { origin: publicUrl },
      payload: { signInName: administrator.signInName, password: secret },
    });
  expect((await signIn(password)).statusCode).toBe(200);
  expect((await signIn('a wrong password 44')).statusCode).toBe(401);
  const expiresAt = new Date(harness.clock.now.getTime() + 86_400_000).toISOString();
  const key = await send('api-keys', { name: 'Key', permissions: ['users:read'], expiresAt });
  const webhook = await send('webhooks', { name: 'Hook', url: 'https://1.1.1.1/path-secret', actions: [] });
  const rotated = await send(`webhooks/${webhook.id}/rotate-secret`);
  const user = await send('users', {
    firstName: 'Eva',
    lastName: 'Neu',
    email: 'eva@example.com',
    role: 'agent',
  });
  const { link } = await send(`users/${user.id}/invitation/link`);
  await send('password-resets', { signInName: administrator.signInName });
  await send('me/email', { email: 'new@example.com', currentPassword: password });
  await send('me/password', { currentPassword: password, newPassword: nextPassword });
  const text = await readAll();
  expect(text).toContain('api_key.created');
  expect(text).toContain('password.changed');
  for (const secret of [
    key.secret,
    webhook.secret,
    rotated.secret,
    'path-secret',
    new URL(link).hash.slice('#token='.length),
    password,
    nextPassword,
    'a wrong password 44',
    administrator.cookie.split('=')[1],
  ])
    expect(text).not.toContain(secret);
  expect(text).not.toMatch(/rc[a-z]_[\w-]{30}|whsec_|\$argon2/);
});

test('a secret that somebody passes or pastes is taken out before it is kept', async () => {
  const organization = await harness.createOrganization();
  const { secret } = issueSecret('rck', organization.id);
  await organization.context((ctx) =>
    appendAuditEvents({ ...ctx, reason: `see ${secret}` }, [
      {
        action: 'user.updated',
        target: { kind: 'user', id: null, name: secret },
        before: { hash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA' },
        after: { deep: [{ secret: `whsec_${'a'.repeat(43)}=` }] },
      },
    ]),
  );
  const text = await readAll();
  expect(text).not.toContain(secret);
  expect(text).not.toMatch(/argon2|whsec_a/);
  expect(text).toContain('see [secret removed]');
});
