// The real pages as pictures and for axe: phone and desktop, light and dark, closed and open.
import { after, before, test } from 'node:test';

import {
  assertAccessible, Chat, desktop, openPage, phone, screenshot, startBrowser, startService,
} from './harness/index.mjs';

let browser, service;
before(async () => {
  service = await startService();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

for (const [device, size] of [['desktop', desktop], ['phone', phone]]) {
  for (const colours of ['light', 'dark']) {
    test(`the demo page and the chat on a ${device} in ${colours}`, async () => {
      const page = await openPage(browser, { size, colours });
      const picture = (name) => screenshot(page, `widget-${name}-${device}-${colours}`);
      await page.goto(`${service.url}/demo/osteroy`);
      const chat = new Chat(page);
      await chat.launcher.waitFor();
      await assertAccessible(page, 'the page with the button');
      await picture('1-button');
      await chat.begin();
      await assertAccessible(page, 'the notice');
      await picture('2-notice');
      await chat.say('når vert bosset tømt');
      await chat.answer('BIR');
      await assertAccessible(page, 'the answer');
      await picture('3-answer');
      await chat.say('det brenn i huset');
      await chat.answer('110');
      await chat.say('eg vil snakke med eit menneske');
      await chat.panel.getByText('Du ventar på eit menneske').waitFor();
      await assertAccessible(page, 'danger and the queue');
      await picture('4-queue');
      await page.context().close();
    });
  }
}

test('the list of demo pages', async () => {
  for (const colours of ['light', 'dark']) {
    const page = await openPage(browser, { colours });
    await page.goto(`${service.url}/demo/`);
    await assertAccessible(page, `the list in ${colours}`);
    await page.context().close();
  }
});
