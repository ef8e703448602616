import axeCore from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * Light and dark, on a desk and on a phone. What does not depend on colour is checked once for each width.
 * @returns what is wrong, a line each
 */
export async function inspectPage(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  await page.evaluate(axeCore.source);
  for (const [width, height] of [
    [1440, 900],
    [360, 740],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.waitForFunction(
        (scheme) => document.documentElement.dataset.mantineColorScheme === scheme,
        colorScheme,
      );
      await settleTransitions(page);
      const label = `${name}, ${colorScheme}, ${width} px`;
      faults.push(...(await runAxe(page, colorScheme === 'dark')).map((fault) => `${label}: ${fault}`));
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (excess > 0) faults.push(`${label}: ${excess} px wider than the screen`);
    }
  }
  return faults;
}

/** Colours that are on their way to others are none to judge. */
function settleTransitions(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(transitions.map((transition) => transition.finished));
  });
}

function runAxe(page: Page, coloursOnly: boolean): Promise<string[]> {
  return page.evaluate(async (colours) => {
    const { axe } = globalThis as unknown as { axe: typeof axeCore };
    const rules = colours ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {};
    return (await axe.run({ ...rules, resultTypes: ['violations'], preload: false })).violations.map(
      ({ id, nodes }) =>
        `${id} (${nodes.length}): ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary?.replace(/\s+/g, ' ').slice(0, 200)}`,
    );
  }, coloursOnly);
}
