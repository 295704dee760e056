// The phone desk on the real service: searched, picked, written and counted by the keyboard alone, once, and in the
// month's figures.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';

import { assertAccessible, binary, openPage, root, screenshot, startBrowser, startService } from './harness/index.mjs';
import { Desk, agentLogin } from './harness/desk.mjs';

let browser, service;
before(async () => {
  browser = await startBrowser();
  service = await startService();
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

async function atTelephone(options) {
  const page = await openPage(browser, options);
  const desk = await Desk.open(page, service.url);
  await desk.signIn(await agentLogin(service));
  await page.keyboard.press('Alt+p');
  await page.getByRole('heading', { name: 'Telefon', exact: true }).waitFor();
  await page.getByLabel('Kommune', { exact: true }).waitFor();
  return page;
}

// Of the month, from the command line: how many calls were counted, by municipality.
function countedCalls() {
  const month = new Date().toISOString().slice(0, 7);
  const ran = spawnSync(binary, ['report', '--data', service.folder, '--month', month, '--json'],
    { cwd: root, encoding: 'utf8' });
  assert.equal(ran.status, 0, ran.stderr);
  return JSON.parse(ran.stdout);
}

for (const [width, colours] of [[320, 'dark'], [1440, 'light']]) {
  test(`a call is counted, ${width} px, ${colours}`, async () => {
    const page = await atTelephone({ colours, size: { width, height: 900 } });
    await page.getByLabel('Kommune', { exact: true }).selectOption('osteroy');
    await page.getByLabel('Søk i kunnskapsbasen').fill('når vert bosset tømt');
    const topic = page.getByRole('radio', { name: /bosset/ }).first();
    await topic.waitFor();
    await assertAccessible(page, `the phone desk, ${width}`);
    await screenshot(page, `desk-phone-${width}-${colours}`);
    await topic.check();
    await page.getByLabel('Med to ord (valfritt)').fill('tømming i jula');
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} px too wide`);
    await page.getByRole('button', { name: 'Tel samtalen' }).click();
    await page.getByText(/^Talt: .*, Osterøy\.$/).waitFor();
    assert.equal(await page.getByLabel('Søk i kunnskapsbasen').inputValue(), '', 'ready for the next');
    assert.equal(await page.getByLabel('Kommune', { exact: true }).inputValue(), 'osteroy');
    assert.ok(await page.getByLabel('Søk i kunnskapsbasen').evaluate((input) => input === document.activeElement));
    await page.context().close();
  });
}

test('another municipality’s facts never stay on the screen, and a page that could not begin tries again', async () => {
  const page = await atTelephone({ size: { width: 1024, height: 900 } });
  await page.getByLabel('Kommune', { exact: true }).selectOption('osteroy');
  await page.getByLabel('Søk i kunnskapsbasen').fill('når vert bosset tømt');
  await page.getByText('BIR hentar bosset i Osterøy').first().waitFor();
  await page.getByRole('radio', { name: /bosset/ }).first().check();
  await page.getByLabel('Kommune', { exact: true }).selectOption('gulen');
  await page.getByText('BIR hentar bosset i Osterøy').first().waitFor({ state: 'detached' });
  await page.getByText(/hentar bosset i Gulen/).first().waitFor();
  assert.ok(await page.getByRole('radio', { name: 'Noko anna, utan emne' }).isChecked());
  await page.getByRole('button', { name: 'Søk', exact: true }).click();
  await page.route('**/desk/v1/contacts', (route) => route.abort('connectionreset'), { times: 1 });
  await page.keyboard.press('Alt+p');
  await page.getByRole('alert').getByText(/./).waitFor();
  await page.getByRole('main').getByRole('button').first().click();
  await page.getByLabel('Kommune', { exact: true }).waitFor();
  await page.context().close();
});

test('by keyboard alone, from the desk to the next call', async () => {
  const page = await atTelephone({ size: { width: 1024, height: 900 } });
  await page.keyboard.press('Alt+o');
  await page.keyboard.type('barnehage');
  await page.getByRole('radio', { name: /barnehage/i }).first().waitFor();
  await page.keyboard.press('Tab');
  const named = () => page.evaluate(() => document.activeElement?.labels?.[0]?.textContent ?? '');
  for (let presses = 0; presses < 40 && !(await named()).startsWith('Med to ord'); presses += 1)
    await page.keyboard.press('Tab');
  await page.keyboard.type('pris');
  await page.keyboard.press('Enter');
  await page.getByText(/^Talt: Noko anna, utan emne, /).waitFor();
  await page.context().close();
});

test('a call whose answer was lost counts once, and the month’s report has them all', async () => {
  const page = await atTelephone({});
  await page.getByLabel('Kommune', { exact: true }).selectOption('gulen');
  await page.route('**/desk/v1/contacts', async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  }, { times: 1 });
  await page.getByRole('button', { name: 'Tel samtalen' }).click();
  await page.getByRole('alert').getByText(/./).waitFor();
  await page.getByRole('button', { name: 'Tel samtalen' }).click();
  await page.getByText('Samtalen var alt talt. Det du endra etterpå, kom ikkje med.').waitFor();
  const { municipalities } = countedCalls();
  assert.equal(municipalities.gulen.figures.counted_contacts, 1);
  assert.equal(municipalities.osteroy.figures.counted_contacts, 2);
  const topics = Object.values(municipalities.osteroy.topics).map(({ counted_contacts: count }) => count ?? 0);
  assert.equal(topics.reduce((sum, count) => sum + count, 0), 2, 'by topic as well');
  await page.context().close();
});
