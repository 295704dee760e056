// What is out of order in a municipality: written on its page, seen above the desk.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertAccessible, openPage, screenshot, startBrowser } from './harness/index.mjs';
import { ScriptedDesk } from './harness/scripted_desk.mjs';

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

async function goTo(page, name) {
  const button = page.getByRole('button', { name, exact: true });
  if (!await button.isVisible()) await page.getByRole('button', { name: /Innstillingar/ }).click();
  await button.click();
}

for (const [width, colours] of [[320, 'dark'], [1440, 'light']]) {
  test(`an agent writes an incident and it stands above the desk, ${width} px, ${colours}`, async () => {
    const page = await openPage(browser, { colours, size: { width, height: 800 } });
    const service = await ScriptedDesk.on(page);
    await service.open();
    await goTo(page, 'Driftsmeldingar');
    await page.getByLabel('Kommune', { exact: true }).selectOption('gulen');
    const topic = page.getByRole('combobox', { name: 'Emne (valfritt)' });
    await topic.fill('Noko heilt anna');
    await page.getByRole('button', { name: 'Lagre' }).click();
    await page.getByText('Vel eit emne frå lista, eller la feltet stå tomt.').waitFor();
    assert.ok(await topic.evaluate((input) => input === document.activeElement), 'where the fault is');
    await assertAccessible(page, 'an unknown topic');
    await topic.fill('vatnet er borte');
    await page.getByLabel('Same melding på eit anna språk (valfritt)').fill('No water in Eivindvik.');
    await page.getByLabel('Melding', { exact: true }).fill('Vatnet er borte i Eivindvik. <b>Kok vatnet.</b>');
    await page.getByRole('button', { name: 'Lagre' }).click();
    const row = page.getByRole('listitem').filter({ hasText: '<b>Kok vatnet.</b>' });
    await row.waitFor();
    await row.getByText('Vatnet er borte', { exact: true }).waitFor();
    assert.equal(await page.getByLabel('Melding', { exact: true }).inputValue(), '', 'the form is empty again');
    await assertAccessible(page, 'incidents');
    await screenshot(page, `desk-incidents-${width}-${colours}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} px too wide`);
    await goTo(page, 'Skranken');
    const banner = page.getByRole('region', { name: 'Gjeld no' });
    await banner.getByText('Vatnet er borte i Eivindvik. <b>Kok vatnet.</b>').waitFor();
    assert.equal(await banner.getByText('No water in Eivindvik.').getAttribute('lang'), 'en');
    await assertAccessible(page, 'incident-banner');
    await screenshot(page, `desk-incident-banner-${width}-${colours}`);
    await page.close();
  });
}

test('what is refused is told where it was written', async () => {
  const page = await openPage(browser, {});
  const service = await ScriptedDesk.on(page);
  await service.open();
  await goTo(page, 'Driftsmeldingar');
  await page.getByLabel('Melding', { exact: true }).waitFor();
  service.refuse('incidents', { status: 422, code: 'empty', text: 'Meldinga er tom.' });
  await page.getByRole('button', { name: 'Lagre' }).click();
  await page.getByRole('alert').getByText('Meldinga er tom.').waitFor();
  await page.close();
});

test('nothing is ended by one click, and focus comes back', async () => {
  const page = await openPage(browser, { size: { width: 320, height: 700 }, colours: 'dark' });
  const service = await ScriptedDesk.on(page);
  const at = new Date().toISOString();
  service.incidents.push({
    id: 1, version: 3, municipality: { id: 'gulen', name: 'Gulen' }, topic: null, topic_title: null,
    text: { language: 'nn', text: 'Vegen er stengd.' }, second: null, from: at, to: at,
    phase: 'running', author: 'ola' });
  await service.open();
  await goTo(page, 'Driftsmeldingar');
  const end = page.getByRole('button', { name: /^Avslutt no/ });
  await end.click();
  const dialog = page.getByRole('dialog', { name: 'Avslutte driftsmeldinga no?' });
  await dialog.getByText('Vegen er stengd.').waitFor();
  await assertAccessible(page, 'the question before ending');
  await screenshot(page, 'desk-incident-end-320-dark');
  await dialog.getByRole('button', { name: 'Avbryt' }).click();
  assert.ok(await end.evaluate((button) => button === document.activeElement));
  assert.equal(service.calls.filter(({ verb }) => verb === 'end').length, 0);
  await end.click();
  await dialog.getByRole('button', { name: 'Ja, avslutt' }).click();
  assert.equal((await service.heard('end')).body.version, 3);
  await end.waitFor({ state: 'detached' });
  await page.close();
});

test('what a colleague writes or ends is seen at once, without a reload', async () => {
  const page = await openPage(browser);
  const service = await ScriptedDesk.on(page);
  await service.open();
  const at = new Date().toISOString();
  service.incidents.push({
    id: 1, version: 1, municipality: { id: 'gulen', name: 'Gulen' }, topic: null, topic_title: null,
    text: { language: 'nn', text: 'Vegen er stengd.' }, second: null, from: at, to: at,
    phase: 'running', author: 'ola' });
  service.tell({ type: 'incidents' });
  const banner = page.getByRole('region', { name: 'Gjeld no' });
  await banner.getByText('Vegen er stengd.').waitFor();
  service.incidents.pop();
  service.tell({ type: 'incidents' });
  await banner.getByText('Vegen er stengd.').waitFor({ state: 'detached' });
  await page.close();
});

for (const [width, colours] of [[320, 'dark'], [1440, 'light']]) {
  test(`an administrator switches crisis on with prepared words, and off again, ${width} px, ${colours}`, async () => {
    const page = await openPage(browser, { colours, size: { width, height: 800 } });
    const service = await ScriptedDesk.on(page);
    service.crisis = [{
      id: 'osteroy', name: 'Osterøy', language: 'nn',
      texts: { nn: 'Osterøy kommune er i krise no.', nb: 'Osterøy er i krise nå.', en: 'Osterøy is in a crisis.' } }];
    await service.open();
    await goTo(page, 'Driftsmeldingar');
    await page.getByRole('button', { name: 'Slå på Osterøy' }).click();
    const form = page.getByRole('form', { name: 'Slå på: Osterøy' });
    const words = form.getByLabel('Melding', { exact: true });
    assert.equal(await words.inputValue(), 'Osterøy kommune er i krise no.');
    await words.fill('Ras ved Hamre. Osterøy kommune er i krise no.');
    await assertAccessible(page, 'a crisis being prepared');
    await screenshot(page, `desk-crisis-${width}-${colours}`);
    await form.getByRole('button', { name: 'Slå på no' }).click();
    const { body } = await service.heard('incidents');
    assert.equal(body.crisis, 1);
    assert.equal(body.second_text, 'Osterøy is in a crisis.');
    assert.equal(Date.parse(body.to) - Date.parse(body.from), 12 * 3_600_000);
    const off = page.getByRole('button', { name: 'Slå av Osterøy' });
    await off.waitFor();
    await assertAccessible(page, 'a crisis');
    await goTo(page, 'Skranken');
    const banner = page.getByRole('region', { name: 'Gjeld no' });
    await banner.getByText('Kriseberedskap:').waitFor();
    await assertAccessible(page, 'the desk in a crisis');
    await screenshot(page, `desk-crisis-banner-${width}-${colours}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} px too wide`);
    await goTo(page, 'Driftsmeldingar');
    await off.click();
    await page.getByRole('button', { name: 'Ja, avslutt' }).click();
    await page.getByRole('button', { name: 'Slå på Osterøy' }).waitFor();
    await page.close();
  });
}

for (const [width, colours] of [[320, 'dark'], [1440, 'light']]) {
  test(`one switch turns crisis on and off in every municipality, ${width} px, ${colours}`, async () => {
    const page = await openPage(browser, { colours, size: { width, height: 800 } });
    const service = await ScriptedDesk.on(page);
    service.crisis = [['osteroy', 'Osterøy', 'nn'], ['gulen', 'Gulen', 'nn'], ['vaksdal', 'Vaksdal', 'nb']].map(
      ([id, name, language]) => ({ id, name, language, texts: {
        nn: `${name} er i krise no.`, nb: `${name} er i krise nå.`, en: `${name} is in a crisis.` } }));
    await service.open();
    await goTo(page, 'Driftsmeldingar');
    await page.getByRole('button', { name: 'Slå på i alle' }).click();
    const form = page.getByRole('form', { name: 'Slå på: Alle kommunane du styrer' });
    await form.getByLabel('Kva har hendt? (valfritt, står først i meldinga)').fill('Straumen er borte.');
    await form.getByText('Dei ferdige orda for kvar kommune').click();
    await assertAccessible(page, 'a crisis of all being prepared');
    await screenshot(page, `desk-crisis-all-${width}-${colours}`);
    service.refuse('incidents', { status: 503, code: 'unavailable', text: 'Prøv om att.' });
    await form.getByRole('button', { name: 'Slå på i alle no' }).click();
    await page.getByText('Det vart ikkje gjort i: Osterøy').waitFor();
    await page.getByText('På i 2 / 3').waitFor();
    await form.getByRole('button', { name: 'Slå på i alle no' }).click();
    await page.getByText('På i 3 / 3').waitFor();
    assert.deepEqual(service.incidents.map(({ municipality, text }) => [municipality.id, text.language, text.text]), [
      ['gulen', 'nn', 'Straumen er borte. Gulen er i krise no.'],
      ['vaksdal', 'nb', 'Straumen er borte. Vaksdal er i krise nå.'],
      ['osteroy', 'nn', 'Straumen er borte. Osterøy er i krise no.']]);
    await assertAccessible(page, 'a crisis everywhere');
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} px too wide`);
    await page.getByRole('button', { name: 'Slå av i alle' }).click();
    await page.getByRole('button', { name: 'Ja, slå av i alle' }).click();
    await page.getByText('På i 0 / 3').waitFor();
    await page.close();
  });
}

test('an agent has no such switch, and leaves the running crisis alone', async () => {
  const page = await openPage(browser);
  const service = await ScriptedDesk.on(page);
  const at = new Date().toISOString();
  service.incidents.push({
    id: 1, version: 1, municipality: { id: 'gulen', name: 'Gulen' }, topic: null, topic_title: null, crisis: true,
    text: { language: 'nn', text: 'Ras i Gulen.' }, second: null, from: at, to: at, phase: 'running', author: 'ola' });
  await service.open();
  await goTo(page, 'Driftsmeldingar');
  await page.getByRole('listitem').filter({ hasText: 'Ras i Gulen.' }).waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Kriseberedskap' }).count(), 0);
  assert.equal(await page.getByRole('button', { name: /^(Endre|Avslutt no)/ }).count(), 0);
  await page.close();
});
