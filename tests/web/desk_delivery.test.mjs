// Answers on messaging platforms as the agent sees them: on the real service with a Telegram that fails as it is told
// to, and on a scripted desk for what takes days.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { assertAccessible, openPage, screenshot, startBrowser, startService, until } from './harness/index.mjs';
import { Desk, agentLogin } from './harness/desk.mjs';
import { ScriptedDesk } from './harness/scripted_desk.mjs';
import { Telegram } from './harness/telegram.mjs';

const failed = (code, description) => ({ status: code, body: { ok: false, error_code: code, description } });
let browser, telegram, service, page, desk;
before(async () => {
  browser = await startBrowser();
  telegram = await Telegram.start();
  service = await startService({ 'desk.capacity': 9 }, { config: telegram.config() });
});
after(async () => {
  await service?.stop();
  telegram?.stop();
  await browser.close();
});
afterEach(async () => {
  telegram.answer = telegram.taken;
  await page?.context().close();
});

// An agent has a conversation with somebody on Telegram.
async function talksWith(chat) {
  page = await openPage(browser, { size: { width: 1440, height: 900 } });
  desk = await Desk.open(page, service.url);
  await desk.signIn(await agentLogin(service));
  await telegram.writes(service, chat, `eg vil snakke med eit menneske ${chat}`);
  await desk.open('Ventar', String(chat));
  await desk.take();
}
const line = (text) => desk.log.locator('.line').filter({ hasText: text }).last();
const state = (text) => line(text).locator('[data-delivery]');
const stateIs = (text, words) => state(text).filter({ hasText: words }).waitFor();

test('each message says how far it has come, and one that failed is sent again from the keyboard', async () => {
  await talksWith(601);
  await desk.say('Bosset vert henta onsdag.');
  await stateIs('Bosset vert henta onsdag.', 'Sendt');
  telegram.answer = () => failed(400, 'Bad Request: told to fail');
  await desk.say('Hugs å setje det ut i dag.');
  await stateIs('Hugs å setje det ut i dag.', 'plattforma tok henne ikkje imot (feil telegram 400)');
  await assertAccessible(page, 'a message that failed');
  await screenshot(page, 'desk-delivery-failed');
  telegram.answer = telegram.taken;
  await state('Hugs å setje det ut i dag.').getByRole('button', { name: 'Send på nytt' }).focus();
  await page.keyboard.press('Enter');
  await state('Hugs å setje det ut i dag.').and(page.locator('[data-delivery=sent]')).waitFor();
  assert.equal(telegram.sentTo(601).filter((text) => text.includes('Hugs')).length, 2, 'refused, then taken');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'log');
});

test('what may have arrived is sent again only when the agent knows that it may come twice', async () => {
  await talksWith(602);
  telegram.answer = () => 'cut';
  await desk.say('Kom innom torgkontoret.');
  await stateIs('Kom innom torgkontoret.', 'Usikkert om meldinga kom fram: plattforma svara ikkje.');
  telegram.answer = telegram.taken;
  const before = telegram.sentTo(602).length;
  const button = state('Kom innom torgkontoret.').getByRole('button', { name: 'Send på nytt' });
  await button.click();
  const dialog = page.getByRole('dialog', { name: 'Sende meldinga ein gong til?' });
  await dialog.getByText('Innbyggjaren kan få henne to gonger.').waitFor();
  await assertAccessible(page, 'the question');
  await screenshot(page, 'desk-delivery-twice');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(telegram.sentTo(602).length, before, 'no is no');
  await button.click();
  await dialog.getByRole('button', { name: 'Send likevel' }).click();
  await state('Kom innom torgkontoret.').and(page.locator('[data-delivery=sent]')).waitFor();
  assert.equal(telegram.sentTo(602).length, before + 1);
});

test('an account that the platform refuses is told above the desk at once, and gone when it goes again', async () => {
  await talksWith(603);
  telegram.answer = () => failed(401, 'Unauthorized');
  await desk.say('Eg sjekkar dette.');
  const banner = page.getByRole('region', { name: 'Kanalar som står' });
  await banner.getByText('Telegram for Osterøy står').waitFor({ timeout: 10_000 });
  await stateIs('Eg sjekkar dette.', 'Ventar på å bli sendt');
  await assertAccessible(page, 'a stopped channel');
  await screenshot(page, 'desk-delivery-stopped');
  const figures = await (await fetch(`${service.url}/metrics`)).text();
  assert.match(figures, /channel_stopped\{channel="telegram:osteroy"\} 1/);
  await page.reload();
  await banner.getByText('Telegram for Osterøy står').waitFor();
  telegram.answer = telegram.taken;
  await service.terminate();
  await service.start();
  await until(() => telegram.sentTo(603).filter((text) => text.includes('sjekkar')).length >= 2,
    { withinMs: 20_000, what: 'the answer goes out after all' });
  await desk.live();
  await until(async () => (await banner.getByText('står').count()) === 0, { what: 'no banner' });
});

const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString();
for (const [colours, width] of [['light', 1440], ['dark', 1440], ['light', 320], ['dark', 320]]) {
  test(`the time for answering is shown, and locks the composer when it is over: ${colours}, ${width} px`, async () => {
    page = await openPage(browser, { colours, size: { width, height: 800 } });
    const scripted = await ScriptedDesk.on(page);
    const mine = scripted.held('c1', 'osteroy');
    Object.assign(mine.card, { channel: 'messenger', reply_until: inDays(6) });
    mine.add({ from: 'agent', agent: 'kari', name: 'Kari Nordås', text: 'Hei! Eg ser på det.' });
    mine.add({ from: 'agent', agent: 'kari', name: 'Kari Nordås', text: 'Bosset kjem onsdag.' });
    desk = await scripted.open();
    await desk.open('Mine', 'Osterøy');
    await page.locator('.composer').getByText('Du kan svare til').waitFor();
    scripted.tell({ type: 'delivery', conversation: 'c1', messages: [
      { seq: 2, state: 'read', why: '' }, { seq: 6, state: 'delivered', why: '' },
      { seq: 7, state: 'failed', why: '131047' }] });
    await stateIs('Hei! Eg ser på det.', 'Levert');
    await stateIs('Bosset kjem onsdag.', 'fristen for å svare på plattforma er ute');
    await state('Bosset kjem onsdag.').getByRole('button', { name: 'Send på nytt' }).waitFor();
    scripted.tell({ type: 'channels', stopped: [
      { channel: 'messenger', municipality: { id: 'osteroy', name: 'Osterøy' }, why: '190' }] });
    await page.getByText('Messenger for Osterøy står').waitFor();
    await assertAccessible(page, `open, ${colours} ${width}`);
    await page.getByText('På Messenger: berre allmenne svar.').waitFor();
    await screenshot(page, `desk-reply-window-open-${width}-${colours}`);
    await desk.input.fill('Eg kjem attende til deg');
    scripted.change('c1', { reply_until: inDays(-1 / 1440) });
    await page.locator('.composer').getByText('Fristen for å svare på Messenger gjekk ut').waitFor();
    assert.equal(await desk.input.getAttribute('readonly'), '');
    assert.equal(await desk.input.inputValue(), 'Eg kjem attende til deg', 'what was written is kept');
    await state('Bosset kjem onsdag.').getByRole('button').waitFor({ state: 'detached' });
    await assertAccessible(page, `closed, ${colours} ${width}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} px too wide`);
    await screenshot(page, `desk-reply-window-closed-${width}-${colours}`);
    scripted.change('c1', { reply_until: inDays(7) });
    await page.locator('.composer').getByText('Du kan svare til').waitFor();
  });
}
