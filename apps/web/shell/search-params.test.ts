import { describe, expect, it } from 'vitest';
import { readSearch, writeSearch } from './search-params.ts';

describe('search parameters', () => {
  it('reads a repeated parameter as a list and everything as text', () => {
    expect(readSearch('?status=active&status=invited&search=204')).toEqual({
      status: ['active', 'invited'],
      search: '204',
    });
  });

  it('writes what it has read, and leaves out what is empty', () => {
    expect(
      writeSearch({ status: ['active', 'invited'], search: 'a&b=c', sort: undefined, groupId: '' }),
    ).toBe('?status=active&status=invited&search=a%26b%3Dc');
    expect(writeSearch({})).toBe('');
  });
});
