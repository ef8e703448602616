import { expect, test } from 'vitest';
import { see, seePage } from './see.ts';
import { fillSignIn, useJourney } from './use-journey.ts';

const journey = useJourney({ empty: true });
const ada = { email: 'ada@nordwind.example', password: 'seven green kettles whistle' };

test('the link that the server prints leads to an organization, its administrator and home', async () => {
  const { said } = journey.rollcall.server;
  const link = /^Set it up: (\S+)$/m.exec(said.stdout)?.[1] ?? '';
  const page = await journey.newVisitor();
  await page.goto('/setup');
  await see(page, 'Open the set-up link that the server printed when it started');

  await page.goto(link);
  await page.getByLabel('Organization').fill('Nordwind Calls');
  await page.getByLabel('First name').fill('Ada');
  await page.getByLabel('Last name').fill('Öztürk');
  await page.getByLabel('E-mail').fill(ada.email);
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Set up' }).click();
  await see(page, 'Use at least 15 characters. This has 5.');
  await page.getByLabel('Password', { exact: true }).fill('nordwind calls nordwind');
  await page.getByRole('button', { name: 'Set up' }).click();
  await see(page, 'Use four or more words that have nothing to do with your name');
  await page.getByLabel('Password', { exact: true }).fill(ada.password);
  await page.getByRole('button', { name: 'Set up' }).click();

  await seePage(page, 'Nordwind Calls');
  await see(page, 'Only one administrator can sign in');
  expect(page.url()).toBe(`${journey.rollcall.url}/`);

  // The link worked once, and for everybody.
  const second = await journey.newVisitor();
  await second.goto(link);
  await second.getByLabel('Organization').fill('Somebody else');
  await second.getByLabel('First name').fill('Eve');
  await second.getByLabel('Last name').fill('Else');
  await second.getByLabel('E-mail').fill('eve@example.com');
  await second.getByLabel('Password', { exact: true }).fill('a password that is long');
  await second.getByRole('button', { name: 'Set up' }).click();
  await second.getByRole('alert').waitFor();

  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await seePage(page, 'Sign in');
  await page.getByLabel('E-mail or sign-in name').fill(ada.email);
  await page.getByLabel('Password', { exact: true }).fill('not this password at all');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await fillSignIn(page, ada);
  await seePage(page, 'Nordwind Calls');
});
