import { describe, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { type TestUser, useHarness } from '../../test/harness.ts';

const harness = useHarness();

describe('“Why can’t this person sign in?”', () => {
  const diagnose = async (by: TestUser, id: string) =>
    (await by.request('GET', `/api/v1/users/${id}/sign-in-diagnosis`)).json();
  const codesOf = (diagnosis: { findings: { code: string }[] }) => diagnosis.findings.map(({ code }) => code);

  test('names what stands in the way, and what to do', async () => {
    const { administrator, addUser, context, id } = await harness.createOrganization();
    const add = async (over: object = {}) => {
      const person = {
        firstName: 'Grace',
        lastName: 'Hopper',
        email: `${newId()}@example.com`,
        role: 'agent',
      };
      return (await administrator.request('POST', '/api/v1/users', { ...person, ...over })).json() as {
        id: string;
      };
    };
    expect(await diagnose(administrator, administrator.id)).toMatchObject({
      canSignIn: true,
      findings: [{ code: 'ready', blocking: false }],
    });
    const invited = await add();
    expect(await diagnose(administrator, invited.id)).toMatchObject({
      canSignIn: false,
      findings: [{ code: 'invitation_queued', blocking: true, remedy: expect.any(String) }],
    });
    expect(codesOf(await diagnose(administrator, (await add({ invite: false })).id))).toEqual([
      'not_invited',
    ]);
    expect(codesOf(await diagnose(administrator, (await add({ startDate: '2099-01-01' })).id))).toEqual([
      'scheduled',
    ]);
    const agent = await addUser();
    await context(({ tx }) =>
      tx
        .deleteFrom('user_credentials')
        .where('organization_id', '=', id)
        .where('user_id', '=', agent.id)
        .execute(),
    );
    expect(codesOf(await diagnose(administrator, agent.id))).toEqual(['no_password']);
  });

  test('knows of too many attempts', async () => {
    const { administrator, addUser } = await harness.createOrganization();
    const agent = await addUser();
    for (let i = 0; i < 6; i++) {
      await harness.inject({
        method: 'POST',
        url: '/api/v1/session',
        payload: { signInName: agent.signInName, password: 'wrong' },
      });
    }
    const diagnosis = await diagnose(administrator, agent.id);
    expect(diagnosis.canSignIn).toBe(false);
    expect(codesOf(diagnosis)).toEqual(['too_many_attempts', 'refused']);
  });
});
