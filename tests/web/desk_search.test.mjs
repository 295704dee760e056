// Earlier conversations are found by their words and by what is known of them, read and never written in; what was
// erased is found no more, on the screen or on the disk.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { assertAccessible } from './harness/accessibility.mjs';
import { Chat, openPage, screenshot, startBrowser, startService } from './harness/index.mjs';
import { Desk, addUser, agentLogin } from './harness/desk.mjs';
import { binary, root } from './harness/paths.mjs';
import { until } from './harness/until.mjs';

const kCanary = 'kanarifugl7f3a';
let browser, service, agent, citizen, desk, chat;
before(async () => {
  browser = await startBrowser();
  service = await startService();
  agent = await openPage(browser, { size: { width: 1440, height: 900 } });
  citizen = await openPage(browser);
  desk = await Desk.open(agent, service.url);
  await desk.signIn(await agentLogin(service));
  chat = await Chat.open(citizen, `${service.url}/demo/osteroy`);
  await chat.say(`når vert bosset tømt ved ${kCanary}`);
  await chat.answer(/boss/i);
  await chat.say('eg vil snakke med eit menneske');
  await chat.answer(/menneske|medarbeidar/);
  await desk.open('Ventar', 'Osterøy');
  await desk.take();
  await desk.say('Bilen kjem på torsdag.');
  await chat.answer(/torsdag/);
});
after(async () => {
  await browser.close();
  await service.stop();
});

async function goTo(page, name) {
  const button = page.getByRole('button', { name, exact: true });
  if (!await button.isVisible()) await page.getByRole('button', { name: /Innstillingar/ }).click();
  await button.click();
}

const hits = (page, words) => page.getByRole('status').filter({ hasText: words });
async function searchFor(page, words) {
  await page.getByLabel('Ord i samtalen').fill(words);
  await page.getByLabel('Ord i samtalen').press('Enter');
}

test('what the agent has just closed comes to the list by itself, without its words', async () => {
  await goTo(agent, 'Søk');
  await agent.getByLabel('Status', { exact: true }).selectOption('closed');
  await hits(agent, '0 treff').waitFor();
  await citizen.bringToFront();
  await chat.menu('Avslutt samtalen');
  await hits(agent, '1 treff').waitFor();
  const row = agent.locator('.rows .row');
  assert.match(await row.innerText(), /Osterøy[^]*Tømmekalender[^]*Avslutta · Kari Nordås · Nettprat/);
  assert.ok(!(await agent.locator('main').innerText()).includes(kCanary));
});

test('it is found by the beginning of its words, a phrase and what is known of it, and not by others', async () => {
  for (const [words, count] of [['kanari torsd', 1], ['"kjem på torsdag"', 1], ['"torsdag på"', 0], ['hund', 0]]) {
    await searchFor(agent, words);
    await hits(agent, `${count} treff`).waitFor();
  }
  await searchFor(agent, 'boss');
  await agent.getByLabel('Emne').selectOption({ label: 'Tømmekalender' });
  await agent.getByLabel('Hadde samtalen').selectOption({ label: 'Kari Nordås' });
  await hits(agent, '1 treff').waitFor();
  await agent.getByLabel('Til og med').fill('2020-01-01');
  await hits(agent, '0 treff').waitFor();
  await agent.getByLabel('Til og med').fill('');
  await searchFor(agent, 'a b c d e f g h i');
  await agent.getByText('Søk etter færre ord, høgst åtte.').waitFor();
  await searchFor(agent, 'boss');
  await hits(agent, '1 treff').waitFor();
});

test('the search can be read by everyone', async () => {
  await assertAccessible(agent, 'search');
  await screenshot(agent, 'desk-search-1440-light');
  await agent.emulateMedia({ colorScheme: 'dark' });
  await agent.setViewportSize({ width: 320, height: 800 });
  await assertAccessible(agent, 'search in the dark');
  await screenshot(agent, 'desk-search-320-dark');
  const over = await agent.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${over} px too wide`);
  await agent.emulateMedia({ colorScheme: 'light' });
  await agent.setViewportSize({ width: 1440, height: 900 });
});

test('it opens to be read and not to be written in, and that is logged', async () => {
  const opened = () => spawnSync(binary, ['audit', '--json', '--kind', 'conversation_opened', '--data', service.folder],
    { cwd: root, encoding: 'utf8' }).stdout.trim().split('\n').map((line) => JSON.parse(line));
  await agent.reload();
  await desk.live();
  addUser(service, 'lese', 'hest-batteri-stift', ['agent:osteroy'], 'Lese Lund');
  const reader = await openPage(browser, { size: { width: 1440, height: 900 } });
  const other = await Desk.open(reader, service.url);
  await other.signIn({ name: 'lese', password: 'hest-batteri-stift' });
  await goTo(reader, 'Søk');
  await searchFor(reader, 'kanari');
  await hits(reader, '1 treff').waitFor();
  assert.ok(!opened().some(({ who }) => who === 'lese'), 'finding is not opening');
  await reader.getByRole('button', { name: /^Opne.*Osterøy, Tømmekalender/ }).press('Enter');
  await other.sees(kCanary);
  await other.sees('Bilen kjem på torsdag.');
  assert.equal(await other.input.getAttribute('readonly'), '');
  await reader.getByText('Samtalen er avslutta. Det går ikkje å skrive meir.').waitFor();
  await assertAccessible(reader, 'a closed conversation');
  await screenshot(reader, 'desk-closed-1440-light');
  assert.ok(opened().some(({ who, why }) => who === 'lese' && why === 'closed'));
  await reader.close();
});

test('whoever serves another municipality finds nothing of it', async () => {
  addUser(service, 'gry', 'hest-batteri-stift', ['agent:gulen'], 'Gry Gulen');
  const page = await openPage(browser);
  const gry = await Desk.open(page, service.url);
  await gry.signIn({ name: 'gry', password: 'hest-batteri-stift' });
  await goTo(page, 'Søk');
  await searchFor(page, 'kanari');
  await hits(page, '0 treff').waitFor();
  assert.deepEqual(await page.getByLabel('Kommune').getByRole('option').allInnerTexts(), ['Alle', 'Gulen']);
  assert.deepEqual(await page.getByLabel('Emne').getByRole('option').allInnerTexts(), ['Alle']);
  await page.close();
});

test('what the citizen deletes is found no more, and no file of the data folder has its words', async () => {
  const files = () => readdirSync(service.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => readFileSync(file).includes(kCanary));
  assert.ok(files().some((file) => file.includes('search.db')), 'it is there before');
  await goTo(agent, 'Søk');
  await searchFor(agent, 'kanari');
  await hits(agent, '1 treff').waitFor();
  await chat.menu('Slett samtalen');
  await chat.button('Ja, slett').click();
  await chat.status.filter({ hasText: 'Samtalen er sletta' }).waitFor();
  await until(() => files().length === 0, { what: 'the words to be in no file' });
  await searchFor(agent, 'kanari ');
  await hits(agent, '0 treff').waitFor();
});
