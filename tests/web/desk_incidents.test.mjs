// What is out of order in a municipality: written on its page, seen above the desk.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertAccessible, openPage, screenshot, startBrowser } from './harness/index.mjs';
import { ScriptedDesk } from './harness/scripted_desk.mjs';

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

async function goTo(page, name) {
  const button = page.getByRole('button', { name, exact: true });
  if (!await button.isVisible()) await page.getByRole('button', { name: /Innstillingar/ }).click();
  await button.click();
}

for (const [width, colours] of [[320, 'dark'], [1440, 'light']]) {
  test(`an agent writes an incident and it stands above the desk, ${width} px, ${colours}`, async () => {
    const page = await openPage(browser, { colours, size: { width, height: 800 } });
    const service = await ScriptedDesk.on(page);
    await service.open();
    await goTo(page, 'Driftsmeldingar');
    await page.getByLabel('Kommune', { exact: true }).selectOption('gulen');
    await page.getByLabel('Melding', { exact: true }).fill('Vatnet er borte i Eivindvik. <b>Kok vatnet.</b>');
    await page.getByRole('button', { name: 'Lagre' }).click();
    const row = page.getByRole('listitem').filter({ hasText: '<b>Kok vatnet.</b>' });
    await row.waitFor();
    assert.equal(await page.getByLabel('Melding', { exact: true }).inputValue(), '', 'the form is empty again');
    await assertAccessible(page, 'incidents');
    await screenshot(page, `desk-incidents-${width}-${colours}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} px too wide`);
    await goTo(page, 'Skranken');
    const banner = page.getByRole('region', { name: 'Gjeld no' });
    await banner.getByText('Vatnet er borte i Eivindvik. <b>Kok vatnet.</b>').waitFor();
    await assertAccessible(page, 'incident-banner');
    await screenshot(page, `desk-incident-banner-${width}-${colours}`);
    await page.close();
  });
}

test('what is refused is told where it was written', async () => {
  const page = await openPage(browser, {});
  const service = await ScriptedDesk.on(page);
  await service.open();
  await goTo(page, 'Driftsmeldingar');
  await page.getByLabel('Melding', { exact: true }).waitFor();
  service.refuse('incidents', { status: 422, code: 'empty', text: 'Meldinga er tom.' });
  await page.getByRole('button', { name: 'Lagre' }).click();
  await page.getByRole('alert').getByText('Meldinga er tom.').waitFor();
  await page.close();
});
