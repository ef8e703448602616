import { describe, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { useHarness } from '../../test/harness.ts';

const harness = useHarness();
const ada = (over: object = {}) => ({
  firstName: 'Grace',
  lastName: 'Hopper',
  email: `grace${newId()}@example.com`,
  role: 'agent',
  invite: false,
  ...over,
});

describe('POST /users', () => {
  test('adds an agent who has yet to accept, with the lowest free extension, and tells the audit', async () => {
    const { administrator, context } = await harness.createOrganization();
    const first = await administrator.request('POST', '/api/v1/users', ada({ email: 'Grace@Example.COM' }));
    expect(first.statusCode).toBe(201);
    expect(first.headers.location).toBe(`/api/v1/users/${first.json().id}`);
    expect(first.json()).toMatchObject({
      status: 'invited',
      extension: '1000',
      signInName: 'Grace@example.com',
      warnings: [],
    });
    const second = await administrator.request('POST', '/api/v1/users', ada());
    expect(second.json().extension).toBe('1001');
    const profile = await administrator.request('GET', first.headers.location as string);
    expect(profile.json()).toMatchObject({ roles: [{ key: 'agent' }], hasPassword: false });
    const actions = await context(async ({ tx }) =>
      tx.selectFrom('audit_events').select('action').where('target_id', '=', first.json().id).execute(),
    );
    expect(actions).toEqual([{ action: 'user.created' }]);
  });

  test('sets all that it is given', async () => {
    const { administrator, addUser, context, id } = await harness.createOrganization();
    const lead = await addUser({ firstName: 'Lena', lastName: 'Lead' });
    const groupId = newId();
    const numberId = newId();
    await context(async ({ tx }) => {
      await tx.insertInto('groups').values({ organization_id: id, id: groupId, name: 'Sales' }).execute();
      await tx
        .insertInto('numbers')
        .values({ organization_id: id, id: numberId, e164: '+4930901820' })
        .execute();
    });
    const given = {
      extension: '2040',
      phoneNumbers: ['+4930901821'],
      department: 'Sales',
      title: 'Agent',
      site: 'Berlin',
      costCenter: '4711',
      customFields: { shirt: 'M' },
      locale: 'de',
      timeZone: 'Europe/Berlin',
      externalId: 'hr-1',
      startDate: '2099-01-01',
      lastDay: '2099-12-31',
    };
    const response = await administrator.request(
      'POST',
      '/api/v1/users',
      ada({
        ...given,
        groupIds: [groupId],
        numberIds: [numberId],
        defaultNumberId: numberId,
        managerId: lead.id,
      }),
    );
    expect(response.json()).toMatchObject({ status: 'scheduled', extension: '2040' });
    const profile = await administrator.request('GET', `/api/v1/users/${response.json().id}`);
    expect(profile.json()).toMatchObject({
      ...given,
      groups: [{ id: groupId, name: 'Sales' }],
      numbers: [{ id: numberId, e164: '+4930901820' }],
      defaultNumber: { id: numberId },
      manager: { id: lead.id, name: 'Lena Lead' },
    });
    const again = await administrator.request('POST', '/api/v1/users', ada({ numberIds: [numberId] }));
    expect(again.statusCode).toBe(409);
    expect(again.json()).toMatchObject({ code: 'number_in_use', errors: [{ field: 'numberIds' }] });
  });

  test.each([
    ['a malformed e-mail', { email: 'grace@' }, 'email'],
    ['an unknown field', { nick: 'G' }, 'nick'],
    ['a role that is none', { role: 'boss' }, 'role'],
    ['no role', { role: undefined }, 'role'],
    ['an extension of letters', { extension: '12a' }, 'extension'],
    ['an extension out of range', { extension: '999' }, 'extension'],
    ['a phone number that does not exist', { phoneNumbers: ['+49123'] }, 'phoneNumbers.0'],
    ['a day that does not exist', { startDate: '2027-02-30' }, 'startDate'],
    ['a last day in the past', { lastDay: '2020-01-01' }, 'lastDay'],
    ['a last day before the start', { startDate: '2099-02-01', lastDay: '2099-01-01' }, 'lastDay'],
  ])('refuses %s and names the field', async (_, over, field) => {
    const { administrator } = await harness.createOrganization();
    const response = await administrator.request('POST', '/api/v1/users', ada(over));
    expect(response.statusCode).toBe(422);
    expect(response.json().errors.map((error: { field: string }) => error.field)).toContain(field);
  });

  test('refuses what is of another organization like what is not there', async () => {
    const { administrator } = await harness.createOrganization('One');
    const other = await harness.createOrganization('Two');
    const groupId = newId();
    const numberId = newId();
    await other.context(async ({ tx }) => {
      const org = other.id;
      await tx.insertInto('groups').values({ organization_id: org, id: groupId, name: 'Sales' }).execute();
      await tx
        .insertInto('numbers')
        .values({ organization_id: org, id: numberId, e164: '+4930901820' })
        .execute();
    });
    const crossings: [string, object][] = [
      ['role', { role: other.roles.administrator }],
      ['groupIds', { groupIds: [groupId] }],
      ['managerId', { managerId: other.administrator.id }],
      ['numberIds', { numberIds: [numberId] }],
      ['defaultNumberId', { defaultNumberId: numberId }],
      ['copyFrom', { copyFrom: other.administrator.id }],
    ];
    for (const [field, over] of crossings) {
      const response = await administrator.request('POST', '/api/v1/users', ada(over));
      expect(response.statusCode, field).toBe(422);
      expect(response.json().errors[0].field).toBe(field);
    }
  });

  test('asks for a session, and for the right to add agents', async () => {
    const { addUser } = await harness.createOrganization();
    const agent = await addUser();
    expect((await agent.request('POST', '/api/v1/users', ada())).statusCode).toBe(403);
    const signedOut = await harness.inject({ method: 'POST', url: '/api/v1/users', payload: ada() });
    expect(signedOut.statusCode).toBe(401);
  });

  test.each([
    ['another letter case', 'GRACE.HOPPER@EXAMPLE.COM'],
    ['full-width letters', 'ｇｒａｃｅ.hopper@example.com'],
    ['an invisible character', 'grace.hop\u00ADper@example.com'],
  ])('knows a sign-in name again in %s', async (_, signInName) => {
    const { administrator } = await harness.createOrganization();
    await administrator.request('POST', '/api/v1/users', ada({ email: 'grace.hopper@example.com' }));
    const response = await administrator.request('POST', '/api/v1/users', ada({ signInName }));
    expect(response.statusCode).toBe(409);
    expect(response.json()).toMatchObject({
      code: 'duplicate_sign_in_name',
      errors: [{ field: 'signInName', remedy: expect.stringContaining('Choose another') }],
    });
  });

  test('warns of an e-mail address that somebody has already, and adds the agent', async () => {
    const { administrator } = await harness.createOrganization();
    await administrator.request('POST', '/api/v1/users', ada({ email: 'desk@example.com' }));
    const response = await administrator.request(
      'POST',
      '/api/v1/users',
      ada({ email: 'Desk@example.com', signInName: 'second' }),
    );
    expect(response.statusCode).toBe(201);
    expect(response.json().warnings).toMatchObject([
      { code: 'email_shared', message: expect.stringContaining('Grace Hopper') },
    ]);
  });

  test('names who has a taken extension', async () => {
    const { administrator } = await harness.createOrganization();
    await administrator.request('POST', '/api/v1/users', ada({ extension: '1500' }));
    const response = await administrator.request('POST', '/api/v1/users', ada({ extension: '1500' }));
    expect(response.statusCode).toBe(409);
    expect(response.json()).toMatchObject({
      code: 'extension_taken',
      detail: 'The extension 1500 is taken by Grace Hopper. Choose another or leave it empty.',
    });
  });

  test('copies the settings of another agent, but never makes an administrator by it', async () => {
    const { administrator, context, id } = await harness.createOrganization();
    const groupId = newId();
    await context(async ({ tx }) => {
      await tx.insertInto('groups').values({ organization_id: id, id: groupId, name: 'Sales' }).execute();
    });
    const source = await administrator.request(
      'POST',
      '/api/v1/users',
      ada({
        role: 'administrator',
        groupIds: [groupId],
        site: 'Oslo',
        department: 'Care',
        timeZone: 'Europe/Oslo',
      }),
    );
    const copy = await administrator.request(
      'POST',
      '/api/v1/users',
      ada({ role: undefined, copyFrom: source.json().id, department: null }),
    );
    expect(copy.json().warnings).toMatchObject([{ code: 'administrator_not_copied' }]);
    const profile = await administrator.request('GET', `/api/v1/users/${copy.json().id}`);
    expect(profile.json()).toMatchObject({
      roles: [{ key: 'agent' }],
      groups: [{ id: groupId }],
      site: 'Oslo',
      department: null,
      timeZone: 'Europe/Oslo',
    });
  });
});
