import type { UserHistory } from '@rollcall/contract/users';
import type { TFunction } from 'i18next';
import { expect, it } from 'vitest';
import { historyItems } from './history-items.ts';

const t = ((key: string, options?: { name?: string; status?: string }) =>
  [key, options?.name ?? options?.status].filter(Boolean).join(' ')) as unknown as TFunction;

const period = {
  validTo: null,
  firstName: 'Ada',
  lastName: 'Lovelace',
  signInName: 'ada',
  email: null,
  department: null,
  title: null,
  manager: null,
  site: null,
  costCenter: null,
};

it('tells what changed when, latest first', () => {
  const history: UserHistory = {
    periods: [
      { ...period, status: 'active', title: 'Lead', validFrom: '2026-03-01T00:00:00Z' },
      { ...period, status: 'active', validFrom: '2026-02-01T00:00:00Z' },
      { ...period, status: 'invited', validFrom: '2026-01-01T00:00:00Z' },
    ],
    roles: [],
    groups: [{ id: 'g', name: 'Sales', validFrom: '2026-01-15T00:00:00Z', validTo: '2026-02-15T00:00:00Z' }],
  };
  expect(historyItems(history, t).map(({ title, body }) => [title, body].filter(Boolean).join(': '))).toEqual(
    [
      'agents.history.changed: agents.fields.title: – → Lead',
      'agents.history.groups.to Sales',
      'agents.status.active',
      'agents.history.groups.from Sales',
      'agents.history.began agents.status.invited',
    ],
  );
});
