import { describe, expect, it } from 'vitest';
import { bulkRequest, isComplete } from './bulk-request.ts';

describe('the request of a bulk action', () => {
  it('names those who were chosen one by one', () => {
    const request = bulkRequest(
      'deactivate',
      {},
      { mode: 'some', keys: new Set(['a', 'b']) },
      { search: 'x' },
    );
    expect(request.selection).toEqual({ userIds: ['a', 'b'] });
  });

  it('sends the filter for all that match, with those taken out of it', () => {
    const request = bulkRequest(
      'resend_invitation',
      {},
      { mode: 'all', except: new Set(['a']) },
      { status: ['invited'], sort: 'status', columns: ['name'] },
    );
    expect(request.selection).toEqual({ filter: { status: ['invited'] }, except: ['a'] });
  });

  it('waits for a group or a role where it needs one', () => {
    expect(isComplete('add_to_group', {})).toBe(false);
    expect(isComplete('add_to_group', { groupId: 'g' })).toBe(true);
    expect(isComplete('reactivate', {})).toBe(false);
    expect(isComplete('deactivate', {})).toBe(true);
  });
});
