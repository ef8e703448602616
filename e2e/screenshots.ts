/**
 * Takes the pictures of the README from the demonstration: `node e2e/screenshots.ts`, after `node bootstrap.mjs build`.
 * Fails on one that is too large to belong into a repository.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { password } from '../apps/server/demo/tell-story.ts';
import { startServer } from '../apps/server/test/run-process.ts';
import { chromiumArguments, provideChromium } from '../scripts/provide-chromium.ts';
import { see, seePage } from './see.ts';

const limit = 200_000;
const folder = join(import.meta.dirname, '../docs/images');
const administrator = 'ada.okafor@harbour-calls.example';

interface Picture {
  name: string;
  colorScheme?: 'light' | 'dark';
  size?: [number, number];
  show: (page: Page) => Promise<void>;
}

const pictures: Picture[] = [
  { name: 'agents', show: openAgents },
  { name: 'profile', show: (page) => openAgent(page, 'Hana Sato') },
  {
    name: 'deactivate-dark',
    colorScheme: 'dark',
    async show(page) {
      await openAgent(page, 'Olivia Bennett');
      await page.getByRole('button', { name: 'Deactivate…' }).click();
      await see(page.getByRole('dialog'), 'Kept');
    },
  },
  {
    name: 'import-preview',
    async show(page) {
      await page.goto('/settings/import');
      await page
        .getByLabel('Choose a CSV or Excel file')
        .setInputFiles(join(import.meta.dirname, 'okta-people.csv'));
      await page.getByRole('button', { name: 'Preview' }).click();
      await see(page, 'Zoë Groß');
    },
  },
  {
    name: 'off-boarding-record',
    async show(page) {
      await page.goto('/leavers');
      await page.getByRole('row', { name: /Rafael Torres/ }).click();
      await seePage(page, 'Off-boarding of Rafael Torres');
    },
  },
  {
    name: 'audit',
    async show(page) {
      await page.goto('/audit?action=user.deactivated&action=user.reactivated&action=role.assigned');
      await see(page, 'Agent deactivated');
    },
  },
  { name: 'phone', size: [360, 740], show: openAgents },
];

async function openAgents(page: Page): Promise<void> {
  await page.goto('/settings/agents');
  await page.getByRole('row', { name: /Aaron Feldman/ }).waitFor();
}

async function openAgent(page: Page, name: string): Promise<void> {
  await page.goto(`/settings/agents?search=${encodeURIComponent(name)}`);
  await page.getByRole('link', { name }).first().click();
  await seePage(page, name);
}

async function signedInState(browser: Browser, baseURL: string) {
  const context = await browser.newContext({ baseURL, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail or sign-in name').fill(administrator);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await seePage(page, 'Harbour Calls');
  return context.storageState();
}

async function take(browser: Browser, baseURL: string, storageState: object, picture: Picture) {
  const [width, height] = picture.size ?? [1280, 800];
  const context = await browser.newContext({
    baseURL,
    storageState: storageState as never,
    viewport: { width, height },
    colorScheme: picture.colorScheme ?? 'light',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await picture.show(page);
  await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => undefined);
  const path = join(folder, `${picture.name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  await context.close();
  const { size } = statSync(path);
  console.log(`${picture.name}.png ${Math.round(size / 1000)} kB`);
  if (size > limit) throw new Error(`${path} has more than ${limit / 1000} kB.`);
}

const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-pictures-'));
const server = await startServer({ ROLLCALL_DATA_DIR: dataDir }, 'demo/main.ts');
const browser = await chromium.launch({ executablePath: provideChromium(), args: chromiumArguments });
try {
  mkdirSync(folder, { recursive: true });
  const url = `http://localhost:${new URL(server.url).port}`;
  const state = await signedInState(browser, url);
  for (const picture of pictures) await take(browser, url, state, picture);
} finally {
  await browser.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
