import { describe, expect, it } from 'vitest';
import { chosenCount, isChosen, nothing, type SelectionState, withKeys } from './selection.ts';

const all: SelectionState = { mode: 'all', except: new Set() };

describe('selection of rows', () => {
  it('adds and removes single rows', () => {
    const state = withKeys(withKeys(nothing, ['a', 'b'], true), ['a'], false);
    expect(isChosen(state, 'a')).toBe(false);
    expect(isChosen(state, 'b')).toBe(true);
    expect(chosenCount(state, 100)).toBe(1);
  });

  it('covers rows that are not loaded once everything is chosen', () => {
    expect(isChosen(all, 'never seen')).toBe(true);
    expect(chosenCount(all, 100_000)).toBe(100_000);
  });

  it('leaves out what is taken from everything, and takes it back', () => {
    const without = withKeys(all, ['a', 'b'], false);
    expect(chosenCount(without, 10)).toBe(8);
    expect(isChosen(without, 'a')).toBe(false);
    expect(chosenCount(withKeys(without, ['a'], true), 10)).toBe(9);
  });
});
