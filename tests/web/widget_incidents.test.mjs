// What is out of order where the citizen is: above the conversation while it lasts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertAccessible, openPage, ScriptedService, screenshot, startBrowser } from './harness/index.mjs';

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

const kWater = {
  id: '7', from: '2026-11-24T08:00:00.000Z', to: '2026-11-24T12:00:00.000Z',
  texts: [
    { language: 'nn', text: 'Vatnet er borte på Dale til kl. 13. <b>Kok vatnet</b> etterpå.' },
    { language: 'en', text: 'No water at Dale until 13:00.' },
  ],
};
const kRoad = { ...kWater, id: '8', crisis: true, texts: [{ language: 'nb', text: 'Veien er stengt. '.repeat(29) }] };
const incident = (version, ...incidents) => ({ type: 'incident', version, incidents });

for (const [width, colours] of [[320, 'dark'], [1280, 'light']]) {
  test(`it stands there and is read aloud until it is gone, ${width} px, ${colours}`, async () => {
    const page = await openPage(browser, { colours, size: { width, height: 700 } });
    const service = await ScriptedService.on(page);
    const chat = await service.open();
    const status = chat.panel.locator('.incidents [role=status]');
    assert.equal(await status.count(), 1, 'it stands there before it says anything');
    service.socket.send(incident('v1', kWater, kRoad));
    const banner = chat.panel.getByRole('region', { name: 'Driftsmelding' });
    await banner.getByText('<b>Kok vatnet</b>').waitFor();
    assert.equal(await banner.getByText('Veien er stengt.').getAttribute('lang'), 'nb');
    assert.match(await banner.locator('p').first().textContent(), /Veien er stengt/, 'a crisis comes first');
    service.event(1, { text: 'BIR hentar bosset.' });
    await chat.answer('BIR hentar bosset.');
    await assertAccessible(page, 'out of order');
    await screenshot(page, `widget-incident-${width}-${colours}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} px too wide`);
    assert.ok(await chat.log.evaluate((log) => log.clientHeight) > 100, 'the conversation has room left');
    service.socket.send(incident('none'));
    await status.locator('p').first().waitFor({ state: 'detached' });
    assert.equal(await status.textContent(), '');
    assert.deepEqual(page.faults, []);
    await page.close();
  });
}

test('it follows the language, and the next hello tells what is shown', async () => {
  const page = await openPage(browser);
  const service = await ScriptedService.on(page);
  service.welcome = { ...service.welcome, language: 'en' };
  const chat = await service.open();
  assert.equal((await service.heard('hello')).incidents, undefined);
  service.socket.send(incident('v1', kWater));
  await chat.panel.getByText('No water at Dale until 13:00.').waitFor();
  await service.socket.close(1012, 'restarting');
  await service.connections(2);
  assert.equal((await service.heard('hello')).incidents, 'v1');
  await chat.panel.getByText('No water at Dale until 13:00.').waitFor();
  await page.close();
});
