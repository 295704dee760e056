// The agent finds the answer beside the composer, puts it into the draft, changes it and sends it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertAccessible } from './harness/accessibility.mjs';
import { Chat, openPage, startBrowser, startService } from './harness/index.mjs';
import { Desk, agentLogin } from './harness/desk.mjs';
import { screenshotPath } from './harness/paths.mjs';

let browser, service, agent, citizen, desk, chat, knowledge;
before(async () => {
  browser = await startBrowser();
  service = await startService();
  agent = await openPage(browser, { size: { width: 1440, height: 900 } });
  citizen = await openPage(browser);
  desk = await Desk.open(agent, service.url);
  await desk.signIn(await agentLogin(service));
  chat = await Chat.open(citizen, `${service.url}/demo/osteroy`);
  await chat.say('bossdunken min er knust, korleis får eg ny?');
  await chat.answer(/dunk/i);
  await chat.say('eg vil snakke med eit menneske');
  await chat.answer(/menneske|medarbeidar/);
  await desk.open('Ventar', 'Osterøy');
  knowledge = agent.locator('section.part').filter({ has: agent.getByRole('heading', { name: 'Oppslag' }) });
});
after(async () => {
  await browser.close();
  await service.stop();
});

test('what fits the last question, not the wish for a person, is suggested to who holds the conversation', async () => {
  await knowledge.getByText('Passar til det siste innbyggjaren skreiv').waitFor();
  assert.match(await knowledge.innerText(), /dunk/i);
  assert.equal(await knowledge.getByRole('button', { name: /Set inn/ }).count(), 0);
  await agent.getByRole('button', { name: 'Ta samtalen' }).click();
  await knowledge.getByRole('button', { name: /Set inn kort svar/ }).first().waitFor();
});

test('a search by keyboard finds the answer with local facts, and the note for staff apart from it', async () => {
  await knowledge.getByRole('searchbox').focus();
  await agent.keyboard.type('tømmekalender');
  const hits = knowledge.locator('.knowledge-hit');
  await knowledge.getByText(/\d treff/).waitFor();
  const hit = hits.first();
  assert.match(await hit.innerText(), /BIR[^]*Til deg:/);
  assert.ok(await hit.locator('mark').count() > 0, 'the words found are marked');
});

test('the answer is the agent\'s to change before the citizen reads it', async () => {
  await knowledge.getByRole('button', { name: /Set inn kort svar/ }).first().press('Enter');
  const field = agent.getByRole('textbox', { name: /Skriv|Svar|Melding/ }).last();
  const draft = await field.inputValue();
  assert.match(draft, /BIR/);
  await field.fill(`Hei! ${draft}`);
  await field.press('Enter');
  await chat.answer(/Hei! .*BIR/s);
});

test('it can be read by everyone, light and dark, and on a narrow screen', async () => {
  await knowledge.locator('summary').first().click();
  await assertAccessible(agent, 'the look-up');
  await agent.screenshot({ path: screenshotPath('desk-knowledge-light') });
  await agent.emulateMedia({ colorScheme: 'dark' });
  await assertAccessible(agent, 'the look-up in the dark');
  await agent.screenshot({ path: screenshotPath('desk-knowledge-dark') });
  await agent.setViewportSize({ width: 320, height: 700 });
  const overflow = await agent.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${overflow} pixels too wide`);
});
