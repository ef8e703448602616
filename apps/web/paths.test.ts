import { describe, expect, it } from 'vitest';
import { paths, safeNext } from './paths.ts';

describe('where sign-in leads', () => {
  it.each(['/', '/settings/agents?status=active', '/audit#row'])('goes on to %s', (next) => {
    expect(safeNext(next)).toBe(next);
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/a\\..\\b',
    '/\t/evil.example',
    '\n//evil.example',
    'javascript:alert(1)',
    '',
    undefined,
    7,
    '/sign-in?next=/sign-in',
  ])('goes home instead of %j', (next) => {
    expect(safeNext(next)).toBe('/');
  });

  it('keeps identifiers from leaving their segment', () => {
    expect(paths.agent('../../audit')).toBe('/settings/agents/..%2F..%2Faudit');
  });
});
