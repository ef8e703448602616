import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type TestOrganization, useHarness } from '../../test/harness.ts';
import { importOf } from '../../test/import-file.ts';

const harness = useHarness();
const columns = [
  'email',
  'firstName',
  'lastName',
  'role',
  'groups',
  'extension',
  'department',
  'manager',
  'externalId',
  'status',
];

const maybe = (...values: string[]) => fc.constantFrom('', '', ...values);
/** Rows that repeat, contradict and miss each other more often than any real file's. */
const row = fc.tuple(
  fc.constantFrom(
    'a@example.com',
    'B@example.com',
    'b@example.com',
    'c@example.com',
    'd@example.com',
    'e@example.com',
    'no address',
    '',
  ),
  maybe('Ada', 'Bo', '=formula'),
  maybe('Lovelace', 'Babbage'),
  maybe('Agent', 'Administrator', 'Emperor'),
  maybe('Support', 'Sales', 'Support; Sales', 'Nowhere'),
  maybe('1000', '1001', '1002', '77777'),
  maybe('Engines', 'Poetry'),
  maybe('a@example.com', 'd@example.com', 'nobody@example.com'),
  maybe('x1', 'x2'),
  maybe('active', 'inactive', 'who knows'),
);
const file = fc.array(row, { minLength: 1, maxLength: 12 });
const options = fc.record({
  mode: fc.constantFrom('create', 'create_and_change'),
  status: fc.constantFrom('ignore', 'deactivate'),
  missing: fc.constantFrom('keep', 'keep', 'deactivate'),
  groups: fc.constantFrom('add', 'replace'),
});

/** Everything about people that an import can touch, by sign-in name. */
async function snapshot(organization: TestOrganization): Promise<Record<string, object>> {
  const profiles: Record<string, object> = {};
  const { items } = (await organization.administrator.request('GET', '/api/v1/users?limit=200')).json();
  for (const { id } of items) {
    const profile = (await organization.administrator.request('GET', `/api/v1/users/${id}`)).json();
    const {
      firstName,
      lastName,
      email,
      signInName,
      status,
      extension,
      department,
      externalId,
      customFields,
    } = profile;
    const manager = profile.manager?.name ?? null;
    const roles = profile.roles.map(({ name }: { name: string }) => name).sort();
    const groups = profile.groups.map(({ name }: { name: string }) => name).sort();
    profiles[id] = {
      firstName,
      lastName,
      email,
      signInName,
      status,
      extension,
      department,
      externalId,
      customFields,
      manager,
      roles,
      groups,
    };
  }
  return profiles;
}

async function prepare(): Promise<TestOrganization> {
  const organization = await harness.createOrganization();
  const { administrator, addUser } = organization;
  for (const name of ['Support', 'Sales'])
    await administrator.request('POST', '/api/v1/groups', { name, ringStrategy: 'random' });
  await addUser({ signInName: 'a@example.com' });
  await addUser({ signInName: 'b@example.com', role: 'administrator' });
  return organization;
}

test('applying does to every row what its preview said; undoing brings back what was', {
  timeout: 180_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(file, options, async (rows, chosen) => {
      const organization = await prepare();
      const before = await snapshot(organization);
      const run = importOf(harness, organization.administrator);
      await run.upload([columns, ...rows].map((cells) => cells.join(',')).join('\r\n'), chosen);
      const previewed = await run.preview();
      expect(await snapshot(organization)).toEqual(before);
      const said = await run.rows();
      const deactivations = previewed.counts!.deactivate;
      const applied = await run.apply({ confirmDeactivations: deactivations });
      const { create, change, deactivate } = previewed.counts!;
      expect(applied.applied).toEqual({ done: create + change + deactivate, refused: 0 });
      const after = await snapshot(organization);
      const became = await run.rows();
      for (const [index, planned] of said.entries()) {
        const found = became[index]!;
        expect(found.outcome).toBe(planned.kind === 'refused' ? 'refused' : 'done');
        expect({ ...found, outcome: '', userId: '' }).toEqual({ ...planned, outcome: '', userId: '' });
        if (planned.kind === 'deactivate')
          expect(after[planned.userId!]).toMatchObject({ status: 'inactive' });
        if (planned.kind !== 'create' && planned.kind !== 'change') continue;
        const person = after[found.userId!] as Record<string, unknown>;
        for (const { field, after: value } of planned.changes) {
          if (['email', 'department', 'extension', 'lastName'].includes(field))
            expect(person[field]).toBe(value);
        }
      }
      const touched = new Set(became.filter(({ kind }) => kind !== 'refused').map(({ userId }) => userId));
      for (const [id, person] of Object.entries(before))
        if (!touched.has(id)) expect(after[id]).toEqual(person);
      await run.undo();
      const restored = await snapshot(organization);
      const administrators = Object.entries(before).filter(([, person]) =>
        (person as { roles: string[] }).roles.includes('Administrator'),
      );
      // An administrator who was deactivated does not come back by themselves.
      for (const [id] of administrators) {
        if ((after[id] as { status: string }).status !== 'inactive') continue;
        delete restored[id];
        delete before[id];
      }
      expect(restored).toEqual(before);
    }),
    { numRuns: 25 },
  );
});
