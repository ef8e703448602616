import type { Rollcall } from './start-rollcall.ts';

/** What somebody has who is signed in without a browser: to prepare what a journey is not about. */
export type Caller = <Answer = unknown>(
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: object | FormData,
) => Promise<Answer>;

export async function callerFor({ url }: Rollcall, signInName: string, password: string): Promise<Caller> {
  const signedIn = await send(`${url}/api/v1/session`, 'POST', { signInName, password });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return async <Answer>(method: string, path: string, body?: object) => {
    const answer = await send(`${url}/api/v1${path}`, method, body, { cookie, origin: url });
    return (answer.status === 204 ? undefined : await answer.json()) as Answer;
  };
}

async function send(url: string, method: string, body?: object, headers: Record<string, string> = {}) {
  const json = body && !(body instanceof FormData);
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...(json ? { 'content-type': 'application/json' } : {}) },
    body: json ? JSON.stringify(body) : ((body as FormData | undefined) ?? null),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}

export interface Person {
  id: string;
  name: string;
  email: string;
  password: string;
}

/** Adds somebody who has accepted their invitation and can sign in. */
export async function addActive(
  call: Caller,
  [firstName, lastName]: [string, string],
  more: Partial<Record<'groupIds' | 'numberIds', string[]>> & { department?: string } = {},
): Promise<Person> {
  const person = await addInvited(call, [firstName, lastName], more);
  const { link } = await call<{ link: string }>('POST', `/users/${person.id}/invitation/link`);
  const { origin, hash } = new URL(link);
  await send(`${origin}/api/v1/invitations/accept`, 'POST', {
    token: hash.replace('#token=', ''),
    firstName,
    lastName,
    password: person.password,
    timeZone: 'Europe/Berlin',
  });
  return person;
}

/** Adds somebody who has not accepted yet; the invitation goes out by mail. */
export async function addInvited(
  call: Caller,
  [firstName, lastName]: [string, string],
  more: Partial<Record<'groupIds' | 'numberIds', string[]>> & { department?: string } = {},
): Promise<Person> {
  const email = `${firstName}.${lastName}@nordwind.example`.toLowerCase();
  const { id } = await call<{ id: string }>('POST', '/users', {
    firstName,
    lastName,
    email,
    role: 'agent',
    ...more,
  });
  return { id, name: `${firstName} ${lastName}`, email, password: 'forty quiet lamps at noon' };
}
