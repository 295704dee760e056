// One conversation at the desk: what is shown of it, and what is written in it.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';

import { openPage, startBrowser, until } from './harness/index.mjs';
import { kOla, ScriptedDesk } from './harness/scripted_desk.mjs';

let browser, page, service;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());
beforeEach(async () => {
  page = await openPage(browser);
  service = await ScriptedDesk.on(page);
});
afterEach(() => page.context().close());

async function openMine() {
  service.held('c1', 'osteroy');
  const desk = await service.open();
  await desk.open('Mine', 'Osterøy');
  await desk.sees('Du tok samtalen');
  return desk;
}

test('the context comes with the conversation', async () => {
  service.conversation('c1', 'osteroy');
  const desk = await service.open();
  await desk.open('Ventar', 'Osterøy');
  await desk.context.getByRole('heading', { name: 'Osterøy kommune' }).waitFor();
  const text = await desk.context.innerText();
  for (const part of ['4630', 'Bad om eit menneske', 'Boss og gjenvinning', 'https://www.osteroy.kommune.no/innhald/boss/',
    'Nynorsk', 'Nettprat', 'svært sikker, 97 %', 'Svarte · ved regel', 'Når vert bosset henta hos meg?',
    '56 19 21 00', 'døme, ikkje stadfesta']) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  await desk.context.getByRole('searchbox', { name: 'Finn i fakta' }).fill('renovasjon');
  await desk.context.getByText('BIR', { exact: true }).waitFor();
  assert.equal(await desk.context.locator('.facts .item').count(), 1);
});

test('it cannot be answered before it is taken, and says so', async () => {
  service.conversation('c1', 'osteroy');
  const desk = await service.open();
  await desk.open('Ventar', 'Osterøy');
  assert.equal(await desk.input.getAttribute('readonly'), '');
  await page.getByText('Ta samtalen for å svare.').waitFor();
  await desk.take();
  await desk.sees('Du tok samtalen');
  assert.equal(await desk.input.getAttribute('readonly'), null);
});

test('Enter sends, Shift and Enter makes a line', async () => {
  const desk = await openMine();
  await desk.input.focus();
  await page.keyboard.type('ein');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('to');
  await page.keyboard.press('Enter');
  assert.equal((await service.heard('say')).body.text, 'ein\nto');
  assert.equal(await desk.input.inputValue(), '');
  await until(async () => (await desk.words()).at(-1).state === 'sent');
});

test('who speaks is said in words and shown by shape', async () => {
  const desk = await openMine();
  service.event('c1', { from: 'agent', agent: 'ola', name: kOla.display_name, text: 'frå Ola' });
  await desk.sees('frå Ola');
  const names = await desk.log.locator('.line-name').allInnerTexts();
  assert.deepEqual(names.map((name) => name.trim()), ['Innbyggjar', 'Robot', 'Innbyggjar', 'Ola Hella (menneske)']);
  const styles = await desk.log.locator('.bubble').evaluateAll((bubbles) => bubbles.map((bubble) => {
    const { borderStyle, borderRadius } = getComputedStyle(bubble);
    return `${borderStyle} ${borderRadius}`;
  }));
  assert.equal(new Set(styles).size, 3);
});

test('a message is sent again under its id until it is answered, once and in order', async () => {
  const desk = await openMine();
  service.refuse('say', { cut: true });
  await desk.say('ein');
  await desk.say('to');
  await service.heard('say', 3);
  await until(async () => (await desk.words()).every((line) => line.state === 'sent'));
  const said = service.calls.filter((call) => call.verb === 'say').map(({ body }) => body);
  assert.equal(said[1].id, said[0].id);
  assert.deepEqual((await desk.words()).slice(-2).map((line) => line.text), ['ein', 'to']);
  const { events } = service.conversations.get('c1');
  assert.deepEqual(events.filter((event) => event.id).map((event) => event.text), ['ein', 'to']);
});

test('a message whose answer was lost is recognised in the log and not repeated', async () => {
  const desk = await openMine();
  service.refuse('say', { cut: 'after' });
  await desk.say('ein');
  await desk.say('to');
  await until(async () => {
    const words = await desk.words();
    return words.at(-1).text === 'to' && words.every((line) => line.state === 'sent');
  });
  assert.deepEqual((await desk.words()).slice(-2).map((line) => line.text), ['ein', 'to']);
});

test('what is written without a connection is sent when it is back', async () => {
  const desk = await openMine();
  await service.loseConnection();
  await desk.connection.getByText(/Mista sambandet/).waitFor();
  await desk.say('skrive utan samband');
  await page.getByText('Ikkje sendt enno.').waitFor();
  service.conversations.get('c1').add({ from: 'citizen', text: 'sagt imens' });
  service.reachable = true;
  await desk.sees('sagt imens');
  await until(async () => (await desk.words()).at(-1).state === 'sent');
  assert.deepEqual((await desk.words()).slice(-2).map((line) => line.text), ['sagt imens', 'skrive utan samband']);
});

test('a refused message says why, and its words can be had back', async () => {
  const desk = await openMine();
  service.refuse('say', { status: 422, code: 'too_long', text: 'Meldinga er for lang.' });
  await desk.say('altfor langt');
  await page.getByText('Ikkje sendt. Meldinga er for lang.').waitFor();
  await desk.button('Rediger').click();
  assert.equal(await desk.input.inputValue(), 'altfor langt');
  assert.equal(await page.getByText('Ikkje sendt.').count(), 0);
});

test('each conversation keeps its own draft', async () => {
  service.held('c2', 'gulen');
  const desk = await openMine();
  await desk.input.fill('til Osterøy');
  await desk.open('Mine', 'Gulen');
  assert.equal(await desk.input.inputValue(), '');
  await desk.open('Mine', 'Osterøy');
  assert.equal(await desk.input.inputValue(), 'til Osterøy');
});

test('typing is told both ways', async () => {
  const desk = await openMine();
  service.tell({ type: 'typing', conversation: 'c1' });
  await page.getByText('Innbyggjaren skriv …').waitFor();
  service.event('c1', { from: 'citizen', text: 'ferdig' });
  await page.getByText('Innbyggjaren skriv …').waitFor({ state: 'detached' });
  await desk.input.pressSequentially('hei');
  await service.heard('socket typing');
  assert.equal(service.calls.filter((call) => call.verb === 'socket typing').length, 1);
});

test('giving back to the robot locks the conversation', async () => {
  const desk = await openMine();
  await desk.button('Gi tilbake til roboten').click();
  await desk.sees('Du gav samtalen tilbake til roboten');
  await page.getByText('Roboten har samtalen. Du kan svare').waitFor();
  assert.match((await service.heard('hand-back')).body.id, /^[0-9a-f]{24}$/);
});

test('closing asks first, and a close that got no answer is tried under the same id', async () => {
  const desk = await openMine();
  await desk.button('Avslutt').click();
  await desk.button('Avbryt').click();
  assert.equal(service.calls.filter((call) => call.verb === 'close').length, 0);
  service.refuse('close', { cut: true });
  for (const _ of [1, 2]) {
    await desk.button('Avslutt').click();
    await desk.button('Avslutt samtalen').click();
    const refused = page.getByRole('alert').getByText('Får ikkje kontakt');
    await refused.or(desk.log.getByText('Du avslutta samtalen')).waitFor();
  }
  await desk.sees('Du avslutta samtalen');
  assert.equal((await service.heard('close', 2)).body.id, (await service.heard('close')).body.id);
});

test('what was removed and erased is gone from the screen', async () => {
  const desk = await openMine();
  service.event('c1', { from: 'system', kind: 'redacted', seqs: [1] });
  await desk.sees('Innhaldet er fjerna.');
  assert.equal(await page.getByText('når vert bosset tømt').count(), 0);
  service.event('c1', { from: 'system', kind: 'erased' });
  await desk.sees('Innbyggjaren sletta samtalen.');
  assert.equal(await desk.log.getByText('BIR hentar bosset').count(), 0);
});

const kHostile = [
  '<img src=x onerror="document.title=\'hacked\'">', '<script>document.title="hacked"</script>',
  '<svg onload=alert(1)>', 'javascript:alert(1)', '{{agent.email}} ${7*7} /close', '[klikk](javascript:alert(1))',
  '"><style>*{display:none}</style>', '&lt;b&gt;', '\u202Eskjult\u202C', 'null\u200Bbreidd',
  'https://bank.example@evil.example/',
];

test('the words of others are words: no markup, no link, no command, nothing hidden', async () => {
  const hostile = kHostile.join('\n');
  const made = service.held('c1', 'osteroy');
  made.card.topic_title = hostile;
  made.add({ from: 'citizen', text: hostile });
  made.add({ from: 'agent', agent: 'x', name: hostile, text: hostile });
  made.add({
    text: hostile, links: [{ label: hostile, url: 'javascript:alert(1)' }], choices: [{ id: 'x', label: hostile }] });
  made.packet = () => ({
    ...Object.getPrototypeOf(made).packet.call(made), page: { url: 'javascript:alert(1)', title: hostile },
    articles_shown: [{ id: hostile, title: hostile }],
  });
  const desk = await service.open();
  page.on('dialog', () => assert.fail('a dialog'));
  await desk.list('Mine').locator('[data-conversation=c1]').click();
  await desk.sees('hacked');
  await desk.context.getByText('evil.example').first().waitFor();
  assert.equal(await page.locator('#app :is(img, script, style, iframe, object)').count(), 0);
  assert.equal(await page.locator('a[href^="javascript"], a[href*="evil"]').count(), 0);
  assert.match(await page.title(), /Skranken/);
  const shown = await desk.log.locator('[data-speaker=citizen] .words').last().innerText();
  for (const part of ['U+202E', 'U+200B', '{{agent.email}} ${7*7} /close']) assert.ok(shown.includes(part), shown);
  assert.deepEqual(page.faults, []);
});
