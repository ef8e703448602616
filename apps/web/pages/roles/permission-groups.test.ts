import { permissionNames } from '@rollcall/contract/permissions';
import { expect, it } from 'vitest';
import { permissionGroups } from './permission-groups.ts';

it('has every permission in exactly one group', () => {
  const grouped = permissionGroups.flatMap(({ permissions }) => permissions);
  expect(grouped.toSorted()).toEqual(permissionNames.toSorted());
});
