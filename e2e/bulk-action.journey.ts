import { expect, test } from 'vitest';
import { addActive, addInvited, callerFor } from './call-api.ts';
import { see, seeNo, seePage } from './see.ts';
import { administrator } from './start-rollcall.ts';
import { useJourney } from './use-journey.ts';

const journey = useJourney();

test('a filtered list is a view with an address and a name, and is acted on as a whole', async () => {
  const call = await callerFor(journey.rollcall, administrator.email, administrator.password);
  await call('POST', '/groups', { name: 'Evenings', ringStrategy: 'longest_idle' });
  for (const name of ['Nora Falk', 'Nils Falk', 'Nina Falk'])
    await addInvited(call, name.split(' ') as [string, string], { department: 'Support' });
  await addInvited(call, ['Otto', 'Kern'], { department: 'Sales' });
  await addActive(call, ['Olga', 'Kern'], { department: 'Support' });

  const page = await journey.signIn();
  await page.getByRole('link', { name: 'Agents' }).click();
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('menuitem', { name: 'Department' }).click();
  await page.getByRole('menuitem', { name: 'Support' }).click();
  await page.getByLabel('Search agents').fill('falk');
  await seeNo(page.getByRole('grid'), 'Otto Kern');
  await seeNo(page.getByRole('grid'), 'Olga Kern');
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  const names = () => page.getByRole('row').getByRole('link').allInnerTexts();
  await expect.poll(names).toEqual(['Nora Falk', 'Nina Falk', 'Nils Falk']);

  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Keep this view…' }).click();
  const naming = page.getByRole('dialog');
  await naming.getByLabel('Name of the view').fill('The Falks');
  await naming.getByRole('button', { name: 'Save' }).click();
  await see(page, 'View “The Falks” kept');
  const address = page.url();
  await page.reload();
  await expect.poll(names).toEqual(['Nora Falk', 'Nina Falk', 'Nils Falk']);
  expect(await page.getByLabel('Search agents').inputValue()).toBe('falk');
  await page.getByRole('link', { name: 'Agents' }).click();
  await see(page.getByRole('grid'), 'Otto Kern');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'The Falks', exact: true }).click();
  await expect.poll(names).toEqual(['Nora Falk', 'Nina Falk', 'Nils Falk']);
  expect(new URL(page.url()).searchParams.toString()).toBe(new URL(address).searchParams.toString());

  await page
    .getByRole('row', { name: /Nina Falk/ })
    .getByRole('checkbox')
    .click();
  const bar = page.getByRole('region', { name: 'Selection' });
  await see(bar, '1 selected');
  await bar.getByRole('button', { name: 'Select all 3' }).click();
  await see(bar, '3 selected');
  await bar.getByRole('button', { name: 'Add to group' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add 3 agents to a group' });
  expect(await dialog.getByRole('button', { name: 'Add to group' }).isDisabled()).toBe(true);
  await dialog.getByRole('combobox', { name: 'Group' }).click();
  await page.getByRole('option', { name: 'Evenings' }).click();
  await dialog.getByRole('button', { name: 'Add 3 agents' }).click();

  await seePage(page, /Bulk action|Add/);
  await page.getByRole('progressbar').waitFor();
  await see(page, '3 of 3');
  await see(page, 'Done');
  for (const name of ['Nora Falk', 'Nina Falk', 'Nils Falk'])
    await see(page.getByRole('row').filter({ hasText: name }), 'Changed');
  await page.goto(address);
  await expect.poll(() => page.getByRole('row').filter({ hasText: 'Evenings' }).count()).toBe(3);
});
