// A citizen wants a person when nobody can come: told when somebody is back, and a message or a call-back is taken.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';

import { assertAccessible, Chat, openPage, screenshot, startBrowser, startService } from './harness/index.mjs';
import { agentLogin, Desk } from './harness/desk.mjs';
import { root } from './harness/paths.mjs';

const kDays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
let browser, citizen, service, content;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());
beforeEach(async () => { citizen = await openPage(browser); });
afterEach(async () => {
  await citizen.context().close();
  await service?.stop();
  if (content) rmSync(content, { recursive: true, force: true });
  content = undefined;
});

// The content with one municipality that opens on one day a week, which is neither today nor tomorrow.
function closedToday(municipality) {
  content = mkdtempSync(join(tmpdir(), 'svarsentral-content-'));
  cpSync(join(root, 'config/content'), content, { recursive: true });
  const file = join(content, 'municipalities', municipality, 'municipality.yaml');
  const day = kDays[(new Date().getDay() + 3) % 7];
  const weekly = kDays.map((one) => `    ${one}: "${one === day ? '09:00-15:00' : 'closed'}"\n`).join('');
  const text = readFileSync(file, 'utf8').replace(/  weekly:\n(    .*\n)+/, `  weekly:\n${weekly}`);
  writeFileSync(file, text);
  return content;
}

test('nobody at the desk: a call-back with consent gets a reference, and waits for whoever comes', async () => {
  service = await startService({ 'desk.queue': 'staffed' });
  const chat = await Chat.open(citizen, `${service.url}/demo/osteroy`);
  await chat.say('eg vil snakke med eit menneske');
  await chat.answer('Det er ingen ved skranken');
  await assertAccessible(citizen, 'the offer of a message');
  await screenshot(citizen, 'nobody-present');
  await chat.button('Be om å bli ringd opp').click();
  await chat.answer('Kva nummer kan vi ringje?');
  await chat.say('55 00 12 34');
  await chat.answer('Kva gjeld det?');
  await chat.say('byggjesaka mi');
  await chat.answer('Når passar det best?');
  await chat.button('Før klokka 12').click();
  await chat.answer('Er det greitt at kommunen tek vare på nummeret');
  await chat.button('Ja, det er greitt').click();
  await chat.answer('Slik vert meldinga');
  await chat.button('Send meldinga').click();
  const sent = await chat.answer('Referanse: ');
  const [, reference] = /Referanse: (\S+)/.exec(await sent.innerText());
  await chat.say('når vert bosset tømt');
  await chat.answer('BIR');

  const agent = await openPage(browser, { size: { width: 1440, height: 900 } });
  const desk = await Desk.open(agent, service.url);
  await desk.signIn(await agentLogin(service));
  const row = desk.row('Ventar', 'Osterøy');
  await row.getByText('Lagt att melding').waitFor();
  await row.click();
  await desk.context.getByText(reference).waitFor();
  for (const value of ['55 00 12 34', 'byggjesaka mi', 'Før klokka 12', 'Ja, det er greitt']) {
    await desk.context.getByText(value, { exact: true }).waitFor();
  }
  await assertAccessible(agent, 'a call-back at the desk');
  await screenshot(agent, 'desk-call-back');
  await desk.take();
  await chat.say('når vert bosset tømt, då?');
  await desk.sees('når vert bosset tømt, då?');
  assert.equal((await chat.transcript()).at(-1).look, 'mine');
  await agent.context().close();
});

test('closed: the bot says when the centre opens, takes a message, and nobody is put in a queue', async () => {
  service = await startService({ 'desk.queue': 'open', 'content.path': closedToday('gulen') });
  const chat = await Chat.open(citizen, `${service.url}/demo/gulen`);
  await chat.say('kan eg få snakke med eit menneske?');
  const told = await (await chat.answer('Kontaktsenteret er stengt no')).innerText();
  assert.match(told, /opnar (mån|tys|ons|tors|fre|laur|sun)dag \d\d\.\d\d\.\d{4} kl\. 09\.00/);
  assert.match(told, /116 117/);
  await chat.button('Legg att ei melding').click();
  await chat.answer('Kva gjeld det?');
  await chat.say('eg lurer på eigedomsskatten');
  await chat.answer('Korleis kan nokon nå deg?');
  await chat.say('ola@example.no');
  await chat.button('Ja, det er greitt').click();
  await chat.answer('Slik vert meldinga');
  await chat.button('Send meldinga').click();
  assert.match(await (await chat.answer('Referanse: ')).innerText(), /når vi opnar: /);
});
