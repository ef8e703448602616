import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { chromiumArguments, provideChromium } from '../scripts/provide-chromium.ts';
import { administrator, type Rollcall, startRollcall } from './start-rollcall.ts';

export interface Journey {
  rollcall: Rollcall;
  /** A person of their own at a computer of their own: nothing is shared with the others. */
  newVisitor(options?: BrowserContextOptions): Promise<Page>;
  /** A visitor who signs in with the form. */
  signIn(who?: { email: string; password: string }, options?: BrowserContextOptions): Promise<Page>;
}

/**
 * One server and one Chromium for this file; call it at its top. A page that throws, or breaks the content security
 * policy, fails the test that it happened in.
 */
export function useJourney(options: { empty?: boolean } = {}): Journey {
  const journey = {} as Journey;
  const faults: string[] = [];
  let browser: Browser | undefined;
  beforeAll(async () => {
    const chosen = { executablePath: provideChromium(), args: chromiumArguments };
    [journey.rollcall, browser] = await Promise.all([startRollcall(options), chromium.launch(chosen)]);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await describePages(browser?.contexts() ?? []);
    expect(faults.splice(0), 'what the pages complained of').toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await journey.rollcall?.stop();
  });
  journey.newVisitor = async (contextOptions) => {
    const context = await browser!.newContext({
      baseURL: journey.rollcall.url,
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
      ...contextOptions,
    });
    context.setDefaultTimeout(10_000);
    noteFaults(context, faults);
    return context.newPage();
  };
  journey.signIn = async (who = administrator, contextOptions) => {
    const page = await journey.newVisitor(contextOptions);
    await page.goto('/sign-in');
    await fillSignIn(page, who);
    return page;
  };
  return journey;
}

/** From the sign-in page to the frame behind it. */
export async function fillSignIn(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.getByLabel('E-mail or sign-in name').fill(who.email);
  await page.getByLabel('Password', { exact: true }).fill(who.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Your account' }).waitFor();
}

/** What was on each screen when a test failed, in words. */
async function describePages(contexts: BrowserContext[]): Promise<void> {
  for (const page of contexts.flatMap((context) => context.pages())) {
    const parts = await page.getByRole('main').or(page.getByRole('dialog')).all();
    const seen = await Promise.all(parts.map((part) => part.ariaSnapshot({ timeout: 2_000 }).catch(String)));
    console.error(`${page.url()}\n${seen.join('\n')}\n`);
  }
}

/** A refusal is the page's to tell, which the journeys look at; the browser and the router note it as well. */
const expected = /Failed to load resource|This page needs \S+:/;

function noteFaults(context: BrowserContext, faults: string[]): void {
  context.on('weberror', (error) => faults.push(`${error.page()?.url()}: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() !== 'error' || expected.test(message.text())) return;
    faults.push(`${message.page()?.url()}: ${message.text().slice(0, 400)}`);
  });
}
