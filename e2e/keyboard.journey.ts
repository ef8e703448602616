import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addInvited, callerFor } from './call-api.ts';
import { see, seePage } from './see.ts';
import { administrator } from './start-rollcall.ts';
import { useJourney } from './use-journey.ts';

const journey = useJourney();

/** What has the focus, as assistive technology names it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    if (element === document.body) return '(nothing)';
    const labels = (element as HTMLInputElement).labels;
    return (element.ariaLabel ?? labels?.[0]?.textContent ?? element.textContent ?? '').trim();
  });
}

/** Tab until something of this name has the focus; as few people as possible should need many. */
async function tabTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press(key);
    const now = await focused(page);
    if (typeof name === 'string' ? now === name : name.test(now)) return;
    seen.push(now);
  }
  throw new Error(`Tab does not come to ${name}: ${seen.join(' › ')}`);
}

test('everything is done with the keyboard: sign in, skip, walk the list, add, leave a dialog', async () => {
  const call = await callerFor(journey.rollcall, administrator.email, administrator.password);
  await addInvited(call, ['Bea', 'Adler']);
  await addInvited(call, ['Cem', 'Adler']);
  const page = await journey.newVisitor();
  await page.goto('/settings/agents?search=adler');
  await seePage(page, 'Sign in');
  await page.keyboard.type(administrator.email);
  await tabTo(page, 'Password');
  await page.keyboard.type(administrator.password);
  await page.keyboard.press('Enter');
  await seePage(page, 'Agents');

  await tabTo(page, 'Skip to content');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');

  // The list: arrows walk, Space chooses, Enter opens, and back leads where one was.
  await see(page.getByRole('grid'), 'Bea Adler');
  await page.keyboard.press('/');
  await expect.poll(() => focused(page)).toBe('Search agents');
  await tabTo(page, /Bea Adler/);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => focused(page)).toContain('Cem Adler');
  await page.keyboard.press('Space');
  await see(page.getByRole('region', { name: 'Selection' }), '1 selected');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('region', { name: 'Selection' }).count()).toBe(0);
  await page.keyboard.press('Enter');
  await seePage(page, 'Cem Adler');

  // A dialog keeps the focus, begins at what is harmless, and gives the focus back.
  await tabTo(page, 'Deactivate…');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Deactivate Cem Adler?' });
  await dialog.waitFor();
  await expect.poll(() => focused(page)).toBe('Cancel');
  for (let presses = 0; presses < 8; presses++) {
    await page.keyboard.press('Tab');
    expect(await dialog.evaluate((node) => node.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(() => focused(page)).toBe('Deactivate…');

  await page.goBack();
  await seePage(page, 'Agents');
  await tabTo(page, 'Add agent');
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('First name');
  await page.keyboard.type('Dana');
  await tabTo(page, 'Last name');
  await page.keyboard.type('Adler');
  await tabTo(page, 'E-mail');
  await page.keyboard.type('dana.adler@nordwind.example');
  await tabTo(page, 'Role');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: 'Agent' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Add and invite');
  await page.keyboard.press('Enter');
  await see(page.getByRole('dialog'), 'Dana Adler is added');
  await page.keyboard.press('Escape');
  await see(page.getByRole('grid'), 'Dana Adler');
});
