// Download, delete, end, go on elsewhere: what is the citizen's own to decide, against the real service.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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
    async function ask(words) {
      const page = await openPage(browser, { sockets, context: { acceptDownloads: true } });
      const chat = await Chat.open(page, `${service.url}/demo/osteroy`);
      await chat.say(words);
      await chat.waitForTexts(2);
      return { page, chat };
    }

    test('the transcript is downloaded with both sides in it', async () => {
      const { page, chat } = await ask('når vert bosset tømt');
      const saved = page.waitForEvent('download');
      await chat.menu('Last ned samtalen');
      const text = readFileSync(await (await saved).path(), 'utf8');
      assert.match(text, /når vert bosset tømt/);
      assert.match(text, /BIR/);
      await page.context().close();
    });

    test('the conversation is deleted, here and there, and a new one can begin', async () => {
      const { page, chat } = await ask('når vert bosset tømt');
      const key = await page.evaluate(() => JSON.parse(sessionStorage.getItem('svar-chat:osteroy')).credentials);
      await chat.menu('Slett samtalen');
      await chat.button('Ja, slett').click();
      await chat.status.filter({ hasText: 'Samtalen er sletta' }).waitFor();
      assert.equal(await chat.articles.count(), 0);
      const kept = await fetch(`${service.url}/chat/v1/transcript?conversation=${encodeURIComponent(key.conversation)}`,
        { headers: { Authorization: `Bearer ${key.token}`, Origin: service.url } });
      assert.doesNotMatch(await kept.text(), /bosset/);
      await chat.button('Start ein ny samtale').click();
      await chat.notice.waitFor();
      await chat.say('hei');
      await chat.waitForTexts(2);
      await page.context().close();
    });

    test('the conversation is ended, and the next word opens it again', async () => {
      const { page, chat } = await ask('når vert bosset tømt');
      await chat.menu('Avslutt samtalen');
      await chat.panel.locator('.speaker').filter({ hasText: 'Samtalen er avslutta' }).waitFor();
      await chat.say('når vert bosset tømt');
      await chat.panel.locator('.speaker').filter({ hasText: 'Du skriv med ein robot' }).waitFor();
      await page.context().close();
    });

    test('another device goes on with the conversation by a short code', async () => {
      const { page, chat } = await ask('når vert bosset tømt');
      await chat.menu('Hald fram på ei anna eining');
      const code = await chat.panel.locator('.code').innerText();
      const before = await chat.texts();
      const second = await openPage(browser, { sockets });
      const other = await Chat.open(second, `${service.url}/demo/osteroy`);
      await other.menu('Eg har ein kode');
      await other.panel.getByRole('textbox', { name: 'Kode frå den andre eininga' }).fill(code);
      await second.keyboard.press('Enter');
      await other.answer('BIR');
      assert.deepEqual(await other.texts(), before);
      await other.say('takk');
      await chat.answer('takk');
      await second.context().close();
      await page.context().close();
    });
  });
}
