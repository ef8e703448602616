import { expect, test } from 'vitest';
import { addActive, callerFor } from './call-api.ts';
import { see, seePage } from './see.ts';
import { administrator } from './start-rollcall.ts';
import { useJourney } from './use-journey.ts';

const journey = useJourney();

test('somebody is out at once and for good reason, with a record that says so, and can come back', async () => {
  const call = await callerFor(journey.rollcall, administrator.email, administrator.password);
  const group = await call<{ id: string }>('POST', '/groups', {
    name: 'Night shift',
    ringStrategy: 'all_at_once',
  });
  const number = await call<{ id: string }>('POST', '/numbers', {
    e164: '+4930901820',
    label: 'Berlin desk',
  });
  const tom = await addActive(call, ['Tom', 'Weber'], { groupIds: [group.id], numberIds: [number.id] });
  await addActive(call, ['Lea', 'Brandt']);

  const leaver = await journey.signIn(tom);
  await seePage(leaver, 'Nordwind');
  // Besides the page's own stream of live changes, one whose end can be waited for.
  const streamEnded = leaver.evaluate(async () => {
    const stream = await fetch('/api/v1/events');
    document.title = 'streaming';
    const reader = stream.body!.getReader();
    try {
      while (!(await reader.read()).done);
    } catch {}
    return stream.status;
  });
  // Looked at below; a failure before that closes the page and is the one to tell.
  streamEnded.catch(() => undefined);
  await expect.poll(() => leaver.title()).toBe('streaming');

  const page = await journey.signIn();
  await page.goto(`/settings/agents/${tom.id}`);
  await page.getByRole('button', { name: 'Deactivate…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Deactivate Tom Weber?' });
  await see(dialog, '2 sessions');
  await see(dialog, 'Night shift is left without an available member.');
  await see(dialog, '+4930901820 (Berlin desk) becomes free');
  await dialog.getByRole('combobox', { name: 'Who takes over their numbers' }).fill('Lea');
  // The choices follow the typing; a click while they move would miss.
  await expect.poll(() => page.getByRole('option').count()).toBe(1);
  await page.getByRole('option', { name: /Lea Brandt/ }).click();
  await see(dialog, '+4930901820 (Berlin desk) goes to Lea Brandt');
  await dialog.getByLabel('Reason or ticket').fill('HR-4711');
  await dialog.getByRole('button', { name: 'Deactivate' }).click();

  await seePage(page, 'Off-boarding of Tom Weber');
  expect(await streamEnded).toBe(200);
  await leaver.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  await leaver.getByLabel('E-mail or sign-in name').fill(tom.email);
  await leaver.getByLabel('Password', { exact: true }).fill(tom.password);
  await leaver.getByRole('button', { name: 'Sign in' }).click();
  await leaver.getByRole('alert').waitFor();

  const recordUrl = page.url();
  for (const text of [
    'HR-4711',
    'Access ended',
    'Signal received',
    'Night shift',
    '+4930901820',
    'Lea Brandt',
  ])
    await see(page, text);
  await see(page.getByText('Disabled at the source').locator('..'), 'unknown');
  const record = await call<{ times: { accessEnded: string }; ended: { kind: string; count: number }[] }>(
    'GET',
    `/off-boardings/${recordUrl.split('/').at(-1)}`,
  );
  expect(record.ended).toContainEqual(expect.objectContaining({ kind: 'session', count: 2 }));

  await page.getByRole('link', { name: 'Leavers' }).first().click();
  await seePage(page, 'Leavers');
  await see(page, 'Tom Weber');
  await page.getByRole('link', { name: 'Audit' }).click();
  await seePage(page, 'Audit');
  await see(page, 'Agent deactivated');

  await page.goto(`/settings/agents/${tom.id}`);
  await page.getByRole('button', { name: 'Reactivate…' }).click();
  const back = page.getByRole('dialog', { name: 'Reactivate Tom Weber' });
  await see(back, 'All former sessions and API keys');
  await see(back, 'Night shift (as before)');
  await back.getByRole('button', { name: 'Reactivate' }).click();
  await see(page, 'Tom Weber is active again');
  await page.goto(recordUrl);
  await see(page, /^Reactivated /);
  await leaver.getByRole('button', { name: 'Sign in' }).click();
  await seePage(leaver, 'Nordwind');

  // Whoever is the only administrator cannot go, and is told why and what to do first.
  await page.goto('/settings/agents?search=ada');
  await page.getByRole('link', { name: administrator.email }).click();
  await page.getByRole('button', { name: 'Deactivate…' }).click();
  const own = page.getByRole('dialog', { name: /^Deactivate / });
  await see(own.getByRole('alert'), 'administrator');
  expect(await own.getByRole('button', { name: 'Deactivate' }).isDisabled()).toBe(true);
});
