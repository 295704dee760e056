// Who waits, who has whom, and how an agent learns that something has changed.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';

import { openPage, startBrowser, until } from './harness/index.mjs';
import { kKari, kOla, ScriptedDesk } from './harness/scripted_desk.mjs';

let browser, page, service;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());
beforeEach(async () => {
  page = await openPage(browser);
  service = await ScriptedDesk.on(page);
});
afterEach(() => page.context().close());

const ids = (list) => list.locator('[data-conversation]').evaluateAll(
  (rows) => rows.map((row) => row.dataset.conversation));
const minutesAgo = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

test('the waiting list keeps the order of the service', async () => {
  service.conversation('c1', 'gulen', { waiting_since: minutesAgo(1) });
  service.conversation('c2', 'osteroy', { waiting_since: minutesAgo(9) });
  service.conversation('c3', 'gulen', { waiting_since: minutesAgo(5) });
  const desk = await service.open();
  assert.deepEqual(await ids(desk.list('Ventar')), ['c1', 'c2', 'c3']);
});

test('a new one is placed after those who have waited longer, danger before all', async () => {
  service.conversation('c1', 'gulen', { waiting_since: minutesAgo(9) });
  const desk = await service.open();
  service.appears(service.conversation('c2', 'osteroy', { waiting_since: minutesAgo(0) }));
  await desk.row('Ventar', 'Osterøy').waitFor();
  service.appears(service.conversation('c3', null, { waiting_since: minutesAgo(0), safety: 'fire', reason: 'safety' }));
  await desk.list('Ventar').getByText('Brann').waitFor();
  assert.deepEqual(await ids(desk.list('Ventar')), ['c3', 'c1', 'c2']);
});

test('two hundred who come at once break nothing', async () => {
  const desk = await service.open();
  for (let n = 0; n < 200; n += 1) service.appears(service.conversation(`c${n}`, n % 2 ? 'gulen' : 'osteroy'));
  await until(async () => (await ids(desk.list('Ventar'))).length === 200, { what: 'two hundred rows' });
  await until(async () => (await page.title()).startsWith('(200)'));
  assert.deepEqual(page.faults, []);
});

test('a row says where, why, how and how long', async () => {
  await page.clock.install();
  service.conversation('c1', 'osteroy', { waiting_since: new Date(Date.now() - 61_000).toISOString() });
  const desk = await service.open();
  const row = desk.row('Ventar', 'Osterøy');
  const text = await row.innerText();
  for (const part of [
    'Tømmekalender', 'eg vil snakke med eit menneske', 'Bad om eit menneske', 'Nettprat', 'Nynorsk']) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  await row.locator('.waiting-time', { hasText: /1 min \d+ s$/ }).waitFor();
  await page.clock.fastForward(60_000);
  await row.locator('.waiting-time', { hasText: /2 min \d+ s$/ }).waitFor();
  const colour = await row.locator('.mark').evaluate((mark) => getComputedStyle(mark).backgroundColor);
  assert.equal(colour, 'rgb(122, 31, 43)');
});

test('a new waiting conversation is in the title and told politely', async () => {
  const desk = await service.open();
  assert.equal(await page.title(), 'Skranken – Svarsentral');
  service.appears(service.conversation('c1', 'gulen'));
  await desk.news.getByText('Ny samtale ventar: Gulen. Bad om eit menneske.').waitFor();
  assert.equal(await desk.news.getAttribute('role'), 'status');
  assert.equal(await page.title(), '(1) Skranken – Svarsentral');
});

test('a conversation that another agent takes is told by name', async () => {
  service.conversation('c1', 'gulen');
  const desk = await service.open();
  await desk.open('Ventar', 'Gulen');
  service.change('c1', { owner: 'agent', agent: kOla, waiting_since: null });
  await desk.news.getByText('Ola Hella tok samtalen frå Gulen.').waitFor();
  await page.getByText('Ola Hella har samtalen og svarar innbyggjaren.').waitFor();
  await desk.row('Andre', 'Hjå Ola Hella').waitFor();
  assert.equal(await desk.input.getAttribute('readonly'), '');
});

test('losing the race for a conversation names the winner', async () => {
  service.conversation('c1', 'gulen');
  const desk = await service.open();
  await desk.open('Ventar', 'Gulen');
  service.refuse('take', { status: 409, code: 'not_yours', held_by: kOla });
  await desk.button('Ta samtalen').click();
  await page.getByRole('alert').getByText('Ola Hella har alt teke samtalen.').waitFor();
});

test('a reply in a conversation of mine that is not open is marked until it is read', async () => {
  service.held('c1', 'osteroy');
  service.held('c2', 'gulen');
  const desk = await service.open();
  await desk.open('Mine', 'Osterøy');
  service.event('c2', { from: 'citizen', text: 'er du der?' });
  await desk.news.getByText('Nytt svar frå innbyggjaren i Gulen.').waitFor();
  await desk.row('Mine', 'Nytt svar').click();
  await desk.sees('er du der?');
  assert.equal(await desk.row('Mine', 'Nytt svar').count(), 0);
});

test('a conversation that leaves the desk leaves the lists, and stays readable while it is open', async () => {
  service.held('c1', 'osteroy');
  const desk = await service.open();
  await desk.open('Mine', 'Osterøy');
  service.event('c1', { from: 'system', kind: 'closed', by: 'citizen' });
  Object.assign(service.conversations.get('c1').card, { owner: 'none', agent: null });
  service.tell({ type: 'gone', id: 'c1' });
  await desk.list('Mine').getByText('Du har ingen samtalar.').waitFor();
  await desk.sees('Innbyggjaren avslutta samtalen');
  await page.getByText('Samtalen er avslutta. Det går ikkje å skrive meir.').waitFor();
});

test('after a lost connection the lists are what the service says', async () => {
  service.conversation('c1', 'osteroy');
  const desk = await service.open();
  await service.loseConnection();
  await desk.connection.getByText(/Mista sambandet/).waitFor();
  service.conversations.clear();
  service.conversation('c2', 'gulen', { agent: kKari });
  service.reachable = true;
  await desk.connection.getByText('Tilkopla').waitFor();
  await until(async () => (await ids(desk.list('Ventar'))).join() === 'c2');
});
