import { describe, expect, it } from 'vitest';
import { changedValues } from './changed-values.ts';

describe('what an event has changed', () => {
  it('is listed field by field, without what stayed', () => {
    expect(
      changedValues(
        { department: 'Sales', title: 'Agent' },
        { department: 'Support', title: 'Agent', site: 'Berlin' },
      ),
    ).toEqual([
      { field: 'department', before: 'Sales', after: 'Support' },
      { field: 'site', before: null, after: 'Berlin' },
    ]);
  });

  it('reads lists, things with names, and others in words', () => {
    expect(
      changedValues(null, {
        groups: [{ id: '1', name: 'Sales' }, 'Night'],
        counts: { create: 2, change: null },
      }),
    ).toEqual([
      { field: 'groups', before: null, after: 'Sales, Night' },
      { field: 'counts.create', before: null, after: '2' },
    ]);
  });

  it('takes nothing, empty text and an empty list for the same', () => {
    expect(changedValues({ note: null, groups: [] }, { note: '' })).toEqual([]);
  });
});
