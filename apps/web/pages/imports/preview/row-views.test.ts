import type { ImportRow, ImportView } from '@rollcall/contract/imports';
import { describe, expect, it } from 'vitest';
import { rowViews, rowWord } from './row-views.ts';

const counts = { create: 2, change: 1, unchanged: 3, deactivate: 0, refused: 4 };
const view = (part: Partial<ImportView>) =>
  ({ state: 'previewed', counts, applied: null, undone: null, ...part }) as ImportView;
const row = (kind: ImportRow['kind'], outcome: ImportRow['outcome']) => ({ kind, outcome }) as ImportRow;

describe('the views of the rows of an import', () => {
  it('are those of the preview until it is applied', () => {
    const views = rowViews(view({}));
    expect(views.map(({ name, count }) => [name, count])).toEqual([
      ['all', 10],
      ['create', 2],
      ['change', 1],
      ['unchanged', 3],
      ['deactivate', 0],
      ['refused', 4],
    ]);
    expect(views.at(-1)?.filter).toEqual({ kind: 'refused' });
  });

  it('count what drifted among the refused ones', () => {
    const refused = rowViews(view({ state: 'applied', applied: { done: 2, refused: 1 } })).at(-1);
    expect(refused).toMatchObject({ name: 'refused', count: 5, filter: { outcome: 'refused' } });
  });

  it('tell after undoing what was taken back and what was left', () => {
    const names = rowViews(view({ state: 'undone', undone: { undone: 1, left: 1 } })).map(({ name }) => name);
    expect(names.slice(-2)).toEqual(['undone', 'left']);
  });
});

describe('the word for a row', () => {
  it('is what will happen, and then what has happened', () => {
    expect(rowWord(row('create', 'pending'), false)).toBe('create');
    expect(rowWord(row('create', 'pending'), true)).toBe('pending');
    expect(rowWord(row('create', 'done'), true)).toBe('created');
    expect(rowWord(row('change', 'refused'), true)).toBe('refused');
    expect(rowWord(row('unchanged', 'done'), true)).toBe('unchanged');
    expect(rowWord(row('create', 'left'), true)).toBe('left');
  });
});
