// The main job of a citizen, against the real service: once over sockets, once where the network blocks them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { Chat, kNothingStored, openPage, startBrowser, startService, stored } from './harness/index.mjs';

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
    async function open(site) {
      const page = await openPage(browser, { sockets });
      const chat = await Chat.open(page, `${service.url}/demo/${site}`);
      return { page, chat };
    }

    test('the demo page stores and calls nothing until the button is pressed', async () => {
      const page = await openPage(browser, { sockets });
      const calls = [];
      page.on('request', (request) => calls.push(new URL(request.url()).pathname));
      page.on('websocket', (socket) => calls.push(socket.url()));
      await page.goto(`${service.url}/demo/osteroy`);
      await new Chat(page).launcher.waitFor();
      assert.deepEqual(await stored(page), kNothingStored);
      assert.deepEqual(await page.context().cookies(), []);
      assert.deepEqual(calls.filter((path) => path.startsWith('/chat') && path !== '/chat/v1/widget.js'), []);
      assert.ok(calls.every((path) => !path.includes('socket')), String(calls));
      await page.context().close();
    });

    test('the first words say that it is a robot and who is responsible', async () => {
      const { page, chat } = await open('osteroy');
      const notice = await chat.notice.innerText();
      assert.match(notice, /robot/i);
      assert.match(notice, /Osterøy kommune/);
      await page.context().close();
    });

    test('«når vert bosset tømt» is answered for Osterøy, with link and topic', async () => {
      const { page, chat } = await open('osteroy');
      await chat.say('når vert bosset tømt');
      const answer = await chat.answer('BIR');
      const text = await answer.innerText();
      assert.doesNotMatch(text, /NGIR/);
      assert.match(text, /Tema: \S+/);
      assert.match(await answer.getByRole('link').first().getAttribute('href'), /^https:\/\//);
      assert.match(await answer.locator('.who').innerText(), /Robot/);
      assert.deepEqual(page.faults, []);
      await page.context().close();
    });

    test('the common page asks which municipality, and a place name settles it', async () => {
      const { page, chat } = await open('felles');
      await chat.say('når vert bosset tømt');
      const question = await chat.answer(/kommune/i);
      assert.ok(await question.getByRole('button').count() >= 2);
      await chat.say('i Dalsøyra');
      await chat.answer(/Gjeld: Gulen/);
      await page.context().close();
    });

    test('the common page takes a button for an answer too', async () => {
      const { page, chat } = await open('felles');
      await chat.say('når vert bosset tømt');
      await chat.button('Osterøy').click();
      const answer = await chat.answer(/Gjeld: Osterøy/);
      assert.match(await answer.innerText(), /BIR/);
      await page.context().close();
    });

    test('«eg vil snakke med eit menneske» hands over, and the way back is open', async () => {
      const { page, chat } = await open('osteroy');
      await chat.say('eg vil snakke med eit menneske');
      await chat.panel.getByText('Du ventar på eit menneske').waitFor();
      await chat.button('Gå ut av køen').click();
      await chat.panel.locator('.speaker').filter({ hasText: 'Du skriv med ein robot' }).waitFor();
      await page.context().close();
    });

    test('the whole of it by keyboard alone', async () => {
      const page = await openPage(browser, { sockets });
      const chat = new Chat(page);
      await page.goto(`${service.url}/demo/felles`);
      await chat.launcher.waitFor();
      for (let presses = 0; presses < 40 && !/opne chatten/.test(await chat.focus()); presses += 1) {
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('Enter');
      await chat.notice.waitFor();
      await page.keyboard.type('når vert bosset tømt');
      await page.keyboard.press('Enter');
      await chat.button('Osterøy').waitFor();
      for (let presses = 0; presses < 20 && await chat.focus() !== 'Osterøy'; presses += 1) {
        await page.keyboard.press('Shift+Tab');
      }
      await page.keyboard.press('Enter');
      await chat.answer(/Gjeld: Osterøy/);
      assert.equal(await chat.focus(), 'Skriv meldinga di');
      await page.keyboard.press('Escape');
      assert.match(await chat.focus(), /opne chatten/);
      await page.context().close();
    });
  });
}
