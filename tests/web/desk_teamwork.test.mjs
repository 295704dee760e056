// Two agents and a citizen on the real service: transfer, notes, capacity, presence, and an agent who is gone.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';

import { assertAccessible, Chat, openPage, screenshot, startBrowser, startService, until } from './harness/index.mjs';
import { addUser, Desk } from './harness/desk.mjs';

const kPassword = 'hest-batteri-stift';
const kWide = { width: 1440, height: 900 };
let browser, service, pages;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());
beforeEach(() => { pages = []; });
afterEach(async () => {
  for (const page of pages) await page.context().close();
  await service.stop();
});

async function start(settings = {}) {
  service = await startService({ 'desk.queue': 'staffed', ...settings });
  for (const [name, shown] of [['kari', 'Kari Nordås'], ['ola', 'Ola Hella']]) {
    await addUser(service, name, kPassword, ['agent:*'], shown);
  }
}

async function page(options) {
  pages.push(await openPage(browser, options));
  return pages.at(-1);
}

async function deskOf(name) {
  const desk = await Desk.open(await page({ size: kWide }), service.url);
  await desk.signIn({ name, password: kPassword });
  return desk;
}

async function citizenWaits(site = 'osteroy') {
  const chat = await Chat.open(await page(), `${service.url}/demo/${site}`);
  await chat.say('eg vil snakke med eit menneske');
  return chat;
}

const dialog = (desk, name) => desk.page.getByRole('dialog', { name });

test('a conversation is passed on with a note that the citizen never sees, and ended with an outcome', async () => {
  await start();
  const kari = await deskOf('kari');
  const ola = await deskOf('ola');
  const chat = await citizenWaits();
  await kari.open('Ventar', 'Osterøy');
  await kari.take();
  await kari.say('Hei, eg sjekkar kven som kan dette.');
  await chat.answer('eg sjekkar');

  await kari.button('Notat').click();
  await assertAccessible(kari.page, 'the dialog of a note');
  await dialog(kari, 'Skriv eit notat').getByLabel('Notat', { exact: true }).fill('Gjeld bosset, 05859512366');
  await kari.button('Lagre notatet').click();
  const note = await kari.sees('Notat frå Kari Nordås');
  await note.getByText(/Berre for kollegaer/).waitFor();
  assert.ok(!(await note.innerText()).includes('05859512366'));

  await kari.button('Set over').click();
  const transfer = dialog(kari, 'Set over samtalen');
  await assertAccessible(kari.page, 'the dialog of a transfer');
  await screenshot(kari.page, 'desk-transfer');
  await transfer.getByRole('button', { name: 'Set over' }).click();
  await transfer.getByText('Vel kven samtalen skal til.').waitFor();
  await transfer.getByLabel('Til', { exact: true }).selectOption({ label: 'Ola Hella (Pålogga, 0 av 2)' });
  await transfer.getByLabel('Notat til den som tek over').fill('Kan du ta denne?');
  await transfer.getByRole('button', { name: 'Set over' }).click();
  await kari.page.getByText('Tilbode Ola Hella. Ventar på svar.').waitFor();

  await ola.open('Til deg', 'Osterøy');
  await ola.page.getByText('Kari Nordås vil setje over denne samtalen til deg. «Kan du ta denne?»').waitFor();
  await assertAccessible(ola.page, 'a conversation that is offered');
  await screenshot(ola.page, 'desk-offered');
  await ola.button('Ta imot').click();
  await ola.sees('Du tok samtalen');
  await kari.sees('Ola Hella tok samtalen');
  await chat.answer('Ola Hella har kome inn i samtalen');
  await ola.say('Hei, no er det eg som hjelper deg.');
  await chat.answer('no er det eg');
  assert.ok(!(await chat.texts()).join('\n').includes('Kan du ta denne?'));

  await ola.button('Avslutt').click();
  const close = dialog(ola, 'Avslutte samtalen?');
  await close.getByLabel('Løyst', { exact: true }).check();
  await assertAccessible(ola.page, 'the dialog of closing');
  await screenshot(ola.page, 'desk-close');
  await ola.button('Avslutt samtalen').click();
  await ola.sees('Du avslutta samtalen');
  await chat.panel.getByText(/avslutta/).first().waitFor();
});

test('who comes first is taken first; a third is refused with the reason, and parking one makes room', async () => {
  await start();
  const kari = await deskOf('kari');
  const ola = await deskOf('ola');
  const chats = [];
  for (const site of ['osteroy', 'gulen', 'fedje']) {
    chats.push(await citizenWaits(site));
    await kari.row('Ventar', { osteroy: 'Osterøy', gulen: 'Gulen', fedje: 'Fedje' }[site]).waitFor();
  }
  await until(async () => /3/.test(await chats[2].status.innerText()), { what: 'the place in the queue' });
  await kari.button('Ta neste i køen').click();
  await kari.row('Mine', 'Osterøy').waitFor();
  await until(async () => /2/.test(await chats[2].status.innerText()), { what: 'the place to move' });
  await kari.button('Ta neste i køen').click();
  await kari.row('Mine', 'Gulen').waitFor();
  await kari.button('Ta neste i køen').click();
  await kari.page.getByText('Du har så mange samtalar som du kan ha samtidig.').waitFor();
  await assertAccessible(kari.page, 'the desk of an agent who has enough');
  await ola.page.getByText('Pålogga · 2 av 2').waitFor();
  await kari.button('Parker').click();
  await kari.page.getByRole('dialog', { name: 'Parker samtalen' }).getByRole('button', { name: 'Parker' }).click();
  await kari.row('Mine', 'Gulen').getByText('Parkert').waitFor();
  await kari.button('Ta neste i køen').click();
  await kari.row('Mine', 'Fedje').waitFor();
  await screenshot(kari.page, 'desk-team');
});

test('a transfer that nobody accepts comes back, and colleagues see who is away', async () => {
  await start({ 'desk.transfer_seconds_max': 2 });
  const kari = await deskOf('kari');
  const ola = await deskOf('ola');
  await ola.page.getByLabel('Statusen din').selectOption({ label: 'I telefon' });
  await kari.page.getByText('I telefon · 0 av 2').waitFor();
  const chat = await citizenWaits();
  await kari.open('Ventar', 'Osterøy');
  await kari.take();
  await kari.button('Set over').click();
  const transfer = dialog(kari, 'Set over samtalen');
  await transfer.getByLabel('Til', { exact: true }).selectOption({ label: 'Teknisk eining' });
  await transfer.getByLabel('Kaldt', { exact: true }).check();
  await transfer.getByRole('button', { name: 'Set over' }).click();
  await chat.answer('set deg over til Teknisk eining');
  await chat.answer('Ingen kunne ta over no. Kari Nordås held fram med deg.');
  await kari.sees('Ingen tok imot i tide');
  await kari.say('Her er eg att.');
  await chat.answer('Her er eg att.');
});

test('the conversations of an agent who is gone return to the queue, with a word to the citizen', async () => {
  await start({ 'desk.lost_after_seconds': 2 });
  const kari = await deskOf('kari');
  const chat = await citizenWaits();
  await kari.open('Ventar', 'Osterøy');
  await kari.take();
  await chat.answer('Kari Nordås har kome inn');
  const ola = await deskOf('ola');
  await kari.page.context().close();
  await chat.answer('Kari Nordås mista sambandet.');
  await ola.open('Ventar', 'Osterøy');
  await ola.sees('Kari Nordås mista sambandet');
  await ola.take();
  await ola.say('Hei, eg tek over.');
  await chat.answer('eg tek over');
});

test('a pushed queue offers who waits to one agent, then to the next, who accepts with one key', async () => {
  await start({ 'desk.push_in': 'osteroy', 'desk.push_seconds_max': 600 });
  const ola = await deskOf('ola');
  const kari = await deskOf('kari');
  const offer = (desk) => desk.page.getByRole('region', { name: 'Ny samtale til deg' });
  const chat = await citizenWaits();
  await offer(ola).getByText(/Osterøy.*menneske/).waitFor();
  assert.equal(await offer(kari).count(), 0);
  assert.match(await ola.news.innerText(), /Ny samtale til deg: Osterøy/);
  await assertAccessible(ola.page, 'what the queue offers');
  await screenshot(ola.page, 'desk-pushed');
  await ola.page.emulateMedia({ colorScheme: 'dark' });
  await assertAccessible(ola.page, 'what the queue offers, dark');
  await ola.page.setViewportSize({ width: 320, height: 640 });
  await screenshot(ola.page, 'desk-pushed-dark-narrow');

  await ola.button('Send vidare').click();
  await offer(kari).waitFor();
  await offer(ola).waitFor({ state: 'detached' });
  await kari.tabTo(/^Ta imot$/);
  await kari.page.keyboard.press('Enter');
  await kari.log.waitFor();
  await offer(kari).waitFor({ state: 'detached' });
  await chat.answer('Kari Nordås har kome inn');
});
