import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { paths } from '../apps/web/paths.ts';
import { addActive, addInvited, type Caller, callerFor } from './call-api.ts';
import { inspectPage } from './inspect-page.ts';
import { administrator } from './start-rollcall.ts';
import { useJourney } from './use-journey.ts';

const journey = useJourney();

/** Every address that the dashboard has, for somebody of each kind, with something on it. */
let addresses: { signedIn: [string, string][]; open: [string, string][] };

beforeAll(async () => {
  const call = await callerFor(journey.rollcall, administrator.email, administrator.password);
  const ids = await fillOrganization(call);
  const { operation, agent, group, importRun, offboarding, ...plain } = paths;
  const { signIn, forgotPassword, resetPassword, acceptInvitation, confirmEmail, setup, ...inside } = plain;
  const tabs = ['access', 'groups', 'numbers', 'activity', 'off-boarding'];
  addresses = {
    signedIn: [
      ...Object.entries(inside).map(([name, path]): [string, string] => [name, path()]),
      ['operation', operation(ids.operation)],
      ['agent', agent(ids.active)],
      ...tabs.map((tab): [string, string] => [`agent ${tab}`, `${agent(ids.active)}?tab=${tab}`]),
      ['agent who has left', `${agent(ids.leaver)}?tab=off-boarding`],
      ['agent who is invited', `${agent(ids.invited)}?tab=access`],
      ['group', group(ids.group)],
      ['importRun', importRun(ids.importRun)],
      ['offboarding', offboarding(ids.offboarding)],
      ['nowhere', '/nowhere'],
    ],
    open: Object.entries({
      signIn,
      forgotPassword,
      resetPassword,
      acceptInvitation,
      confirmEmail,
      setup,
    }).map(([name, path]) => [name, path()]),
  };
});

async function fillOrganization(call: Caller) {
  const group = await call<{ id: string }>('POST', '/groups', {
    name: 'Support',
    ringStrategy: 'all_at_once',
  });
  const number = await call<{ id: string }>('POST', '/numbers', { e164: '+4930901820', label: 'Berlin' });
  const more = { groupIds: [group.id], department: 'Support' };
  const active = await addActive(call, ['Tom', 'Weber'], { ...more, numberIds: [number.id] });
  const leaver = await addActive(call, ['Lea', 'Brandt'], more);
  const invited = await addInvited(call, ['Max', 'Lang'], more);
  const record = await call<{ id: string }>('POST', `/users/${leaver.id}/deactivate`, { reason: 'HR-4711' });
  const action = {
    kind: 'add_to_group',
    parameters: { groupId: group.id },
    selection: { userIds: [active.id] },
  };
  const operation = await call<{ id: string }>('POST', '/operations', action);
  const form = new FormData();
  form.set('file', new Blob([readFileSync(join(import.meta.dirname, 'okta-people.csv'))]), 'people.csv');
  const importRun = await call<{ id: string }>('POST', '/imports', form);
  await call('POST', '/saved-views', { name: 'Support', query: 'department=Support', columns: [] });
  return {
    group: group.id,
    active: active.id,
    leaver: leaver.id,
    invited: invited.id,
    operation: operation.id,
    importRun: importRun.id,
    offboarding: record.id,
  };
}

/** Goes there and waits until nothing is being fetched or drawn any more. */
async function settle(page: Page, address: string): Promise<void> {
  await page.goto('about:blank');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForFunction(
    () => !document.querySelector('[aria-busy="true"], [role="status"][aria-label], [class*="Skeleton"]'),
  );
}

/** Two at a time, each in a browser of their own: this machine has two cores. */
async function visitAll(
  list: [string, string][],
  visitors: Page[],
  look: (page: Page, name: string) => Promise<string[]>,
): Promise<string[]> {
  const queue = [...list];
  const found = await Promise.all(
    visitors.map(async (page) => {
      const faults: string[] = [];
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [name, address] = next;
        await settle(page, address);
        faults.push(...(await look(page, name)));
      }
      return faults;
    }),
  );
  return found.flat();
}

test('every page, in German, is there, says nothing in English, has no barrier and fits its screen', async () => {
  const { keys, english } = readTexts();
  const look = async (page: Page, name: string) => {
    const texts = readSnapshot(await page.locator('body').ariaSnapshot());
    return [
      ...texts.filter((text) => keys.has(text)).map((text) => `${name}: key ${text}`),
      ...texts.filter((text) => english.has(text)).map((text) => `${name}: “${text}”`),
      ...(name !== 'nowhere' && texts.includes('Hier ist nichts') ? [`${name}: not found`] : []),
      ...(await inspectPage(page, name)),
    ];
  };
  const german = { locale: 'de-DE' };
  const visitors = await Promise.all([journey.newVisitor(german), journey.newVisitor(german)]);
  const faults = await visitAll(addresses.open, visitors, look);
  await Promise.all(visitors.map(signInInGerman));
  faults.push(...(await visitAll(addresses.signedIn, visitors, look)));
  expect(faults).toEqual([]);
}, 240_000);

async function signInInGerman(page: Page): Promise<void> {
  await settle(page, '/sign-in');
  await page.getByLabel('E-Mail oder Anmeldename').fill(administrator.email);
  await page.getByLabel('Passwort', { exact: true }).fill(administrator.password);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.getByRole('button', { name: 'Ihr Konto' }).waitFor();
}

/** What somebody reads or hears: texts, and names that only assistive technology tells. */
function readSnapshot(snapshot: string): string[] {
  return snapshot
    .split('\n')
    .flatMap((line) => [/"(.*)"/.exec(line)?.[1], /^\s*- [^"]*?: "?(.+?)"?$/.exec(line)?.[1]])
    .filter((text) => text !== undefined);
}

/** All keys, and the English texts that are no German ones as well. */
function readTexts(): { keys: Set<string>; english: Set<string> } {
  const folder = join(import.meta.dirname, '../apps/web/i18n');
  const [en, de] = ['en', 'de'].map((language) =>
    leaves(JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8'))),
  );
  const german = new Set(de!.values());
  const english = [...en!.values()].filter((text) => !text.includes('{{') && !german.has(text));
  return { keys: new Set(en!.keys()), english: new Set(english) };
}

function leaves(texts: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : [...leaves(value as object, `${prefix}${key}.`)],
    ),
  );
}
