import { expect, it } from 'vitest';
import { keysOf } from './use-live-changes.ts';

it('reads again what shows the changed kinds, and always home and audit', () => {
  expect([...keysOf(['webhook'])].sort()).toEqual(['audit', 'home', 'webhooks']);
  expect([...keysOf(['group', 'mail'])]).toEqual(
    expect.arrayContaining(['groups', 'numbers', 'mail', 'home']),
  );
});
