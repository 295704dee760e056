// The widget for those who do not see, do not use a mouse, magnify, or choose their own colours.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import {
  assertAccessible, Chat, narrow, openPage, phone, ScriptedService, startBrowser,
} from './harness/index.mjs';

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

// Every kind of thing the log can hold.
function tellEverything(service) {
  service.event(1, {
    text: 'BIR hentar bosset.\n\n1. Opne kalenderen.\n2. Skriv adressa.', title: 'Tømmekalender', sample: true,
    municipality: { id: 'vaksdal', name: 'Vaksdal' }, language: 'nn',
    links: [
      { label: 'Tømmekalender', url: 'https://bir.no/k', sample: true },
      { label: 'Ring', url: 'tel:+4755277700' },
    ],
  });
  service.event(2, { safety: 'fire', text: '**Ring 110** no.' });
  service.event(3, { from: 'citizen', id: 'annan-eining', text: 'Hei frå mobilen' });
  service.event(4, { from: 'agent', kind: 'joined', name: 'Kari', text: 'Kari er her.' });
  service.event(5, { from: 'agent', name: 'Kari', text: 'Hei, det er Kari.' });
  service.event(6, { from: 'system', kind: 'left', text: 'Roboten svarar igjen.' });
  service.event(7, {
    text: 'Meinte du noko av dette?',
    choices: [{ id: 'a', label: 'Boss' }, { id: 'other', label: 'Noko anna' }],
  });
}

for (const colours of ['light', 'dark']) {
  for (const colour of ['#1d5a3c', '#ffd23f', '#777777', '#000000']) {
    test(`axe finds nothing in ${colours} with the colour ${colour}`, async () => {
      const page = await openPage(browser, { colours });
      const service = await ScriptedService.on(page);
      service.welcome = {
        ...service.welcome, agents: 'closed', opens: '2026-11-24T08:00:00Z',
        site: { ...service.welcome.site, colour },
      };
      await page.goto(service.address);
      const chat = new Chat(page);
      await chat.launcher.waitFor();
      await assertAccessible(page, 'closed');
      await chat.begin();
      await assertAccessible(page, 'opened');
      tellEverything(service);
      await chat.say('feil');
      const { id } = await service.heard('say');
      service.socket.send({ type: 'error', id, code: 'too_long', text: 'For lang.' });
      await chat.panel.getByText('Ikkje sendt').waitFor();
      await assertAccessible(page, 'a full log');
      await chat.button('Val').click();
      await assertAccessible(page, 'the menu');
      await chat.button('Slett samtalen').click();
      await assertAccessible(page, 'the question before deleting');
      await chat.button('Avbryt').click();
      service.answersHello = false;
      await service.socket.close(1013, 'retry_after_ms=60000');
      await chat.button('Prøv no').waitFor();
      await assertAccessible(page, 'without connection');
      await page.context().close();
    });
  }
}

test('the focus goes into the input and back to the button, and is never trapped', async () => {
  const page = await openPage(browser);
  const service = await ScriptedService.on(page);
  await page.goto(service.address);
  const chat = new Chat(page);
  await page.keyboard.press('Tab');
  assert.equal(await chat.focus(), 'Ei anna side');
  await page.keyboard.press('Tab');
  assert.equal(await chat.focus(), 'Spør oss – opne chatten');
  await page.keyboard.press('Enter');
  await chat.notice.waitFor();
  assert.equal(await chat.focus(), 'Skriv meldinga di');
  await page.keyboard.press('Escape');
  assert.equal(await chat.focus(), 'Spør oss – opne chatten');
  await page.keyboard.press('Enter');
  const visited = [];
  for (let presses = 0; presses < 12 && visited.at(-1) !== 'Ei anna side'; presses += 1) {
    await page.keyboard.press('Shift+Tab');
    visited.push(await chat.focus());
  }
  assert.deepEqual(visited,
    ['Snakk med eit menneske', 'Samtalen', 'Lukk chatten', 'Val', 'Ei anna side']
      .map((name) => (name === 'Samtalen' ? visited[1] : name)));
  await chat.panel.waitFor();
  await page.context().close();
});

test('Escape closes the innermost thing first', async () => {
  const page = await openPage(browser);
  const service = await ScriptedService.on(page);
  const chat = await service.open();
  await chat.button('Val').press('Enter');
  assert.equal(await chat.focus(), 'Last ned samtalen');
  await page.keyboard.press('Escape');
  assert.equal(await chat.focus(), 'Val');
  await chat.menu('Slett samtalen');
  assert.equal(await chat.focus(), 'Avbryt');
  await page.keyboard.press('Escape');
  assert.equal(await chat.focus(), 'Skriv meldinga di');
  await page.keyboard.press('Escape');
  await chat.panel.waitFor({ state: 'hidden' });
  await page.context().close();
});

test('on a phone the panel gives way when the focus leaves it', async () => {
  const page = await openPage(browser, { size: phone });
  const service = await ScriptedService.on(page);
  const chat = await service.open();
  await page.getByRole('link', { name: 'Ei anna side' }).focus();
  await chat.panel.waitFor({ state: 'hidden' });
  assert.equal(await chat.focus(), 'Ei anna side');
  await page.context().close();
});

test('Shift and Enter break the line, Enter alone sends', async () => {
  const page = await openPage(browser);
  const service = await ScriptedService.on(page);
  const chat = await service.open();
  await page.keyboard.type('ein');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('to');
  await page.keyboard.press('Enter');
  assert.equal((await service.heard('say')).text, 'ein\nto');
  assert.equal(await chat.input.inputValue(), '');
  await page.context().close();
});

// 1280 × 800 magnified four times is 320 × 200.
for (const [what, size] of [['320 pixels wide', narrow], ['magnified to 400 %', { width: 320, height: 200 }]]) {
  test(`${what} nothing is cut off sideways and everything can be reached`, async () => {
    const page = await openPage(browser, { size });
    const service = await ScriptedService.on(page);
    const chat = await service.open();
    tellEverything(service);
    service.event(8, { text: 'Kommunedelplanarealføresegnsutgreiingsarbeidsgruppemedlem '.repeat(3) });
    await chat.answer('Kommunedelplan');
    const sideways = await page.evaluate(() => {
      const panel = document.querySelector('svar-chat').shadowRoot.querySelector('.panel');
      return [document.documentElement, panel, ...panel.querySelectorAll('.head,.log,.bubble,.foot,.choices,.links a')]
        .filter((box) => box.scrollWidth > box.clientWidth + 1 || box.getBoundingClientRect().right > innerWidth + 0.5)
        .map((box) => box.className || box.tagName);
    });
    assert.deepEqual(sideways, []);
    await chat.input.scrollIntoViewIfNeeded();
    await chat.say('hei');
    await service.heard('say');
    await assertAccessible(page, what);
    await page.context().close();
  });
}

test("in the reader's own colours every message keeps its frame", async () => {
  const page = await openPage(browser, { forcedColors: 'active' });
  const service = await ScriptedService.on(page);
  const chat = await service.open();
  tellEverything(service);
  await chat.answer('Meinte du');
  const frames = await chat.log.locator('.bubble').evaluateAll(
    (all) => all.map((one) => parseFloat(getComputedStyle(one).borderTopWidth)));
  assert.ok(frames.every((width) => width >= 1), String(frames));
  await page.context().close();
});

test('who asks for less motion gets none', async () => {
  const page = await openPage(browser, { reducedMotion: 'reduce' });
  const service = await ScriptedService.on(page);
  const chat = await service.open();
  service.event(1, { text: 'svar' });
  await chat.answer('svar');
  assert.equal(await page.evaluate(() => document.getAnimations().length
    + document.querySelector('svar-chat').shadowRoot.getAnimations().length), 0);
  await page.context().close();
});
