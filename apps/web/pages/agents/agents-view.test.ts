import { describe, expect, it } from 'vitest';
import {
  filtersOf,
  hiddenColumns,
  isFiltered,
  readView,
  serverColumns,
  shownColumns,
} from './agents-view.ts';

describe('the view of the list of agents', () => {
  it('takes what it knows from the address and leaves out the rest', () => {
    const view = readView({
      status: ['invited', 'nonsense'],
      sort: 'shoe-size',
      direction: 'desc',
      evil: '1',
    });
    expect(filtersOf(view).status).toEqual(['invited']);
    expect(view.sort).toBeUndefined();
    expect(view.direction).toBe('desc');
    expect(view).not.toHaveProperty('evil');
  });

  it('reads one value as a list of one', () => {
    expect(readView({ status: 'active' }).status).toEqual(['active']);
  });

  it('is not filtered by its order or its columns', () => {
    expect(isFiltered(readView({ sort: 'status', columns: 'email' }))).toBe(false);
    expect(isFiltered(readView({ search: 'ada' }))).toBe(true);
  });

  it('always shows the name, which the server keeps in two columns', () => {
    const view = readView({ columns: ['title', 'email'] });
    expect(shownColumns(view)).toEqual(['name', 'email', 'title']);
    expect(serverColumns(view)).toEqual(['firstName', 'lastName', 'email', 'title']);
    expect(hiddenColumns(view)).toContain('status');
  });
});
