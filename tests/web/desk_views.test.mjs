// What the left pane shows: the desk at a glance, and one list at a time for those who want it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertAccessible, openPage, screenshot, startBrowser } from './harness/index.mjs';
import { ScriptedDesk, kOla } from './harness/scripted_desk.mjs';

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

async function filledDesk(options = {}) {
  const page = await openPage(browser, options);
  const service = await ScriptedDesk.on(page);
  service.conversation('c1', 'osteroy');
  service.conversation('c2', 'gulen', { waiting_since: new Date(Date.now() - 400_000).toISOString() });
  service.held('c3', 'osteroy');
  service.held('c4', 'gulen', kOla);
  service.closed = [{
    id: 'c9', municipality: { id: 'gulen', name: 'Gulen', colour: '#1d4e89' }, channel: 'webchat', language: 'nn',
    opened_at: '2026-11-23T09:00:00.000Z', last_at: '2026-11-23T10:00:00.000Z', closed: true, outcome: 'resolved',
    topic: 'boss.dunk', topic_title: 'Ny bossdunk', agents: [{ name: 'ola', display_name: 'Ola Hella' }] }];
  const desk = await service.open();
  return { page, service, desk };
}

test('at a glance: how many wait, the longest, and who is here, as it changes', async () => {
  const { page, service } = await filledDesk();
  const glance = page.getByRole('list', { name: 'Skranken no' });
  await glance.getByText('2 ventar').waitFor();
  assert.match(await glance.innerText(), /Lengst:\s*Venta\s*6 min/);
  assert.match(await glance.innerText(), /2 ved skranken/);
  service.change('c2', { owner: 'agent', agent: kOla, waiting_since: null });
  await glance.getByText('1 ventar').waitFor();
  assert.match(await glance.innerText(), /Lengst:\s*Venta\s*1 min/);
  service.tell({ type: 'team', colleagues: [service.team[0], { ...service.team[1], availability: 'offline' }] });
  await glance.getByText('1 ved skranken').waitFor();
  await page.close();
});

test('one view at a time, chosen by keyboard', async () => {
  const { page, desk } = await filledDesk();
  const field = page.getByLabel('Vis', { exact: true });
  const lists = { all: [1, 1, 1], waiting: [1, 0, 0], mine: [0, 1, 0], team: [0, 0, 1] };
  for (const [view, expected] of Object.entries(lists)) {
    await field.selectOption(view);
    const shown = await Promise.all(['Ventar', 'Mine', 'Andre'].map((name) => desk.list(name).count()));
    assert.deepEqual(shown, expected, view);
  }
  await field.focus();
  await page.keyboard.press('End');
  await desk.list('Avslutta').getByText('Ny bossdunk').waitFor();
  await page.close();
});

for (const [width, colours] of [[320, 'dark'], [1440, 'light']]) {
  test(`what has ended comes to its list by itself, ${width} px, ${colours}`, async () => {
    const { page, service, desk } = await filledDesk({ colours, size: { width, height: 800 } });
    await page.getByLabel('Vis', { exact: true }).selectOption('closed');
    const list = desk.list('Avslutta');
    assert.match(await list.getByRole('button').innerText(), /Gulen[^]*Ny bossdunk[^]*Løyst[^]*Ola Hella/);
    service.closed.unshift({ ...service.closed[0], id: 'c4', topic_title: 'Tømmekalender' });
    service.tell({ type: 'gone', id: 'c4' });
    await list.getByText('Tømmekalender').waitFor();
    await assertAccessible(page, 'closed conversations');
    await screenshot(page, `desk-views-${width}-${colours}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} px too wide`);
    await page.close();
  });
}
