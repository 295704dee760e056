// Losing the service, finding it again, and never all at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Chat, openPage, ScriptedService, startBrowser, until } from './harness/index.mjs';

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

// A page whose clock stands still but for the test, and dice that always fall on the highest side.
async function open() {
  const page = await openPage(browser);
  await page.clock.install({ time: new Date('2026-11-23T10:00:00Z') });
  await page.addInitScript(() => { Math.random = () => 0.999; });
  const service = await ScriptedService.on(page);
  await page.goto(service.address);
  await page.clock.pauseAt(new Date('2026-11-23T10:05:00Z'));
  const chat = new Chat(page);
  await chat.begin();
  return { page, service, chat };
}

test('a connection that has died in silence is noticed within thirty seconds and resumed', async () => {
  const { page, service } = await open();
  service.event(5, { text: 'før' });
  await page.getByText('før', { exact: true }).waitFor();
  await page.clock.runFor(25_000);
  await service.heard('ping');
  await page.clock.runFor(5_100);
  await page.clock.runFor(600);
  await service.connections(2);
  assert.equal((await service.heard('hello')).resume.after, 5);
  await page.context().close();
});

test('a connection that answers its pings is kept', async () => {
  const { page, service } = await open();
  for (let count = 1; count <= 4; count += 1) {
    await page.clock.runFor(25_000);
    await service.heard('ping', count);
    service.socket.send({ type: 'pong' });
    await page.evaluate(() => null);
  }
  assert.equal(service.sockets.length, 1);
  await page.context().close();
});

test('the server decides how long we stay away', async () => {
  const { page, service, chat } = await open();
  await service.socket.close(1013, 'retry_after_ms=8000');
  await chat.status.filter({ hasText: 'Ikkje samband' }).waitFor();
  await page.clock.runFor(7_900);
  assert.equal(service.sockets.length, 1);
  await page.clock.runFor(700);
  await service.connections(2);
  await page.context().close();
});

test('every further try may wait twice as long, at most thirty seconds, and none is the last', async () => {
  const { page, service, chat } = await open();
  const ceilings = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
  for (const [index, ceiling] of ceilings.entries()) {
    await service.socket.close(1001);
    await chat.status.filter({ hasText: 'Ikkje samband' }).waitFor();
    await page.clock.runFor(ceiling * 0.99);
    assert.equal(service.sockets.length, index + 1, `try ${index + 1} came early`);
    await page.clock.runFor(ceiling * 0.02);
    await service.connections(index + 2);
    await chat.status.filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
  }
  await page.context().close();
});

test('ten seconds of health and the count begins anew', async () => {
  const { page, service, chat } = await open();
  for (const count of [1, 2, 3]) {
    await service.socket.close(1001);
    await chat.status.filter({ hasText: 'Ikkje samband' }).waitFor();
    await page.clock.runFor(5_000);
    await service.connections(count + 1);
    await chat.status.filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
  }
  await page.clock.runFor(10_100);
  await service.socket.close(1001);
  await chat.status.filter({ hasText: 'Ikkje samband' }).waitFor();
  await page.clock.runFor(510);
  await service.connections(5);
  await page.context().close();
});

test('the citizen can ask for a try at once', async () => {
  const { page, service, chat } = await open();
  await service.socket.close(1013, 'retry_after_ms=60000');
  await chat.button('Prøv no').click();
  await service.connections(2);
  assert.equal(await chat.focus(), 'Skriv meldinga di');
  await page.context().close();
});

test('a page that may not hold the chat is told so once', async () => {
  const { page, service, chat } = await open();
  service.socket.send({ type: 'error', code: 'bad_origin', text: 'Chatten er ikkje open her.' });
  await service.socket.close(1008);
  await chat.status.filter({ hasText: 'ikkje tilgjengeleg her' }).waitFor();
  await page.clock.runFor(120_000);
  assert.equal(service.sockets.length, 1);
  await page.context().close();
});

test('the code of another device joins its conversation; a wrong one leaves us where we were', async () => {
  const { page, service, chat } = await open();
  await chat.menu('Hald fram på ei anna eining');
  await service.heard('code');
  service.socket.send({ type: 'code', code: 'ABCD-EFGH', expires: '2026-11-23T10:15:00Z' });
  await chat.panel.getByText('ABCD-EFGH').waitFor();
  await page.keyboard.press('Escape');
  service.answersHello = false;
  await chat.menu('Eg har ein kode');
  await chat.panel.getByRole('textbox', { name: 'Kode frå den andre eininga' }).fill('FEIL');
  await page.keyboard.press('Enter');
  await service.connections(2);
  assert.deepEqual((await service.heard('hello')).resume, { code: 'FEIL' });
  service.answersHello = true;
  service.socket.send({ type: 'error', code: 'bad_code', text: 'Koden er feil.' });
  await service.connections(3);
  assert.equal((await service.heard('hello')).resume.conversation, 'c1');
  await chat.status.filter({ hasText: 'Koden er feil.' }).waitFor();
  await page.context().close();
});

test('where sockets never open everything goes by requests', async () => {
  const page = await openPage(browser, { sockets: 'blocked' });
  const service = await ScriptedService.on(page, { sockets: 'blocked' });
  const posts = [];
  let release = () => {};
  const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' };
  await page.route('https://chat.example/chat/v1/messages**', async (route) => {
    const request = route.request();
    const reply = (frames) => route.fulfill({ json: { frames }, headers });
    if (request.method() === 'POST') {
      const { frames } = request.postDataJSON();
      posts.push(frames);
      const say = frames.find((frame) => frame.type === 'say');
      return reply([service.welcome, ...(say ? [{ type: 'ack', id: say.id, seq: 1 }] : [])]);
    }
    assert.equal(request.headers().authorization, 'Bearer t1');
    const event = await new Promise((resolve) => { release = resolve; });
    return reply([event]).catch(() => null);
  });
  const chat = await service.open();
  await chat.say('hei');
  await until(() => posts.length === 2, { what: 'the second request' });
  assert.deepEqual(posts[1].map((frame) => frame.type), ['hello', 'say']);
  assert.deepEqual(posts[1][0].resume, { conversation: 'c1', token: 't1', after: 0 });
  release({ type: 'event', seq: 2, at: '2026-11-23T10:15:02.123Z', from: 'bot', kind: 'message', text: 'svar' });
  await chat.answer('svar');
  assert.deepEqual(await chat.texts(), ['hei', 'svar']);
  await page.context().close();
});
