import { expect, test } from 'vitest';
import { useHarness } from '../../test/harness.ts';

const harness = useHarness();

test('shows people by status, recent changes and what should be mended', async () => {
  const { administrator, addUser } = await harness.createOrganization();
  const agent = await addUser();
  await agent.request('PUT', '/api/v1/me/availability', { availability: 'online' });
  const body = { firstName: 'Grace', lastName: 'Hopper', email: 'grace@example.com', role: 'agent' };
  await administrator.request('POST', '/api/v1/users', body);
  const response = await administrator.request('GET', '/api/v1/home');
  expect(response.statusCode).toBe(200);
  const home = response.json();
  expect(home.people).toEqual({ scheduled: 0, invited: 1, active: 2, inactive: 0, online: 1, away: 0 });
  expect(home.recentChanges.map(({ action }: { action: string }) => action)).toEqual(
    expect.arrayContaining(['user.created', 'invitation.created', 'organization.created']),
  );
  expect(home.warnings.map(({ code }: { code: string }) => code)).toContain('only_one_administrator');
});

test('names the invitations that are stuck, and why', async () => {
  const { administrator, context, id } = await harness.createOrganization();
  const body = { firstName: 'Grace', lastName: 'Hopper', email: 'gone@example.com', role: 'agent' };
  const user = (await administrator.request('POST', '/api/v1/users', body)).json();
  await context(({ tx, now }) =>
    tx
      .updateTable('invitations')
      .set({ state: 'refused', refused_at: now, words: '550 No such user' })
      .where('organization_id', '=', id)
      .execute(),
  );
  const { stuckInvitations } = (await administrator.request('GET', '/api/v1/home')).json();
  expect(stuckInvitations).toMatchObject({
    count: 1,
    items: [
      { userId: user.id, name: 'Grace Hopper', state: 'refused', reason: expect.stringContaining('550') },
    ],
  });
});

test('shows an agent nothing of it, and asks for a session', async () => {
  const { addUser } = await harness.createOrganization();
  const agent = await addUser();
  expect((await agent.request('GET', '/api/v1/home')).json()).toEqual({
    people: null,
    stuckInvitations: null,
    recentChanges: null,
    warnings: [],
  });
  expect((await harness.inject({ url: '/api/v1/home' })).statusCode).toBe(401);
});
