// Citizen, robot and agent in one conversation on the real service: the main job, and the same when the plug is pulled.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';

import { Chat, openPage, screenshot, startBrowser, startService, until } from './harness/index.mjs';
import { Desk, agentLogin } from './harness/desk.mjs';

let browser, service, agent, citizen, desk, chat;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());
beforeEach(async () => {
  service = await startService();
  agent = await openPage(browser, { size: { width: 1440, height: 900 } });
  citizen = await openPage(browser);
  desk = await Desk.open(agent, service.url);
  await desk.signIn(await agentLogin(service));
});
afterEach(async () => {
  await agent.context().close();
  await citizen.context().close();
  await service.stop();
});

// The citizen asks on the municipality's page, gets the robot's answer, and then wants a person.
async function citizenWantsPerson(site, question) {
  chat = await Chat.open(citizen, `${service.url}/demo/${site}`);
  await chat.say(question);
  await chat.articles.filter({ has: citizen.locator('.bubble') }).nth(1).waitFor();
  await chat.say('eg vil snakke med eit menneske');
}

async function agentTakes(where) {
  await desk.open('Ventar', where);
  await desk.take();
  await desk.sees('Du tok samtalen');
}

// What each side has read, without who said it: the citizen's bubbles hold more than the words.
async function sameTranscript() {
  await until(async () => {
    const atDesk = (await desk.words()).map((line) => line.text);
    const atCitizen = (await chat.texts()).join('\n');
    return atDesk.length > 0 && atDesk.every((text) => atCitizen.includes(text.split('\n')[0]));
  }, { what: 'the same transcript on both sides' });
}

test('a person takes over, answers, gives back to the robot, and closes', async () => {
  await citizenWantsPerson('osteroy', 'når vert bosset tømt');
  const row = desk.row('Ventar', 'Osterøy');
  await row.getByText('eg vil snakke med eit menneske').waitFor();
  assert.match(await agent.title(), /^\(1\)/);
  await desk.open('Ventar', 'Osterøy');
  await desk.context.getByRole('heading', { name: 'Osterøy kommune' }).waitFor();
  const context = await desk.context.innerText();
  for (const part of ['4630', '/demo/osteroy', 'Nynorsk', 'Nettprat', 'Bad om eit menneske', 'sikker, ']) {
    assert.ok(context.includes(part), `${part} in ${context}`);
  }
  await screenshot(agent, 'desk-real-waiting');

  await desk.take();
  await desk.say('Hei, her er eit menneske. Eg ser på det.');
  await chat.answer('Eg ser på det.');
  const told = (await chat.transcript()).at(-1);
  assert.equal(told.look, 'agent');
  await chat.say('når vert bosset tømt, då?');
  await desk.sees('når vert bosset tømt, då?');
  await desk.say('Tysdag.');
  await chat.answer('Tysdag.');
  assert.deepEqual((await desk.words()).slice(-3).map((line) => line.speaker), ['agent', 'citizen', 'agent']);
  assert.ok((await chat.transcript()).slice(-3).every((message) => message.look !== 'bot'));
  await screenshot(agent, 'desk-real-conversation');

  await desk.button('Gi tilbake til roboten').click();
  await desk.sees('Du gav samtalen tilbake til roboten');
  await chat.say('når vert bosset tømt');
  await until(async () => (await chat.transcript()).at(-1).look === 'bot', { what: 'the robot to answer again' });

  await chat.say('eg vil snakke med eit menneske');
  await agentTakes('Osterøy');
  await desk.button('Avslutt').click();
  await desk.button('Avslutt samtalen').click();
  await desk.sees('Du avslutta samtalen');
  await chat.panel.getByText(/avslutta/).first().waitFor();
  assert.deepEqual(agent.faults.filter((fault) => !/401/.test(fault)), []);
});

test('two agents at two desks see the same, and only one can take it', async () => {
  const other = await openPage(browser);
  const login = await agentLogin(service);
  const otherDesk = await Desk.open(other, service.url);
  await otherDesk.signIn(login);
  await citizenWantsPerson('gulen', 'når vert bosset tømt');
  await otherDesk.row('Ventar', 'Gulen').waitFor();
  await agentTakes('Gulen');
  await otherDesk.row('Mine', 'Gulen').waitFor();
  assert.equal(await otherDesk.row('Ventar', 'Gulen').count(), 0);
  await other.context().close();
});

test('the plug is pulled in the middle: nothing is lost or doubled on either side', async () => {
  await citizenWantsPerson('osteroy', 'når vert bosset tømt');
  await agentTakes('Osterøy');
  await desk.say('før brotet');
  await chat.answer('før brotet');
  await service.kill();
  await desk.connection.getByText(/Mista sambandet|Koplar til/).waitFor();
  await desk.say('skrive ved desken utan samband');
  await chat.say('skrive av innbyggjaren utan samband');
  await service.start();
  await desk.live();
  await desk.sees('skrive av innbyggjaren utan samband');
  await chat.answer('skrive ved desken utan samband');
  await until(async () => (await desk.words()).every((line) => line.state === 'sent'));
  await sameTranscript();
  for (const text of ['før brotet', 'skrive ved desken utan samband', 'skrive av innbyggjaren utan samband']) {
    assert.equal((await desk.words()).filter((line) => line.text === text).length, 1, text);
    assert.equal((await chat.texts()).filter((shown) => shown.includes(text)).length, 1, text);
  }
  await agent.reload();
  await desk.live();
  await desk.open('Mine', 'Osterøy');
  await sameTranscript();
});

test('a session ends for real, and the way in leads back', async () => {
  await agent.context().clearCookies();
  await service.restart();
  await desk.password.waitFor();
  await desk.signIn(await agentLogin(service));
});
