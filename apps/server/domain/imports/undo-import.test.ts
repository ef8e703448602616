import { expect, test } from 'vitest';
import { useHarness } from '../../test/harness.ts';
import { importOf } from '../../test/import-file.ts';
import { undoImport } from './undo-import.ts';

const harness = useHarness();

test('undoing withdraws whom nobody has seen yet, leaves and names who has accepted, and puts back what nobody changed', async () => {
  const organization = await harness.createOrganization();
  const { administrator, addUser } = organization;
  await administrator.request('POST', '/api/v1/groups', { name: 'Support', ringStrategy: 'random' });
  const changed = await addUser({ signInName: 'changed@example.com', lastName: 'Before' });
  const touched = await addUser({ signInName: 'touched@example.com', lastName: 'Before' });
  const gone = await addUser({ signInName: 'gone@example.com' });
  const file = importOf(harness, administrator);
  await file.upload(
    'firstName,lastName,email,groups,department,status\r\n' +
      'New,Comer,new@example.com,Support,,\r\n' +
      'Has,Accepted,accepted@example.com,Support,,\r\n' +
      ',After,changed@example.com,Support,Engines,\r\n' +
      ',After,touched@example.com,,Engines,\r\n' +
      ',,gone@example.com,,,inactive\r\n',
    { status: 'deactivate' },
  );
  await file.preview();
  const applied = await file.apply({ confirmDeactivations: 1 });
  expect(applied.applied).toEqual({ done: 5, refused: 0 });
  const [newcomer, accepted] = await file.rows();
  await organization.context(({ tx, now }) =>
    tx
      .updateTable('users')
      .set({ status: 'active', accepted_at: now.toISOString() })
      .where('organization_id', '=', organization.id)
      .where('id', '=', accepted!.userId!)
      .execute(),
  );
  const version = (await administrator.request('GET', `/api/v1/users/${touched.id}`)).headers.etag as string;
  await administrator.request(
    'PATCH',
    `/api/v1/users/${touched.id}`,
    { department: 'Poetry' },
    { 'if-match': version },
  );
  expect((await file.request('GET', '/undo/preview')).json()).toEqual({
    possible: true,
    withdrawn: 1,
    restored: 2,
    reactivated: 1,
    staysCount: 1,
    stays: [{ id: accepted!.userId, name: 'Has Accepted', why: 'accepted' }],
  });
  const undone = await file.undo();
  expect(undone).toMatchObject({ state: 'undone', undone: { undone: 4, left: 1 } });
  const rows = await file.rows();
  expect(rows.map(({ outcome }) => outcome)).toEqual(['undone', 'left', 'undone', 'undone', 'undone']);
  expect(rows[1]!.undoNote).toContain('Has Accepted has accepted');
  expect(rows[3]!.undoNote).toContain('department');
  const profile = async (id: string) => (await administrator.request('GET', `/api/v1/users/${id}`)).json();
  expect(await profile(changed.id)).toMatchObject({ lastName: 'Before', department: null, groups: [] });
  expect(await profile(touched.id)).toMatchObject({ lastName: 'Before', department: 'Poetry' });
  expect(await profile(gone.id)).toMatchObject({ status: 'active' });
  expect(await profile(accepted!.userId!)).toMatchObject({ status: 'active', groups: [{ name: 'Support' }] });
  expect((await administrator.request('GET', `/api/v1/users/${newcomer!.userId}`)).statusCode).toBe(404);
  const left = await organization.context(async ({ tx }) => ({
    invitations: await tx
      .selectFrom('invitations')
      .select('state')
      .where('user_id', '=', newcomer!.userId!)
      .execute(),
    history: await tx
      .selectFrom('user_history')
      .select('valid_to')
      .where('user_id', '=', newcomer!.userId!)
      .execute(),
    audit: await tx
      .selectFrom('audit_events')
      .select('action')
      .where('target_id', '=', newcomer!.userId!)
      .execute(),
  }));
  expect(left.invitations).toEqual([{ state: 'revoked' }]);
  expect(left.history).toHaveLength(1);
  expect(left.audit.map(({ action }) => action)).toContain('user.withdrawn');
  const again = importOf(harness, administrator);
  await again.upload('firstName,lastName,email\r\nNew,Comer,new@example.com\r\n');
  expect((await again.preview()).counts).toMatchObject({ create: 1 });
});

test('after 24 hours, or before anything was applied, there is nothing to undo', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const file = importOf(harness, administrator);
  await file.upload('firstName,lastName,email\r\nNew,Comer,new@example.com\r\n');
  expect((await file.request('POST', '/undo', {})).json()).toMatchObject({
    status: 409,
    code: 'wrong_status',
  });
  await file.preview();
  await file.apply();
  harness.clock.now = new Date(harness.clock.now.getTime() + 25 * 3_600_000);
  // Past the idle limit of every session, so not over HTTP.
  const late = organization.context((ctx) => undoImport(ctx, file.id));
  await expect(late).rejects.toMatchObject({
    code: 'undo_expired',
    detail: expect.stringContaining('24 hours'),
  });
});
