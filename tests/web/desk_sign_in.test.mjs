// The way into the desk, and out of it without losing anything.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';

import { openPage, startBrowser } from './harness/index.mjs';
import { kPassword, ScriptedDesk } from './harness/scripted_desk.mjs';

let browser, page, service;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());
beforeEach(async () => {
  page = await openPage(browser);
  service = await ScriptedDesk.on(page);
});
afterEach(() => page.context().close());

const focusedName = () => page.evaluate(() => document.activeElement.name);

test('a password manager finds an ordinary form', async () => {
  const desk = await service.openSignedOut();
  assert.equal(await desk.name.getAttribute('autocomplete'), 'username');
  assert.equal(await desk.password.getAttribute('autocomplete'), 'current-password');
  assert.equal(await desk.password.getAttribute('type'), 'password');
  await desk.button('Vis passordet').click();
  assert.equal(await desk.password.getAttribute('type'), 'text');
});

test('what is missing is said at the field, which gets the focus', async () => {
  const desk = await service.openSignedOut();
  await desk.button('Logg inn').click();
  await page.getByText('Skriv brukarnamnet ditt.').waitFor();
  assert.equal(await focusedName(), 'username');
  await desk.name.fill('kari');
  await desk.button('Logg inn').click();
  await page.getByText('Skriv passordet ditt.').waitFor();
  assert.equal(await focusedName(), 'password');
  assert.equal(service.calls.length, 0);
});

test('a wrong password is told and can be tried again', async () => {
  const desk = await service.openSignedOut();
  await desk.name.fill('kari');
  await desk.password.fill('feil');
  await desk.password.press('Enter');
  await page.getByRole('alert').getByText('Feil brukarnamn eller passord.').waitFor();
  assert.equal(await focusedName(), 'password');
  await desk.signIn({ name: 'kari', password: kPassword });
});

test('too many attempts: the wait is counted down, nothing is sent meanwhile, and its end is told', async () => {
  await page.clock.install();
  const desk = await service.openSignedOut();
  service.refuse('login', { status: 429, code: 'throttled', retry_after_ms: 90_000 });
  await desk.name.fill('kari');
  await desk.password.fill(kPassword);
  await desk.password.press('Enter');
  await page.locator('.sign-in-wait', { hasText: 'Vent 1 min 30 s' }).waitFor();
  await desk.password.press('Enter');
  assert.equal(service.calls.length, 1);
  await page.clock.runFor(89_000);
  await page.locator('.sign-in-wait', { hasText: /Vent \d s/ }).waitFor();
  await page.clock.runFor(3_000);
  await page.getByRole('alert').getByText('No kan du prøve igjen.').first().waitFor();
  await desk.password.press('Enter');
  await desk.list('Ventar').waitFor();
});

test('every call that changes something says that it comes from the desk', async () => {
  const desk = await service.openSignedOut();
  await desk.signIn({ name: 'kari', password: kPassword });
  const { headers } = await service.heard('login');
  assert.equal(headers['x-svar-desk'], '1');
  assert.match(headers['content-type'], /^application\/json/);
});

test('a session that ends leads back to the way in, and drafts and unsent words are still there', async () => {
  service.held('c1', 'osteroy');
  const desk = await service.open();
  await desk.open('Mine', 'Osterøy');
  await desk.input.fill('eit halvt svar');
  service.signOut();
  await page.getByText('utkasta dine er tekne vare på').waitFor();
  assert.equal(await desk.name.inputValue(), 'kari');
  await desk.password.fill(kPassword);
  await desk.password.press('Enter');
  await desk.input.waitFor();
  assert.equal(await desk.input.inputValue(), 'eit halvt svar');
});

test('signing out by choice forgets the drafts', async () => {
  service.held('c1', 'osteroy');
  const desk = await service.open();
  await desk.open('Mine', 'Osterøy');
  await desk.input.fill('eit halvt svar');
  await page.getByRole('button', { name: /Innstillingar/ }).click();
  await desk.button('Logg ut').click();
  await desk.signIn({ name: 'kari', password: kPassword });
  await desk.open('Mine', 'Osterøy');
  assert.equal(await desk.input.inputValue(), '');
});

test('the language and the colours are a choice for the tab', async () => {
  await service.openSignedOut();
  await page.getByLabel('Språk').selectOption('en');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByLabel('Colours').selectOption('dark');
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  const root = page.locator('html');
  assert.equal(await root.getAttribute('lang'), 'en');
  assert.equal(await root.getAttribute('data-color-scheme'), 'dark');
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});
