// The service is killed in the middle and comes back: the widget finds it by itself, nothing is lost, nothing doubled.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { Chat, openPage, startBrowser, startService } from './harness/index.mjs';

let browser, service;
before(async () => {
  service = await startService();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

for (const sockets of ['allowed', 'blocked']) {
  describe(`with sockets ${sockets}`, () => {
    test('a kill in the middle of a conversation loses and doubles nothing', async () => {
      const page = await openPage(browser, { sockets });
      const chat = await Chat.open(page, `${service.url}/demo/osteroy`);
      await chat.say('når vert bosset tømt');
      await chat.answer('BIR');
      const before = await chat.texts();
      await service.kill();
      await chat.status.filter({ hasText: 'Ikkje samband' }).waitFor();
      await chat.say('takk for hjelpa');
      await chat.panel.getByText('Ventar på samband').waitFor();
      await service.start();
      await chat.reconnected();
      const texts = await chat.waitForTexts(before.length + 2);
      assert.deepEqual(texts.slice(0, before.length), before);
      assert.equal(texts.filter((text) => text === 'takk for hjelpa').length, 1);
      const seen = await chat.transcript();
      await page.reload();
      await chat.waitForTexts(seen.length);
      assert.deepEqual((await chat.transcript()).map(({ text }) => text), seen.map(({ text }) => text));
      await page.context().close();
    });

    test('a kill between the send and the acknowledgement loses and doubles nothing', async () => {
      const page = await openPage(browser, { sockets });
      const chat = await Chat.open(page, `${service.url}/demo/osteroy`);
      await chat.say('hei');
      await chat.waitForTexts(2);
      const words = ['ein', 'to', 'tre', 'fire', 'fem'].map((word) => `spørsmål ${word}`);
      for (const [index, word] of words.entries()) {
        await chat.say(word);
        if (index === 2) await service.kill();
      }
      await service.start();
      await chat.reconnected();
      for (const word of words) {
        await chat.articles.filter({ hasText: word }).locator('.state').filter({ hasText: 'Sendt' })
          .waitFor({ state: 'attached' });
      }
      const mine = (await chat.transcript()).filter(({ look }) => look === 'mine').map(({ text }) => text);
      assert.deepEqual(mine, ['hei', ...words]);
      await page.context().close();
    });

    test("the conversation goes on, open, on the municipality's next page", async () => {
      const page = await openPage(browser, { sockets });
      const chat = await Chat.open(page, `${service.url}/demo/osteroy`);
      await chat.say('når vert bosset tømt');
      await chat.answer('BIR');
      const before = await chat.texts();
      await page.goto(`${service.url}/demo/osteroy?side=2`);
      await chat.answer('BIR');
      assert.deepEqual(await chat.texts(), before);
      await page.context().close();
    });
  });
}
