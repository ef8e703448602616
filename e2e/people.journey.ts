import { expect, test } from 'vitest';
import { callerFor } from './call-api.ts';
import { see, seeNo, seePage } from './see.ts';
import { administrator } from './start-rollcall.ts';
import { fillSignIn, useJourney } from './use-journey.ts';

const journey = useJourney();
const grace = { email: 'grace.hopper@nordwind.example', password: 'forty quiet lamps at noon' };

test('somebody is added, invited by mail, accepts in a browser of their own and sees what an agent may see', async () => {
  const { rollcall } = journey;
  const page = await journey.signIn();
  await page.getByRole('link', { name: 'Agents' }).click();
  await page.getByRole('button', { name: 'Add agent' }).click();
  const drawer = page.getByRole('dialog', { name: 'Add agent' });
  await drawer.getByLabel('First name').fill('Grace');
  await drawer.getByLabel('Last name').fill('Hopper');
  await drawer.getByLabel('E-mail').fill('grace.hopper');
  await drawer.getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: 'Agent' }).click();
  await drawer.getByRole('button', { name: 'Add and invite' }).click();
  await see(drawer, 'Write an address such as ada@example.com.');
  await drawer.getByLabel('E-mail').fill(grace.email);
  await drawer.getByRole('button', { name: 'Add and invite' }).click();
  await see(drawer, 'Grace Hopper is added');
  await see(drawer, /Extension \d{3,7}/);
  await drawer.getByRole('link', { name: 'Open profile' }).click();
  await seePage(page, 'Grace Hopper');
  await page.getByRole('tab', { name: 'Access' }).click();
  await see(page, 'Accepted by the mail server');

  const [mail] = await rollcall.mailServer.received(1);
  expect(mail?.to).toEqual([grace.email]);
  // Quoted-printable (RFC 2045 §6.7): long lines are folded.
  const text = mail!.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  expect(text).toMatch(/^Subject: .*Nordwind/m);
  const link = /http\S+#token=[\w-]+/.exec(text)?.[0] ?? '';

  // A scanner follows the link, with and without what stands behind the #; it does not run the page.
  for (const address of [link, link.split('#')[0]!]) expect((await fetch(address)).status).toBe(200);
  const call = await callerFor(rollcall, administrator.email, administrator.password);
  const { items } = await call<{ items: { id: string; status: string; invitationState: string }[] }>(
    'GET',
    '/users?search=grace',
  );
  expect(items).toMatchObject([{ status: 'invited', invitationState: 'sent' }]);

  // Before accepting there is no way in.
  const other = await journey.newVisitor({ locale: 'en-GB', timezoneId: 'Europe/Lisbon' });
  await other.goto(link);
  await seePage(other, 'Join Nordwind');
  await see(page, 'Link opened');
  await other.getByLabel('Password', { exact: true }).fill(grace.password);
  await other.getByRole('button', { name: 'Accept and sign in' }).click();
  await seePage(other, 'Nordwind');
  await see(page, 'Active');
  await seeNo(page, 'Invited');

  // The link was for once.
  const third = await journey.newVisitor();
  await third.goto(link);
  await seePage(third, 'This invitation cannot be used');

  await other.getByRole('button', { name: 'Your account' }).click();
  await other.getByRole('menuitem', { name: 'Sign out' }).click();
  await seePage(other, 'Sign in');
  await fillSignIn(other, grace);
  await seePage(other, 'Nordwind');
  const nav = other.getByRole('navigation', { name: 'Main' });
  for (const closed of ['Import', 'Organization', 'Webhooks', 'Audit', 'Leavers', 'Agents'])
    expect(await nav.getByRole('link', { name: closed }).count(), closed).toBe(0);
  await other.goto(`/settings/agents/${items[0]!.id}`);
  await see(other, 'You may not see this page');
  await other.goto('/audit');
  await see(other, 'You may not see this page');

  await page.getByRole('tab', { name: 'Access' }).click();
  await see(page, /Chrome on/);
});
