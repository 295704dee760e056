// What the citizen wrote arrives once, in order, or is visibly not sent; what the service said is shown once, in order.
import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, test } from 'node:test';

import { openPage, ScriptedService, startBrowser, until } from './harness/index.mjs';

let browser, page, service, chat;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());
beforeEach(async () => {
  page = await openPage(browser);
  service = await ScriptedService.on(page);
  chat = await service.open();
});
afterEach(() => page.context().close());

const stateOf = (text) => chat.articles.filter({ hasText: text }).locator('.state');

test('a message is pending until acknowledged, and sent again under its id after a loss', async () => {
  await chat.say('kjem dette fram?');
  const first = await service.heard('say');
  assert.match(await stateOf('kjem dette').innerText(), /Sender/);
  await service.socket.close(1012, 'retry_after_ms=1');
  await service.connections(2);
  const again = await service.heard('say');
  assert.deepEqual(again, first);
  service.socket.send({ type: 'ack', id: first.id, seq: 1 });
  await stateOf('kjem dette').filter({ hasText: 'Sendt' }).waitFor();
  assert.equal(await chat.articles.count(), 1);
});

test('unsent words and a half-written message survive a change of page', async () => {
  await chat.say('ikkje kvittert');
  const first = await service.heard('say');
  await chat.input.fill('halvskriven');
  await page.getByRole('link', { name: 'Ei anna side' }).click();
  await service.connections(2);
  const { resume } = await service.heard('hello');
  assert.deepEqual(resume, { conversation: 'c1', token: 't1', after: 0 });
  assert.deepEqual(await service.heard('say'), first);
  assert.equal(await chat.input.inputValue(), 'halvskriven');
  service.event(1, { from: 'citizen', id: first.id, text: 'ikkje kvittert' });
  await stateOf('ikkje kvittert').filter({ hasText: 'Sendt' }).waitFor();
  assert.deepEqual(await chat.texts(), ['ikkje kvittert']);
});

test('what was written without a connection is sent when it is back, in order', async () => {
  service.answersHello = false;
  await service.socket.close(1012);
  await chat.say('ein');
  await chat.say('to');
  await stateOf('to').filter({ hasText: 'Ventar på samband' }).waitFor();
  service.answersHello = true;
  await until(async () => {
    // The widget may come back by itself at the same moment, and the button be gone.
    await chat.button('Prøv no').click({ timeout: 500 }).catch(() => {});
    return service.socket.frames('say').length === 2;
  }, { withinMs: 15_000 });
  assert.deepEqual(service.socket.frames('say').map((frame) => frame.text), ['ein', 'to']);
});

test('events are shown once and in the order of their numbers', async () => {
  service.event(4, { text: 'fire' });
  service.event(2, { text: 'to' });
  service.event(4, { text: 'fire' });
  service.event(9, { from: 'agent', name: 'Kari', text: 'ni' });
  service.event(7, { text: 'sju' });
  await chat.answer('sju');
  assert.deepEqual(await chat.texts(), ['to', 'fire', 'sju', 'ni']);
});

test('what was stored differently is shown as it was stored', async () => {
  await chat.say('eg er 01010112345');
  const { id } = await service.heard('say');
  service.socket.send({ type: 'ack', id, seq: 1, text: 'eg er [fjerna]' });
  await chat.answer('[fjerna]');
  assert.deepEqual(await chat.texts(), ['eg er [fjerna]']);
});

test('a message the server is too busy for is sent again by itself', async () => {
  await chat.say('travelt');
  const first = await service.heard('say');
  service.socket.send({ type: 'error', id: first.id, code: 'rate', text: 'Litt roleg.', retry_after_ms: 1 });
  assert.deepEqual(await service.heard('say', 2), first);
});

test('a refused message stands as not sent, and can be taken back', async () => {
  await chat.say('nei');
  const { id } = await service.heard('say');
  service.socket.send({ type: 'error', id, code: 'too_long', text: 'Meldinga er for lang.' });
  await stateOf('nei').filter({ hasText: 'Ikkje sendt. Meldinga er for lang.' }).waitFor();
  await chat.button('Endre').click();
  assert.equal(await chat.articles.count(), 0);
  assert.equal(await chat.input.inputValue(), 'nei');
  assert.equal(await chat.focus(), 'Skriv meldinga di');
});

test('when the conversation is gone a new one begins and the unsent words come back', async () => {
  await chat.say('uvisst');
  await service.heard('say');
  service.socket.send({ type: 'error', code: 'bad_token', text: 'Ukjend samtale.' });
  await service.connections(2);
  assert.equal((await service.heard('hello')).resume, undefined);
  await chat.status.filter({ hasText: 'ny samtale' }).waitFor();
  assert.equal(await chat.input.inputValue(), 'uvisst');
});

test('a choice is sent as its id, shown in words, and takes the other choices away', async () => {
  service.event(1, {
    text: 'Kva kommune?',
    choices: [{ id: 'municipality:modalen', label: 'Modalen' }, { id: 'other', label: 'Noko anna' }],
  });
  await chat.button('Modalen').click();
  const { id, choice } = await service.heard('choose');
  assert.equal(choice, 'municipality:modalen');
  service.socket.send({ type: 'ack', id, seq: 2 });
  assert.deepEqual((await chat.transcript()).map(({ look, text }) => [look, text]),
    [['bot', 'Kva kommune?'], ['mine', 'Modalen']]);
  assert.equal(await chat.button('Noko anna').count(), 0);
  assert.equal(await chat.focus(), 'Skriv meldinga di');
});

test('four thousand characters are counted as people count them', async () => {
  await chat.input.fill('𝒜'.repeat(3_990));
  await chat.panel.getByText('10 teikn att').waitFor();
  await chat.input.fill('𝒜'.repeat(4_001));
  await chat.panel.getByText('1 teikn for mykje').waitFor();
  await chat.input.press('Enter');
  await chat.input.fill('𝒜'.repeat(4_000));
  await chat.input.press('Enter');
  assert.equal([...(await service.heard('say')).text].length, 4_000);
});
