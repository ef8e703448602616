import createClient from 'openapi-fetch';
import { Problem, problemFromResponse } from './problem.ts';
import type { paths } from './schema.gen.ts';

let sessionEnded: (() => void) | undefined;

/** What to do when the server says, in the middle of work, that the session is over. */
export function onSessionEnded(handler: (() => void) | undefined): void {
  sessionEnded = handler;
}

/** The API client. Every answer outside 2xx, and no answer at all, is thrown as a Problem. */
export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });

api.use({
  async onResponse({ response }) {
    if (response.ok) return;
    const problem = await problemFromResponse(response);
    if (problem.code === 'not_signed_in') sessionEnded?.();
    throw problem;
  },
  onError({ error }) {
    return error instanceof Problem ? error : new Problem({ code: 'unreachable' });
  },
});

/** The body of a call: `const me = await body(api.GET('/api/v1/me'))`. */
export async function body<Data>(call: Promise<{ data?: Data }>): Promise<Data> {
  const { data } = await call;
  return data as Data;
}
