import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Waits until something with this text is in sight. */
export async function see(where: Page | Locator, text: string | RegExp): Promise<void> {
  await where.getByText(text).filter({ visible: true }).first().waitFor();
}

/** Waits until nothing with this text is in sight any more. */
export async function seeNo(where: Page | Locator, text: string | RegExp): Promise<void> {
  await expect.poll(() => where.getByText(text).filter({ visible: true }).count()).toBe(0);
}

/** Waits for the page with this title. */
export async function seePage(page: Page, title: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}
