// Alt and a letter do what the buttons do, and the overview tells which.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertAccessible, openPage, screenshot, startBrowser } from './harness/index.mjs';
import { ScriptedDesk } from './harness/scripted_desk.mjs';

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

test('a conversation is taken, answered and ended with shortcuts alone', async () => {
  const page = await openPage(browser, { size: { width: 1440, height: 900 } });
  const service = await ScriptedDesk.on(page);
  service.conversation('c1', 'osteroy');
  const desk = await service.open();
  await desk.row('Ventar', 'Osterøy').click();
  await desk.log.waitFor();
  await page.keyboard.press('Alt+a');
  assert.equal(await page.getByRole('dialog').count(), 0, 'what is not there does nothing');
  await page.keyboard.press('Alt+t');
  await page.locator('textarea:focus').waitFor();
  await page.keyboard.press('Alt+o');
  assert.match(await desk.focused(), /Søk i kunnskapsbasen/);
  await page.keyboard.press('Alt+l');
  await page.keyboard.press('Alt+m');
  await page.keyboard.type('Hei!');
  await page.keyboard.press('Enter');
  await desk.sees('Hei!');
  await page.keyboard.press('Alt+r');
  await page.getByRole('dialog', { name: 'Ferdige svar' }).waitFor();
  await page.keyboard.press('Alt+a');
  assert.equal(await page.getByRole('dialog').count(), 1, 'one dialog at a time');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+a');
  await page.getByRole('dialog', { name: 'Avslutte samtalen?' }).waitFor();
  await page.close();
});

for (const [width, colours] of [[320, 'dark'], [1440, 'light']]) {
  test(`the overview can be read by everyone, ${width} px, ${colours}`, async () => {
    const page = await openPage(browser, { colours, size: { width, height: 800 } });
    const service = await ScriptedDesk.on(page);
    await service.open();
    await page.keyboard.press('Alt+h');
    await page.getByRole('dialog', { name: 'Snarvegar' }).getByText('Ta neste i køen').waitFor();
    await assertAccessible(page, 'shortcuts');
    await screenshot(page, `desk-shortcuts-${width}-${colours}`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.close();
  });
}
