// Nothing before the first click, and only what is needed after it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Chat, kNothingStored, openPage, ScriptedService, startBrowser, stored, until } from './harness/index.mjs';

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

test('before the button is pressed nothing is stored and nobody is called', async () => {
  const page = await openPage(browser);
  const service = await ScriptedService.on(page);
  await page.goto(service.address);
  await new Chat(page).launcher.waitFor();
  assert.deepEqual(await stored(page), kNothingStored);
  assert.deepEqual(await page.context().cookies(), []);
  assert.equal(service.sockets.length, 0);
  assert.deepEqual(service.requests.filter((url) => !url.endsWith('/favicon.ico')),
    [service.address.split('#')[0], 'https://chat.example/chat/v1/widget.js']);
  await page.context().close();
});

test('the page may allow our origin alone and require trusted types', async () => {
  const page = await openPage(browser);
  const service = await ScriptedService.on(page);
  const chat = await service.open();
  await chat.say('hei');
  await service.heard('say');
  service.event(1, { text: '**Hei** på deg', links: [{ label: 'Lenkje', url: 'https://vaksdal.kommune.no/a' }] });
  await chat.answer('Hei på deg');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('the service is told the page without query and fragment', async () => {
  const page = await openPage(browser);
  const service = await ScriptedService.on(page);
  await service.open();
  const hello = await service.heard('hello');
  assert.deepEqual(hello, {
    type: 'hello', site: 'vaksdal', language: 'nn',
    page: { url: 'https://www.kommune.example/tenester', title: 'Vaksdal' },
  });
  await page.context().close();
});

test('after the click only sessionStorage holds anything, and no word that has arrived', async () => {
  const page = await openPage(browser);
  const service = await ScriptedService.on(page);
  const chat = await service.open();
  await chat.say('noko privat');
  const { id } = await service.heard('say');
  assert.match(JSON.stringify((await stored(page)).session), /noko privat/);
  service.socket.send({ type: 'ack', id, seq: 1 });
  await until(async () => !JSON.stringify(await stored(page)).includes('noko privat'));
  const { session, ...rest } = await stored(page);
  assert.deepEqual(Object.keys(session), ['svar-chat:vaksdal']);
  assert.deepEqual({ ...rest, session: {} }, kNothingStored);
  assert.deepEqual(await page.context().cookies(), []);
  await page.context().close();
});

test('deleting empties the screen and the tab, after one question', async () => {
  const page = await openPage(browser);
  const service = await ScriptedService.on(page);
  const chat = await service.open();
  service.event(1, { text: 'eit svar' });
  await chat.answer('eit svar');
  await chat.menu('Slett samtalen');
  await chat.button('Avbryt').click();
  assert.equal(service.socket.frames('delete').length, 0);
  await chat.menu('Slett samtalen');
  await chat.button('Ja, slett').click();
  const { id } = await service.heard('delete');
  service.socket.send({ type: 'event', seq: 3, from: 'system', kind: 'erased', at: '2026-11-23T10:16:00.000Z' });
  service.socket.send({ type: 'ack', id, seq: 3 });
  await chat.button('Start ein ny samtale').waitFor();
  assert.equal(await chat.articles.count(), 0);
  assert.doesNotMatch(JSON.stringify(await stored(page)), /c1|t1/);
  service.welcome = { ...service.welcome, conversation: 'c2', token: 't2' };
  await chat.button('Start ein ny samtale').click();
  await service.connections(2);
  assert.equal((await service.heard('hello')).resume, undefined);
  await chat.notice.waitFor();
  assert.equal(await chat.focus(), 'Skriv meldinga di');
  await page.context().close();
});

test('the transcript is fetched with the key in a header, never in the address', async () => {
  const page = await openPage(browser, { context: { acceptDownloads: true } });
  const service = await ScriptedService.on(page);
  const asked = [];
  await page.route('https://chat.example/chat/v1/transcript**', (route) => {
    asked.push(route.request());
    return route.fulfill({
      headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'authorization' },
      contentType: 'text/plain; charset=utf-8', body: 'Du: hei' });
  });
  const chat = await service.open();
  const saved = page.waitForEvent('download');
  await chat.menu('Last ned samtalen');
  assert.equal((await saved).suggestedFilename(), 'samtale-vaksdal.txt');
  const request = asked.find((one) => one.method() === 'GET');
  assert.equal(request.headers().authorization, 'Bearer t1');
  assert.doesNotMatch(request.url(), /t1/);
  await page.context().close();
});

test('the next page connects by itself only when there is something to wait for', async () => {
  const page = await openPage(browser);
  const service = await ScriptedService.on(page);
  const chat = await service.open();
  await page.keyboard.press('Escape');
  await page.reload();
  await chat.launcher.waitFor();
  assert.equal(service.sockets.length, 1);
  await chat.begin();
  assert.equal((await service.heard('hello')).resume.conversation, 'c1');
  service.event(1, { from: 'system', kind: 'handoff', text: 'Du står i kø.' });
  await chat.answer('Du står i kø.');
  await page.keyboard.press('Escape');
  await page.reload();
  await service.connections(3);
  await page.context().close();
});
