// Ready replies, the note for the case, and drafts that outlive the page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertAccessible } from './harness/accessibility.mjs';
import { Chat, openPage, screenshot, startBrowser, startService } from './harness/index.mjs';
import { Desk, agentLogin } from './harness/desk.mjs';
import { ScriptedDesk } from './harness/scripted_desk.mjs';
import { until } from './harness/until.mjs';

let browser, service, agent, citizen, desk, chat;
before(async () => {
  browser = await startBrowser();
  service = await startService();
  agent = await openPage(browser, { size: { width: 1440, height: 900 } });
  citizen = await openPage(browser);
  desk = await Desk.open(agent, service.url);
  await desk.signIn(await agentLogin(service));
  chat = await Chat.open(citizen, `${service.url}/demo/osteroy`);
  await chat.say('når vert bosset tømt');
  await chat.answer(/boss/i);
  await chat.say('eg vil snakke med eit menneske');
  await chat.answer(/menneske|medarbeidar/);
  await desk.open('Ventar', 'Osterøy');
});
after(async () => {
  await browser.close();
  await service.stop();
});

const fits = async (page) => {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${over} px too wide`);
};

test('nobody puts a reply into a draft before the conversation is theirs', async () => {
  assert.equal(await desk.button('Ferdige svar').count(), 0);
  await desk.take();
});

test('a reply is found and put into the draft by keyboard alone, with local facts and the first name', async () => {
  await agent.keyboard.press('/');
  const dialog = agent.getByRole('dialog', { name: 'Ferdige svar' });
  await dialog.getByRole('option', { name: /^Helsing/ }).waitFor();
  await assertAccessible(agent, 'ready replies');
  await screenshot(agent, 'desk-replies-1440-light');
  await agent.keyboard.type('finst heiter');
  await dialog.getByText('Ingen treff').or(dialog.getByText('0 treff')).waitFor();
  await agent.keyboard.press('Control+a');
  await agent.keyboard.type('heiter svarar');
  await dialog.getByText('1 treff').waitFor();
  await agent.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  assert.match(await desk.input.inputValue(), /^Hei! Eg heiter Kari og svarar for Osterøy kommune\./);
  assert.match(await desk.focused(), /Svar til innbyggjaren/);
});

test('arrows choose another one, which stands behind what was written', async () => {
  await desk.input.fill('Hei!');
  await desk.button('Ferdige svar').click();
  const dialog = agent.getByRole('dialog', { name: 'Ferdige svar' });
  const options = dialog.getByRole('option');
  await options.first().waitFor();
  await agent.keyboard.press('ArrowDown');
  assert.equal(await options.nth(1).getAttribute('aria-selected'), 'true');
  await agent.keyboard.press('Enter');
  assert.match(await desk.input.inputValue(), /^Hei!\n\nEg undersøkjer dette for deg\./);
});

test('what was begun is there when the page is loaded again, and gone when it was sent', async () => {
  const kept = agent.waitForResponse((response) => response.request().postData()?.includes('tømmekalenderen')
    && response.status() === 204);
  await desk.input.fill('Eg ser på tømmekalenderen');
  await kept;
  await agent.reload();
  await desk.live();
  await desk.open('Mine', 'Osterøy');
  await until(async () => await desk.input.inputValue() === 'Eg ser på tømmekalenderen', { what: 'the draft' });
  await desk.input.press('Enter');
  await chat.answer(/Eg ser på tømmekalenderen/);
  await agent.reload();
  await desk.live();
  await desk.open('Mine', 'Osterøy');
  await desk.sees('Eg ser på tømmekalenderen');
  assert.equal(await desk.input.inputValue(), '');
});

test('the note for the case has question, answer and time, and is copied as text', async () => {
  await agent.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: service.url });
  await desk.button('Notat til saka').click();
  const dialog = agent.getByRole('dialog', { name: 'Notat til saka' });
  await assertAccessible(agent, 'the note for the case');
  await screenshot(agent, 'desk-case-note-1440-light');
  await dialog.getByRole('button', { name: 'Kopier' }).click();
  await dialog.getByText('Kopiert.').waitFor();
  const note = await agent.evaluate(() => navigator.clipboard.readText());
  assert.match(note, /Kommune: Osterøy kommune/);
  assert.match(note, /Spørsmål \(Innbyggjar, \d\d\.\d\d\.\d{4} \d\d:\d\d\):\nnår vert bosset tømt/);
  assert.match(note, /Svar \(Kari.*, \d\d\.\d\d\.\d{4} \d\d:\d\d\):\nEg ser på tømmekalenderen/);
  assert.doesNotMatch(note, /snakke med eit menneske/);
  await dialog.getByLabel('Heile samtalen').check();
  assert.match(await dialog.getByLabel('Notatet').inputValue(), /snakke med eit menneske/);
  await agent.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
});

test('both dialogs fit a narrow screen in the dark, and a reply that lacks a fact is not inserted', async () => {
  const page = await openPage(browser, { colours: 'dark', size: { width: 320, height: 700 } });
  const scripted = await ScriptedDesk.on(page);
  scripted.held('c1', 'osteroy');
  scripted.replies = [
    { id: 'a', title: 'Ring oss', text: 'Ring {{contact.phone}}.', language: 'nn', sample: false,
      missing: ['contact.phone'] },
    { id: 'b', title: 'Takk', text: 'Takk for <b>praten</b>.', language: 'nn', sample: true, missing: [] }];
  const narrow = await scripted.open();
  await narrow.open('Mine', 'Osterøy');
  await narrow.input.press('/');
  const dialog = page.getByRole('dialog', { name: 'Ferdige svar' });
  await dialog.getByRole('option', { name: /Ring oss/ }).waitFor();
  await page.keyboard.press('Enter');
  assert.ok(await dialog.isVisible(), 'the facts are missing');
  await assertAccessible(page, 'ready replies in the dark');
  await screenshot(page, 'desk-replies-320-dark');
  await fits(page);
  await dialog.getByText('Takk for <b>praten</b>.').click();
  assert.match(await narrow.input.inputValue(), /^Takk for <b>praten<\/b>\.\n\(Døme/);
  await narrow.button('Notat til saka').click();
  await assertAccessible(page, 'the note for the case in the dark');
  await screenshot(page, 'desk-case-note-320-dark');
  await fits(page);
  await page.close();
});
