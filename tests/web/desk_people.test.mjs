// Accounts from the first log-in to the audit log, against the real service: what the README promises an administrator.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';

import { addUser, Desk, firstAdministrator } from './harness/desk.mjs';
import { assertAccessible, openPage, screenshotPath, startBrowser, startService } from './harness/index.mjs';

let browser, service, page, key, recovery;
before(async () => {
  service = await startService();
  browser = await startBrowser();
  page = await openPage(browser);
});
after(async () => {
  await browser.close();
  await service.stop();
});

function fromBase32(text) {
  const kAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...text].map((c) => kAlphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

// RFC 6238, apart from the product's own.
function codeAt(secret, ms) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(ms / 30_000)));
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const at = digest[19] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const heading = (name, on = page) => on.getByRole('heading', { name, exact: true });
const press = (name, on = page) => on.getByRole('button', { name, exact: true }).click();
async function shoot(name, on = page) {
  await assertAccessible(on, name);
  await on.screenshot({ path: screenshotPath(name), fullPage: true });
}

test('the first administrator signs in as the README says and sets up the second factor', async () => {
  const login = await firstAdministrator(service);
  const desk = await Desk.open(page, service.url);
  await desk.name.fill(login.name);
  await desk.password.fill(login.password);
  await desk.password.press('Enter');
  await heading('Tostegspålogging').waitFor();
  await press('Byrj');
  await page.getByRole('img', { name: /QR-kode/ }).waitFor();
  await shoot('people_enrol');
  key = (await page.locator('.enrolment-key code').innerText()).replace(/\s/g, '');
  await page.getByLabel('Kode frå appen').fill('000000');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText(/Koden er feil/).waitFor();
  await page.getByLabel('Kode frå appen').fill(codeAt(key, Date.now()));
  await page.keyboard.press('Enter');
  await heading('Gjenopprettingskodar').waitFor();
  recovery = await page.locator('.recovery-codes code').allInnerTexts();
  assert.equal(recovery.length, 10);
  await shoot('people_recovery_codes');
  await press('Eg har teke vare på dei');
  await desk.list('Ventar').waitFor({ state: 'attached' });
  await desk.live();
});

async function go(name, on = page) {
  await on.getByRole('button', { name: /Innstillingar/ }).click();
  await on.locator('.settings-panel').getByRole('button', { name, exact: true }).click();
  await heading(name, on).waitFor();
}

test('an administrator invites somebody, whose link works once', async () => {
  await go('Folk og rettar');
  await press('Inviter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Namn, slik innbyggjarane ser det').fill('Nora Nysen');
  await dialog.getByRole('button', { name: 'Lag invitasjon' }).click();
  await dialog.getByText('Fyll ut dette feltet.').waitFor();
  await dialog.getByLabel('Brukarnamn').fill('nora');
  await dialog.getByRole('group', { name: 'Rettleiar' }).getByLabel('Gulen').check();
  await shoot('people_invite');
  await dialog.getByRole('button', { name: 'Lag invitasjon' }).click();
  const link = await dialog.getByLabel('Lenkje').inputValue();
  await shoot('people_link');
  await dialog.getByRole('button', { name: 'Lukk' }).click();

  const guest = await openPage(browser);
  await guest.goto(link);
  await heading('Vel passord', guest).waitFor();
  assert.ok(!guest.url().includes('invitation'));
  await shoot('people_choose_password', guest);
  await guest.getByLabel('Nytt passord').fill('nora-nysen-2026');
  await guest.keyboard.press('Enter');
  await guest.getByRole('alert').getByText(/kan ikkje innehalde namnet/).waitFor();
  await guest.getByLabel('Nytt passord').fill('hest-batteri-stift');
  await guest.keyboard.press('Enter');
  await guest.getByText('Passordet er lagra').waitFor();
  await press('Logg inn', guest);
  await new Desk(guest).signIn({ name: 'nora', password: 'hest-batteri-stift' });
  await guest.getByRole('button', { name: /Innstillingar/ }).click();
  assert.equal(await guest.getByRole('button', { name: 'Folk og rettar' }).count(), 0);

  const late = await openPage(browser);
  await late.goto(link);
  await late.getByRole('alert').getByText(/Lenkja er brukt/).waitFor();
  await late.context().close();

  // Shut out while signed in: the screen says so by itself within a second.
  await page.reload();
  await go('Folk og rettar');
  await page.getByRole('button', { name: 'Endre Nora Nysen' }).click();
  await shoot('people_change');
  const began = Date.now();
  await page.getByRole('dialog').getByRole('button', { name: 'Steng kontoen' }).click();
  await new Desk(guest).name.waitFor();
  assert.ok(Date.now() - began < 2_000, `${Date.now() - began} ms`);
  await page.getByRole('dialog').getByRole('button', { name: 'Opna kontoen' }).waitFor();
  await page.keyboard.press('Escape');
  await shoot('people_list');
  await guest.context().close();
});

test('the audit log tells who did what', async () => {
  await go('Logg');
  await page.getByText('nora', { exact: false }).first().waitFor();
  await page.getByLabel('Hending').selectOption({ label: 'Stengde konto' });
  await press('Vis');
  await page.getByRole('status').getByText('1 hending', { exact: true }).waitFor();
  await page.getByText('administrator → nora').waitFor();
  await shoot('people_audit');
});

test('my account: password, recovery codes, sessions', async () => {
  await go('Kontoen min');
  await page.getByText(/10 gjenopprettingskodar/).waitFor();
  await page.getByText('denne', { exact: true }).waitFor();
  await shoot('people_account');
  await page.getByLabel('Passordet du har no').fill('feil-feil-feil');
  await page.getByLabel('Nytt passord').fill('eit heilt nytt passord');
  await press('Byt passord');
  await page.getByRole('alert').getByText('Passordet er feil.').waitFor();
  await page.getByLabel('Passordet du har no').fill((await firstAdministrator(service)).password);
  await press('Byt passord');
  await page.getByText('Passordet er bytt.').first().waitFor();
});

test('the next log-in asks for a code; one that was used is refused, a recovery code lets in', async () => {
  await page.getByRole('button', { name: /Innstillingar/ }).click();
  await press('Logg ut');
  const desk = new Desk(page);
  const toCode = async () => {
    await desk.name.fill('administrator');
    await desk.password.fill('eit heilt nytt passord');
    await desk.password.press('Enter');
    await page.getByLabel('Kode', { exact: true }).waitFor();
  };
  await toCode();
  await shoot('people_code');
  await page.getByLabel('Kode', { exact: true }).fill('123 456');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText(/feil/).waitFor();
  await page.getByLabel('Kode', { exact: true }).fill(recovery[0]);
  await page.keyboard.press('Enter');
  await desk.list('Ventar').waitFor({ state: 'attached' });
  await go('Kontoen min');
  await page.getByText(/9 gjenopprettingskodar/).waitFor();
});

test('whoever only administers has no desk, and every page holds on a narrow screen and in the dark', async () => {
  addUser(service, 'berit', 'hest-batteri-stift', ['admin:gulen'], 'Berit Bø');
  const narrow = await openPage(browser, { size: { width: 320, height: 640 }, colours: 'dark' });
  const desk = await Desk.open(narrow, service.url);
  await desk.name.fill('berit');
  await desk.password.fill('hest-batteri-stift');
  await desk.password.press('Enter');
  await press('Byrj', narrow);
  const secret = (await narrow.locator('.enrolment-key code').innerText()).replace(/\s/g, '');
  await shoot('people_enrol_narrow', narrow);
  await narrow.getByLabel('Kode frå appen').fill(codeAt(secret, Date.now()));
  await narrow.keyboard.press('Enter');
  await press('Eg har teke vare på dei', narrow);
  await heading('Folk og rettar', narrow).waitFor();
  await narrow.getByRole('button', { name: 'Endre Nora Nysen' }).waitFor();
  await shoot('people_list_narrow', narrow);
  await narrow.getByRole('button', { name: 'Endre Nora Nysen' }).click();
  assert.equal(await narrow.getByRole('dialog').getByLabel('Osterøy').count(), 0);
  await shoot('people_change_narrow', narrow);
  const wide = await narrow.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 320, `${wide} px wide`);
  await narrow.context().close();
});
