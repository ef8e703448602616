import { describe, expect, test } from 'vitest';
import { type TestUser, useHarness } from '../../test/harness.ts';

const harness = useHarness();

describe('PUT /users/:id/role', () => {
  const setRole = (by: TestUser, id: string, role: string, reason?: string) =>
    by.request('PUT', `/api/v1/users/${id}/role`, { role, ...(reason ? { reason } : {}) });

  test('replaces the role, with the reason where the organization requires one', async () => {
    const { administrator, addUser, context, id } = await harness.createOrganization();
    const agent = await addUser();
    expect((await setRole(administrator, agent.id, 'administrator')).json().roles).toMatchObject([
      { key: 'administrator' },
    ]);
    await context(({ tx }) =>
      tx.updateTable('organizations').set({ reason_required: true }).where('id', '=', id).execute(),
    );
    expect((await setRole(administrator, agent.id, 'agent')).json().code).toBe('reason_required');
    expect((await setRole(administrator, agent.id, 'agent', 'HD-42')).json().roles).toMatchObject([
      { key: 'agent' },
    ]);
    const events = await context(({ tx }) =>
      tx
        .selectFrom('audit_events')
        .select('action')
        .where('target_id', '=', agent.id)
        .orderBy('id')
        .execute(),
    );
    expect(events.map(({ action }) => action).filter((action) => action.startsWith('role.'))).toEqual([
      'role.assigned',
      'role.removed',
      'role.assigned',
      'role.removed',
    ]);
  });

  test('leaves no organization without an administrator: not by oneself, not by two at once', async () => {
    const { administrator, addUser } = await harness.createOrganization();
    expect((await setRole(administrator, administrator.id, 'agent')).json().code).toBe('last_administrator');
    const second = await addUser({ role: 'administrator' });
    for (let round = 0; round < 15; round++) {
      const responses = await Promise.all([
        setRole(administrator, second.id, 'agent'),
        setRole(second, administrator.id, 'agent'),
      ]);
      const codes = responses.map((response) => response.statusCode);
      expect(codes.filter((code) => code === 200)).toHaveLength(1);
      const [remaining, demoted] = codes[0] === 200 ? [administrator, second] : [second, administrator];
      expect((await setRole(remaining, demoted.id, 'administrator')).statusCode).toBe(200);
    }
  });

  test('refuses a role of another organization', async () => {
    const { administrator, addUser } = await harness.createOrganization();
    const other = await harness.createOrganization();
    const agent = await addUser();
    const response = await setRole(administrator, agent.id, other.roles.administrator);
    expect(response.json()).toMatchObject({ code: 'invalid_input', errors: [{ field: 'role' }] });
  });
});
