import { describe, expect, it } from 'vitest';
import { Problem, problemFromResponse, problemOf } from './problem.ts';

const answer = (body: string, status = 422, headers = {}) => new Response(body, { status, headers });

describe('a refused request', () => {
  it('keeps code, detail, request id and field errors of problem+json', async () => {
    const problem = await problemFromResponse(
      answer(
        JSON.stringify({
          title: 'Not valid',
          status: 422,
          code: 'invalid_input',
          detail: 'One field is wrong.',
          requestId: 'r1',
          errors: [{ field: 'email', message: 'Malformed.', remedy: 'Write ada@example.com.' }],
          context: { etag: '3' },
        }),
      ),
    );
    expect(problem).toMatchObject({ status: 422, code: 'invalid_input', requestId: 'r1' });
    expect(problem.fields).toEqual([
      { field: 'email', message: 'Malformed.', remedy: 'Write ada@example.com.' },
    ]);
    expect(problem.context).toEqual({ etag: '3' });
  });

  it.each(['<html>Bad gateway</html>', '', 'null', '"text"'])(
    'survives a body that is no problem: %j',
    async (text) => {
      const problem = await problemFromResponse(answer(text, 502, { 'x-request-id': 'r2' }));
      expect(problem).toMatchObject({ status: 502, code: 'unreadable', requestId: 'r2', fields: [] });
    },
  );

  it('drops field errors of another shape', async () => {
    const problem = await problemFromResponse(
      answer(JSON.stringify({ code: 'x', errors: [null, 1, { field: 'a' }] })),
    );
    expect(problem.fields).toEqual([]);
  });

  it('names a server that does not answer', () => {
    expect(problemOf(new TypeError('Failed to fetch')).code).toBe('unreachable');
    const own = new Problem({ code: 'conflict' });
    expect(problemOf(own)).toBe(own);
  });
});
