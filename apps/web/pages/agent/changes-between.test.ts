import type { UserProfile } from '@rollcall/contract/users';
import { expect, it } from 'vitest';
import { changesBetween } from './changes-between.ts';

const profile = (part: Partial<UserProfile>) => part as UserProfile;

it('tells what somebody else changed, in words', () => {
  const before = profile({ title: 'Agent', manager: null, phoneNumbers: [], customFields: { Badge: '7' } });
  const after = profile({
    title: 'Team lead',
    manager: { id: 'm', name: 'Grace Hopper' },
    phoneNumbers: ['+4930901820'],
    customFields: { Badge: '7' },
  });
  expect(changesBetween(before, after)).toEqual([
    { field: 'phoneNumbers', before: '', after: '+4930901820' },
    { field: 'title', before: 'Agent', after: 'Team lead' },
    { field: 'manager', before: '', after: 'Grace Hopper' },
  ]);
});

it('finds nothing where only the version differs', () => {
  expect(changesBetween(profile({ version: 1, title: 'A' }), profile({ version: 2, title: 'A' }))).toEqual(
    [],
  );
});
