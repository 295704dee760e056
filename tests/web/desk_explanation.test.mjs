// Why the robot said what it said, as an agent reads it: from the citizen's own words in the widget to the desk.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertAccessible } from './harness/accessibility.mjs';
import { Chat, openPage, startBrowser, startService } from './harness/index.mjs';
import { Desk, agentLogin } from './harness/desk.mjs';
import { screenshotPath } from './harness/paths.mjs';

let browser, service, agent, citizen, desk;
before(async () => {
  browser = await startBrowser();
  service = await startService();
  agent = await openPage(browser, { size: { width: 1440, height: 900 } });
  citizen = await openPage(browser);
  desk = await Desk.open(agent, service.url);
  await desk.signIn(await agentLogin(service));
});
after(async () => {
  await browser.close();
  await service.stop();
});

test('the words that decided are quoted from the citizen, also behind letters of several bytes', async () => {
  const chat = await Chat.open(citizen, `${service.url}/demo/osteroy`);
  await chat.say('åååh 👍 når vert bosset henta?');
  await chat.answer('tømmekalender');
  await chat.say('eg vil snakke med eit menneske');
  await chat.answer(/menneske|medarbeidar/);
  await desk.open('Ventar', 'Osterøy');
  const reply = desk.log.getByRole('article').filter({ hasText: 'tømmekalenderen' }).first();
  const why = reply.locator('details.explanation');
  assert.equal(await why.getAttribute('open'), null, 'it does not stand in the way');
  await why.getByText('Kvifor svarte roboten dette?').focus();
  await agent.keyboard.press('Enter');
  const text = await why.innerText();
  for (const part of ['regel', 'intents/boss.tommekalender.yaml#', 'Tømmekalender', 'Osterøy', 'frå sida']) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  const quoted = await why.locator('q').allInnerTexts();
  assert.ok(quoted.includes('når') && quoted.includes('bosset'), quoted.join(' '));
});

test('it can be read by everyone, light and dark, and on a narrow screen', async () => {
  await assertAccessible(agent, 'an open explanation');
  await agent.screenshot({ path: screenshotPath('desk-explanation-light') });
  await agent.emulateMedia({ colorScheme: 'dark' });
  await assertAccessible(agent, 'an open explanation in the dark');
  await agent.screenshot({ path: screenshotPath('desk-explanation-dark') });
  await agent.setViewportSize({ width: 320, height: 700 });
  const overflow = await agent.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${overflow} pixels too wide`);
  await agent.screenshot({ path: screenshotPath('desk-explanation-phone') });
});
