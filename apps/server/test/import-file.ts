import type { ImportRow, ImportView } from '@rollcall/contract/imports';
import { runImportInPortions } from '../domain/imports/imports.workers.ts';
import type { Harness, TestUser } from './harness.ts';

/** Uploads a text as a file, as a browser does. */
export function upload(
  harness: Harness,
  user: TestUser,
  text: string | Buffer,
  query = '',
  fileName = 'agents.csv',
  headers: Record<string, string> = {},
) {
  const boundary = 'rollcall-test-boundary';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: text/csv\r\n\r\n`;
  return harness.app.inject({
    method: 'POST',
    url: `/api/v1/imports${query}`,
    headers: {
      cookie: user.cookie,
      origin: 'http://127.0.0.1:3000',
      'content-type': `multipart/form-data; boundary=${boundary}`,
      ...headers,
    },
    payload: Buffer.concat([Buffer.from(head), Buffer.from(text), Buffer.from(`\r\n--${boundary}--\r\n`)]),
  });
}

/** One import as a person goes through it: upload, options, preview, application, undoing. */
export function importOf(harness: Harness, user: TestUser) {
  let id = '';
  const send = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) => {
    const response = await user.request(method, `/api/v1/imports/${id}${path}`, body);
    if (response.statusCode >= 300) throw new Error(`${method} ${path}: ${response.body}`);
    return response;
  };
  const view = async (path = '') => (await send('GET', path)).json() as ImportView;
  const run = () => runImportInPortions(harness.deps, { organizationId: user.organizationId, importId: id });
  return {
    get id() {
      return id;
    },
    view,
    run,
    async upload(text: string, options?: object, mapping?: object): Promise<ImportView> {
      const response = await upload(harness, user, text);
      if (response.statusCode !== 201) throw new Error(response.body);
      id = response.json().id;
      if (options || mapping)
        await send('PATCH', '', { ...(options ? { options } : {}), ...(mapping ? { mapping } : {}) });
      return view();
    },
    async preview(): Promise<ImportView> {
      await send('POST', '/preview');
      await run();
      return view();
    },
    async rows(query = ''): Promise<ImportRow[]> {
      return (await send('GET', `/rows?limit=200${query}`)).json().items;
    },
    async apply(extra: object = {}): Promise<ImportView> {
      const { digest } = await view();
      await send('POST', '/apply', { digest, ...extra });
      await run();
      return view();
    },
    async undo(): Promise<ImportView> {
      await send('POST', '/undo', {});
      await run();
      return view();
    },
    /** Sends without looking at the answer. */
    request: (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) =>
      user.request(method, `/api/v1/imports/${id}${path}`, body),
  };
}
