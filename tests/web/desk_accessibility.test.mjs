// The desk for those who do not use a mouse, do not see, magnify, or work in the dark.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertAccessible, openPage, screenshot, startBrowser, until } from './harness/index.mjs';
import { kOla, kPassword, ScriptedDesk } from './harness/scripted_desk.mjs';

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

const minutesAgo = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

// A desk at work: danger, an unknown municipality, long waits, my own and the others'.
function fill(service) {
  service.conversation('c1', null, {
    safety: 'fire', reason: 'safety', topic_title: '', topics: [], waiting_since: minutesAgo(0) });
  service.conversation('c2', 'gulen', { reason: 'not_understood', waiting_since: minutesAgo(7) });
  service.conversation('c3', 'osteroy', { waiting_since: minutesAgo(3) });
  const mine = service.held('c4', 'osteroy');
  mine.add({ from: 'agent', agent: 'kari', name: 'Kari Nordås', text: 'Hei! Eg ser på tømminga hos deg.' });
  mine.add({ from: 'citizen', text: 'takk, eg er 01010112345', masked: true });
  mine.add({ from: 'system', kind: 'notice', safety: 'medical', text: 'Ring 113 om det hastar.' });
  mine.add({ from: 'citizen', text: '' });
  service.held('c5', 'gulen', kOla);
}

async function assertFits(page, what) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${what}: ${over} px too wide`);
}

const sizes = { 320: 640, 768: 1024, 1440: 900 };
for (const [width, height] of Object.entries(sizes)) {
  for (const colours of ['light', 'dark']) {
    test(`axe finds nothing at ${width} px in ${colours}`, async () => {
      const page = await openPage(browser, { colours, size: { width: Number(width), height } });
      await page.clock.install();
      await page.addInitScript(() => { Math.random = () => 0.999; });
      const service = await ScriptedDesk.on(page);
      fill(service);
      const look = async (what) => {
        await assertAccessible(page, what);
        await assertFits(page, what);
        await screenshot(page, `desk-${what}-${width}-${colours}`);
      };
      const desk = await service.openSignedOut();
      await desk.button('Logg inn').click();
      await page.getByText('Skriv brukarnamnet ditt.').waitFor();
      await look('sign-in');
      await desk.signIn({ name: 'kari', password: kPassword });
      await desk.row('Ventar', 'Gulen').waitFor();
      await look('list');
      await desk.open('Ventar', 'Ukjend kommune');
      await desk.sees('Sett over til menneske');
      await look('waiting');
      if (width < 700) await desk.button('Til lista').click();
      await desk.open('Mine', 'Osterøy');
      await desk.sees('Ring 113');
      service.refuse('say', { status: 422, code: 'too_long', text: 'Meldinga er for lang.' });
      await desk.say('for langt');
      await page.getByText('Ikkje sendt.').waitFor();
      await desk.input.fill('BIR hentar hos deg måndag 7. desember.');
      service.tell({ type: 'typing', conversation: 'c4' });
      await page.getByText('Innbyggjaren skriv …').waitFor();
      await look('conversation');
      if (width < 1152) {
        await desk.button('Om samtalen').click();
        await desk.context.getByRole('heading', { name: 'Osterøy kommune' }).waitFor();
        await look('context');
        await desk.button('Til samtalen').click();
      }
      await desk.button('Avslutt').click();
      await page.getByRole('dialog').waitFor();
      await look('question');
      await desk.button('Avbryt').click();
      await desk.button('Set over').click();
      await page.getByRole('dialog').getByRole('option', { name: 'Teknisk eining' }).waitFor({ state: 'attached' });
      await look('transfer');
      await desk.button('Avbryt').click();
      await desk.button('Inviter').click();
      await page.getByRole('dialog').waitFor();
      await look('invite');
      await desk.button('Avbryt').click();
      await desk.button('Notat').click();
      await page.getByRole('dialog').waitFor();
      await look('note');
      await desk.button('Avbryt').click();
      await page.getByRole('button', { name: /Innstillingar/ }).click();
      await look('settings');
      await page.keyboard.press('Escape');
      await service.loseConnection();
      await until(async () => {
        await page.clock.runFor(1_000);
        return /om \d\d s/.test(await desk.connection.innerText());
      }, { what: 'a wait that is long enough to look at' });
      await look('without-connection');
      await page.context().close();
    });
  }
}

test('a conversation is taken, answered and closed by keyboard alone', async () => {
  const page = await openPage(browser);
  const service = await ScriptedDesk.on(page);
  service.conversation('c1', 'osteroy');
  const desk = await service.openSignedOut();
  await desk.name.waitFor();
  await page.keyboard.type('kari');
  await desk.tabTo(/^Passord$/);
  await page.keyboard.type(kPassword);
  await page.keyboard.press('Enter');
  await desk.row('Ventar', 'Osterøy').waitFor();
  await desk.tabTo(/^Osterøy/);
  await page.keyboard.press('Enter');
  await page.locator('h2:focus').waitFor();
  await desk.tabTo(/^Ta samtalen$/);
  await page.keyboard.press('Enter');
  await page.locator('textarea:focus').waitFor();
  await page.keyboard.type('Hei frå tastaturet');
  await page.keyboard.press('Enter');
  assert.equal((await service.heard('say')).body.text, 'Hei frå tastaturet');
  await desk.tabTo(/^Samtalen$/, 'Shift+Tab');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'log');
  await desk.tabTo(/^Avslutt$/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  assert.match(await desk.focused(), /^Avslutt$/);
  await page.keyboard.press('Enter');
  await desk.tabTo(/^Avslutt samtalen$/);
  await page.keyboard.press('Enter');
  await desk.sees('Du avslutta samtalen');
  await page.locator('h2:focus').waitFor();
  await page.context().close();
});

test('what has focus is seen to have it', async () => {
  const page = await openPage(browser);
  const service = await ScriptedDesk.on(page);
  fill(service);
  const desk = await service.open();
  await desk.open('Mine', 'Osterøy');
  const unseen = [];
  for (let presses = 0; presses < 45; presses += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      const hasRing = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      const isSeen = element === document.body || hasRing;
      return isSeen ? null : element.outerHTML.slice(0, 120);
    });
    if (at) unseen.push(at);
  }
  assert.deepEqual(unseen, []);
  await page.context().close();
});

test('the first stop leads past the bar', async () => {
  const page = await openPage(browser);
  const service = await ScriptedDesk.on(page);
  fill(service);
  const desk = await service.open();
  await desk.row('Ventar', 'Gulen').waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await desk.focused(), 'Hopp til samtalane');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal(await desk.focused(), 'Vis', 'what the lists show');
  await page.keyboard.press('Tab');
  assert.match(await desk.focused(), /^Ukjend kommune/);
  await page.context().close();
});

test('on a telephone the panes are views, and focus follows', async () => {
  const page = await openPage(browser, { size: { width: 320, height: 640 } });
  const service = await ScriptedDesk.on(page);
  fill(service);
  const desk = await service.open();
  await desk.open('Mine', 'Osterøy');
  assert.equal(await desk.list('Mine').isVisible(), false);
  await page.locator('h2:focus').waitFor();
  await desk.button('Om samtalen').click();
  assert.equal(await desk.focused(), 'Om samtalen');
  await desk.button('Til samtalen').click();
  await desk.button('Til lista').click();
  assert.match(await desk.focused(), /^Osterøy/);
  await page.context().close();
});

test('at 400 % everything can be reached without scrolling sideways', async () => {
  const page = await openPage(browser, { size: { width: 320, height: 256 } });
  const service = await ScriptedDesk.on(page);
  fill(service);
  const desk = await service.open();
  await desk.open('Mine', 'Osterøy');
  await assertFits(page, 'conversation');
  await desk.say('frå liten skjerm');
  await desk.sees('frå liten skjerm');
  await screenshot(page, 'desk-conversation-400-percent');
  await page.context().close();
});

test('a reader\'s own spacing of text hides nothing', async () => {
  const page = await openPage(browser, { size: { width: 1440, height: 900 } });
  const service = await ScriptedDesk.on(page);
  fill(service);
  const desk = await service.open();
  await desk.open('Mine', 'Osterøy');
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important }'
      + '* { word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
    document.adoptedStyleSheets = [sheet];
  });
  await assertFits(page, 'conversation');
  const cut = await page.locator('button:visible, .mark:visible, .bubble:visible').evaluateAll((boxes) => boxes
    .filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.innerText));
  assert.deepEqual(cut, []);
  await page.context().close();
});

test('a person who cannot see is told of each thing once: no live region lies in another', async () => {
  const page = await openPage(browser);
  const service = await ScriptedDesk.on(page);
  service.held('c4', 'osteroy');
  const desk = await service.open();
  await desk.open('Mine', 'Osterøy');
  assert.equal(await desk.log.getAttribute('aria-label'), 'Samtalen');
  const regions = '[role=status], [role=alert], [role=log], [aria-live]';
  const nested = await page.locator(regions).evaluateAll(
    (found, all) => found.filter((region) => region.parentElement.closest(all)).length, regions);
  assert.equal(nested, 0);
  await page.context().close();
});
