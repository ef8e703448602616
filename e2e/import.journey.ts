import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addActive, callerFor } from './call-api.ts';
import { see, seeNo, seePage } from './see.ts';
import { administrator } from './start-rollcall.ts';
import { useJourney } from './use-journey.ts';

const journey = useJourney();
const file = join(import.meta.dirname, 'okta-people.csv');

test('a real file is recognised, previewed, applied, corrected and undone', async () => {
  const call = await callerFor(journey.rollcall, administrator.email, administrator.password);
  const jurgen = await addActive(call, ['Jurgen', 'Moeller'], { department: 'Sales' });
  const page = await journey.signIn();
  await page.getByRole('link', { name: 'Import' }).click();
  await seePage(page, 'Import');
  await page.getByLabel('Choose a CSV or Excel file').setInputFiles(file);
  await seePage(page, 'okta-people.csv');
  await see(page, 'This looks like a file from Okta. Its columns are recognised.');
  await see(page, 'Zoë');
  await page.getByRole('button', { name: 'Preview' }).click();

  await page.getByRole('radio', { name: /To add/ }).waitFor();
  const show = (name: RegExp) => page.getByRole('radio', { name }).check();
  await see(page, 'Zoë Groß');
  await show(/Refused$/);
  await see(page, 'not-an-address');
  await show(/To change$/);
  await see(page.getByRole('row', { name: /Jürgen Möller/ }).getByRole('deletion'), 'Moeller');
  await seeNo(page, 'Zoë Groß');
  expect(journey.rollcall.mailServer.mails.length).toBeLessThanOrEqual(1);

  await page.getByRole('button', { name: /^Apply 4 changes/ }).click();
  const apply = page.getByRole('dialog', { name: 'Apply okta-people.csv?' });
  await see(apply, '3 agents are added');
  await see(apply, '1 row is refused and left out');
  await apply.getByRole('button', { name: 'Apply the import' }).click();
  await see(page, 'okta-people.csv has been applied');

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Refused rows to correct' }).click();
  const refused = await readFile(await (await download).path(), 'utf8');
  expect(refused).toContain('not-an-address');
  expect(refused).not.toContain('Groß');

  await page.getByRole('link', { name: 'Agents' }).first().click();
  await see(page, 'Zoë Groß');
  await see(page, 'Jürgen Möller');
  await page.goBack();
  await page.getByRole('button', { name: 'Undo this import …' }).click();
  const undo = page.getByRole('dialog', { name: 'Undo okta-people.csv?' });
  await see(undo, '3 agents whom it added and who have not accepted');
  await undo.getByRole('button', { name: 'Undo the import' }).click();
  await see(page, 'okta-people.csv has been undone');
  await page.goto(`/settings/agents/${jurgen.id}`);
  await seePage(page, 'Jurgen Moeller');
  await page.getByRole('link', { name: 'Agents' }).first().click();
  await see(page, 'Jurgen Moeller');
  await seeNo(page, 'Zoë Groß');
});
