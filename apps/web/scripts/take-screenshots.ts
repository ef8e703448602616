/**
 * Renders gallery and pages with sample data in Chromium (light and dark, wide and phone-narrow), runs axe on each,
 * and writes PNG files: `node apps/web/scripts/take-screenshots.ts OUT [scene …]`. Fails on any axe violation.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { type BrowserContext, chromium } from 'playwright-core';
import { createServer } from 'vite';
import { answerApi } from './sample-api.ts';

interface Scene {
  name: string;
  path: string;
  signedIn?: boolean;
  /** The server does not answer. */
  unreachable?: boolean;
  language?: string;
  /** Steps on the page before the picture. */
  act?: (page: Awaited<ReturnType<BrowserContext['newPage']>>) => Promise<void>;
}

const gallery = (name: string, act?: Scene['act']): Scene => ({ name, path: `/gallery.html#${name}`, act });
const scenes: Scene[] = [
  gallery('parts'),
  gallery('table-full'),
  gallery('table-loading'),
  gallery('table-error'),
  gallery('table-empty'),
  gallery('table-chosen', async (page) => {
    await page.locator('[data-row="2"] input').click();
    await page.locator('[data-row="6"] input').click({ modifiers: ['Shift'] });
  }),
  gallery('table-more-failed'),
  {
    ...gallery('table-full', (page) => page.getByRole('button', { name: 'Filter', exact: true }).click()),
    name: 'table-filter',
  },
  {
    ...gallery('parts', async (page) => {
      await page.getByRole('button', { name: 'Edit Extension' }).click();
      await page.getByLabel('Extension', { exact: true }).fill('1042');
      await page.keyboard.press('Enter');
      await page.getByText('1042 belongs to').waitFor();
    }),
    name: 'detail-refused',
  },
  gallery('danger'),
  gallery('danger-loading'),
  gallery('drawer'),
  { name: 'home', path: '/', signedIn: true },
  { name: 'home-de', path: '/', signedIn: true, language: 'de-DE' },
  {
    name: 'menu',
    path: '/',
    signedIn: true,
    act: async (page) => {
      const burger = page.getByRole('button', { name: 'Open menu' });
      if (await burger.isVisible()) await burger.click();
      await page
        .getByRole('button', { name: /Your account/ })
        .last()
        .click();
    },
  },
  { name: 'groups', path: '/settings/groups', signedIn: true },
  { name: 'group', path: '/settings/groups/g1', signedIn: true },
  { name: 'numbers', path: '/settings/numbers', signedIn: true },
  { name: 'organization', path: '/settings/organization', signedIn: true },
  { name: 'roles', path: '/settings/roles', signedIn: true },
  { name: 'api-keys', path: '/settings/api-keys', signedIn: true },
  { name: 'email', path: '/settings/email', signedIn: true },
  { name: 'profile', path: '/profile', signedIn: true },
  { name: 'not-found', path: '/nowhere', signedIn: true },
  { name: 'unreachable', path: '/', unreachable: true },
  { name: 'sign-in', path: '/sign-in' },
  {
    name: 'sign-in-failed',
    path: '/sign-in?next=/audit',
    act: async (page) => {
      await page.getByLabel('E-mail or sign-in name').fill('ada@northwind.example');
      await page.getByLabel('Password', { exact: true }).fill('not this one');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'forgot-password', path: '/forgot-password' },
  { name: 'reset-password', path: '/reset-password#token=t' },
  { name: 'reset-incomplete', path: '/reset-password' },
  { name: 'accept-invitation', path: '/accept-invitation#token=t' },
  { name: 'accept-expired', path: '/accept-invitation#token=expired' },
  { name: 'confirm-email', path: '/confirm-email#token=t' },
  { name: 'set-up', path: '/setup#token=t' },
];

const [out = '/tmp/screens', ...only] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const server = await createServer({
  configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
  server: { port: 0, proxy: {} },
  logLevel: 'error',
});
await server.listen();
const origin = server.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? '';
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

let violations = 0;
for (const scene of scenes.filter(({ name }) => only.length === 0 || only.includes(name))) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1440, 360]) {
      const context = await browser.newContext({
        viewport: { width, height: width === 360 ? 740 : 900 },
        colorScheme,
        locale: scene.language ?? 'en-GB',
        timezoneId: 'Europe/Berlin',
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      page.on('pageerror', (error) => console.error(`${scene.name}: ${error.message}`));
      page.on('console', (message) => {
        if (
          message.type() === 'error' &&
          !scene.unreachable &&
          !message.text().includes('Failed to load resource')
        )
          console.error(`${scene.name}: ${message.text().slice(0, 300)}`);
      });
      await page.route('**/api/v1/**', (route) =>
        scene.unreachable ? route.abort() : answerApi(route, scene.signedIn ?? false),
      );
      await page.goto(origin + scene.path);
      await page.locator('h1').first().waitFor();
      await page.evaluate(() => document.fonts.ready);
      await scene.act?.(page);
      await page.waitForTimeout(400);
      const label = `${scene.name}-${colorScheme}-${width}`;
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) {
        violations += 1;
        console.error(`${label}: the page is ${overflow} px wider than the screen`);
      }
      await page.screenshot({ path: `${out}/${label}.png` });
      await page.evaluate(axe.source);
      const found = await page.evaluate(async () => {
        const run = (
          globalThis as unknown as {
            axe: {
              run(): Promise<{
                violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
              }>;
            };
          }
        ).axe;
        return (await run.run()).violations.map((v) => ({
          id: v.id,
          nodes: v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 140)} ${n.failureSummary.slice(0, 260)}`),
        }));
      });
      for (const violation of found) {
        violations += 1;
        console.error(`${label}: ${violation.id}\n    ${violation.nodes.join('\n    ')}`);
      }
      await context.close();
    }
  }
}
await browser.close();
await server.close();
console.log(violations === 0 ? 'No violation.' : `${violations} violations.`);
process.exit(violations === 0 ? 0 : 1);
