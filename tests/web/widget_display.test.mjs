// How what is said looks: text is text, a robot is a robot, danger stands out, samples are marked.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';

import { openPage, ScriptedService, startBrowser } from './harness/index.mjs';

let browser, page, service, chat;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());
beforeEach(async () => {
  page = await openPage(browser);
  service = await ScriptedService.on(page);
});
afterEach(() => page.context().close());

const kAttacks = [
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '"><svg onload=alert(1)>', "'-alert(1)-'",
  '<iframe srcdoc="<script>alert(1)</script>">', '</textarea><script>alert(1)</script>', '{{7*7}}',
  '<a href="javascript:alert(1)">a</a>', '**<b onmouseover=alert(1)>x</b>**', '1. <style>*{display:none}</style>',
  '<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x"/></svg>',
  '<math><mi xlink:href="javascript:alert(1)">',
];

test('whatever is sent in any field stays text', async () => {
  const dialogs = [];
  page.on('dialog', (dialog) => { dialogs.push(dialog.message()); return dialog.dismiss(); });
  service.welcome = {
    ...service.welcome, site: { id: 'x', name: kAttacks[0], colour: 'red;}*{display:none' },
    notice: { version: kAttacks[1], text: kAttacks[1], controller: kAttacks[2], days: 1 },
  };
  chat = await service.open();
  for (const [index, text] of kAttacks.entries()) {
    service.event(index * 2 + 1, {
      text, title: text, municipality: { id: text, name: text }, language: text,
      links: [{ label: text, url: text }, { label: text, url: 'https://example.no/?q=' + encodeURIComponent(text) }],
      choices: [{ id: text, label: text }],
    });
    service.event(index * 2 + 2, { from: 'agent', name: text, text });
  }
  await chat.waitForTexts(kAttacks.length * 2);
  const found = await chat.panel.evaluate((panel) => ({
    strange: panel.querySelectorAll(
      'script,img,iframe,style,math,use,object,embed,form form,[onerror],[onload],[srcdoc]').length,
    schemes: [...panel.querySelectorAll('a')].map((link) => link.protocol),
  }));
  assert.equal(found.strange, 0);
  assert.deepEqual([...new Set(found.schemes)], ['https:']);
  assert.deepEqual(dialogs, []);
  assert.deepEqual(page.faults, []);
});

test('links show where they lead, open safely, and only four schemes exist', async () => {
  chat = await service.open();
  service.event(1, { text: 'Sjå her: https://ikkje.example og 55 27 77 00', links: [
    { label: 'Tømmekalender', url: 'https://www.bir.no/kalender' }, { label: 'Ring', url: 'tel:+4755277700' },
    { label: 'Skriv', url: 'mailto:post@bir.no' }, { label: 'Nei', url: 'javascript:alert(1)' },
    { label: 'Nei', url: 'data:text/html,x' }, { label: 'Nei', url: '//utan.example' }, { label: 'Nei', url: 'blob:https://a/b' },
  ] });
  await chat.answer('Sjå her');
  const links = await chat.log.getByRole('link').evaluateAll((all) => all.map(
    (link) => [link.getAttribute('href'), link.rel, link.target, link.querySelector('.host').textContent]));
  assert.deepEqual(links, [
    ['https://www.bir.no/kalender', 'noopener noreferrer', '_blank', 'bir.no'],
    ['tel:+4755277700', 'noopener noreferrer', '', '+4755277700'],
    ['mailto:post@bir.no', 'noopener noreferrer', '', 'post@bir.no'],
  ]);
});

test('robot, person and citizen are told apart by words and names, also for those who listen', async () => {
  chat = await service.open();
  await chat.say('hei');
  const { id } = await service.heard('say');
  service.socket.send({ type: 'ack', id, seq: 1 });
  service.event(2, { text: 'robotsvar' });
  service.event(3, { from: 'agent', kind: 'joined', name: 'Kari', text: 'Kari er her.' });
  service.event(4, { from: 'agent', name: 'Kari', text: 'personsvar' });
  await chat.answer('personsvar');
  assert.deepEqual((await chat.transcript()).map(({ who, text }) => [who, text]), [
    ['Du', 'hei'], ['Robot', 'robotsvar'], ['Melding', 'Kari er her.'], ['Kari Tilsett', 'personsvar']]);
  await chat.log.getByRole('article', { name: /Robot/ }).waitFor();
  await chat.log.getByRole('article', { name: /Kari Tilsett/ }).waitFor();
  await chat.panel.getByText('Du skriv med Kari, eit menneske').waitFor();
  service.event(5, { from: 'system', kind: 'left', text: 'Roboten svarar igjen.' });
  await chat.panel.locator('.speaker').filter({ hasText: 'Du skriv med ein robot' }).waitFor();
});

test('the notice comes first and says robot and who is responsible', async () => {
  chat = await service.open();
  assert.match(await chat.notice.innerText(), /robot[\s\S]*Ansvarleg for opplysningane dine: Vaksdal kommune/);
  assert.equal(await chat.log.evaluate((log) => log.firstElementChild.firstElementChild.className), 'notice');
});

test('a safety text stands out and its numbers are bold', async () => {
  chat = await service.open();
  service.event(1, { safety: 'fire', text: '**Ring 110** no.\nKom deg ut.' });
  const article = await chat.answer('Kom deg ut');
  assert.equal(await article.locator('strong').innerText(), 'Ring 110');
  assert.match(await article.locator('.who').innerText(), /Viktig/);
});

test('samples, topic and municipality are shown', async () => {
  chat = await service.open();
  service.event(1, {
    text: 'svar', sample: true, title: 'Tømmekalender', municipality: { id: 'vaksdal', name: 'Vaksdal' },
  });
  const article = await chat.answer('svar');
  assert.match(await article.innerText(), /Tema: Tømmekalender[\s\S]*Gjeld: Vaksdal[\s\S]*Døme – ikkje stadfesta/);
});

test('steps become a list', async () => {
  chat = await service.open();
  service.event(1, { text: 'Slik:\n1. Opne.\n2. Skriv.\n\n- a\n- b\nSlutt.' });
  const article = await chat.answer('Slik');
  assert.deepEqual(await article.locator('.bubble > *').evaluateAll((all) => all.map((one) => one.tagName)),
    ['P', 'OL', 'UL', 'P']);
});

test('the place in the queue and the way out of it', async () => {
  chat = await service.open();
  await chat.button('Snakk med eit menneske').click();
  await service.heard('human');
  service.event(1, { from: 'system', kind: 'handoff', text: 'Du står i kø.' });
  service.socket.send({ type: 'place', waiting: 2, minutes: [2, 6] });
  await chat.status.filter({ hasText: 'Du er nummer 3 i køen. Ventetida er om lag 2–6 minutt.' }).waitFor();
  service.socket.send({ type: 'place', waiting: 0, minutes: null });
  await chat.status.filter({ hasText: /^Du er nummer 1 i køen\.$/ }).waitFor();
  await chat.button('Gå ut av køen').click();
  await service.heard('bot');
});

test('a person who writes is seen to write', async () => {
  chat = await service.open();
  service.event(1, { from: 'agent', kind: 'joined', name: 'Kari', text: 'Kari er her.' });
  service.socket.send({ type: 'typing', from: 'agent' });
  await chat.panel.getByText('Kari skriv …').waitFor();
  service.event(2, { from: 'agent', name: 'Kari', text: 'hei' });
  await chat.panel.getByText('Kari skriv …').waitFor({ state: 'detached' }).catch(() => null);
  assert.equal(await chat.panel.locator('.typing').innerText(), '');
});

test('a removed message says so', async () => {
  chat = await service.open();
  service.event(1, { text: 'hemmeleg' });
  service.event(2, { from: 'system', kind: 'redacted', seqs: [1] });
  await chat.answer('Innhaldet er fjerna');
  assert.deepEqual(await chat.texts(), ['Innhaldet er fjerna']);
});

test('after the close one may rate, write again or begin anew', async () => {
  chat = await service.open();
  service.event(1, { text: 'svar' });
  await chat.menu('Avslutt samtalen');
  const { id } = await service.heard('close');
  service.event(2, { from: 'system', kind: 'closed', by: 'citizen', text: 'Du avslutta samtalen.' });
  service.socket.send({ type: 'ack', id, seq: 2 });
  await chat.answer('Du avslutta samtalen.');
  await chat.button('Ja').click();
  assert.equal((await service.heard('rate')).score, 5);
  await chat.say('eitt spørsmål til');
  await service.heard('say');
  service.event(3, { from: 'system', kind: 'reopened' });
  await chat.button('Snakk med eit menneske').waitFor();
});

test("the widget's own words follow the session's language", async () => {
  service.welcome = { ...service.welcome, language: 'nb' };
  chat = await service.open();
  await chat.button('Snakk med et menneske').waitFor();
  service.event(1, { from: 'system', kind: 'language', language: 'en' });
  await chat.button('Talk to a person').waitFor();
  assert.equal(await chat.panel.getAttribute('lang'), 'en');
});

test('news while the chat is folded away are counted on the button', async () => {
  chat = await service.open();
  await page.keyboard.press('Escape');
  service.event(1, { from: 'agent', name: 'Kari', text: 'er du der?' });
  await page.getByRole('button', { name: 'Spør oss – opne chatten (1 ny)' }).click();
  await chat.answer('er du der?');
});

test('when nobody is at work the opening is told in the language of the page', async () => {
  service.welcome = { ...service.welcome, agents: 'closed', opens: '2026-11-24T08:00:00Z' };
  chat = await service.open();
  await chat.log.getByText('Dei er tilbake tysdag 24. november kl. 09:00').waitFor();
});
