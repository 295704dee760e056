// What is out of order, on the real service: written at the desk, seen by the citizen at once and first in the answer,
// gone when it has ended; over sockets, and where the network blocks them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertAccessible, Chat, openPage, screenshot, startBrowser, startService } from './harness/index.mjs';
import { Desk, agentLogin } from './harness/desk.mjs';

let browser, service, agent;
before(async () => {
  browser = await startBrowser();
  service = await startService();
  agent = await openPage(browser, { size: { width: 1440, height: 900 } });
  const desk = await Desk.open(agent, service.url);
  await desk.signIn(await agentLogin(service));
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

const post = (path, body) => agent.evaluate(async ([to, sent]) => {
  const answer = await fetch(`/desk/v1/${to}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Svar-Desk': '1' }, body: JSON.stringify(sent) });
  return { status: answer.status, body: await answer.json() };
}, [path, body]);

async function begin(text) {
  const draft = {
    municipality: 'osteroy', topic: 'boss.tommekalender', language: 'nn', text,
    from: new Date(Date.now() - 60_000).toISOString(), to: new Date(Date.now() + 3_600_000).toISOString() };
  const { status, body } = await post('incidents', draft);
  assert.equal(status, 200, JSON.stringify(body));
  return body.incident;
}

for (const sockets of ['allowed', 'blocked']) {
  test(`it comes, goes before the answer, and ends, with sockets ${sockets}`, async () => {
    const page = await openPage(browser, { sockets });
    const chat = await Chat.open(page, `${service.url}/demo/osteroy`);
    const text = `Bossbilen står (${sockets}).`;
    const incident = await begin(text);
    const banner = chat.panel.getByRole('region', { name: 'Driftsmelding' });
    await banner.getByText(text).waitFor();
    await chat.say('når vert bosset tømt');
    const answer = await (await chat.answer('BIR')).innerText();
    assert.ok(answer.indexOf(text) >= 0 && answer.indexOf(text) < answer.indexOf('BIR'), answer);
    await post(`incidents/${incident.id}/end`, { version: incident.version });
    await banner.getByText(text).waitFor({ state: 'detached' });
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}

test('an agent finds its topic by name, writes it in two languages, and ends it when asked', async () => {
  const page = await openPage(browser);
  const chat = await Chat.open(page, `${service.url}/demo/vaksdal`);
  await agent.getByRole('button', { name: /Innstillingar/ }).click();
  await agent.getByRole('button', { name: 'Driftsmeldingar', exact: true }).click();
  await agent.getByLabel('Kommune', { exact: true }).selectOption('vaksdal');
  await agent.locator('datalist option').first().waitFor({ state: 'attached' });
  const names = await agent.locator('datalist option').evaluateAll((all) => all.map((one) => one.value));
  assert.ok(names.length > 100 && names.includes('Tømmekalender'), String(names));
  await agent.getByRole('combobox', { name: 'Emne (valfritt)' }).fill('Tømmekalender');
  await agent.getByLabel('Melding', { exact: true }).fill('Bossbilen står på Dale.');
  await agent.getByLabel('Same melding på eit anna språk (valfritt)').fill('The lorry has broken down at Dale.');
  await agent.getByRole('button', { name: 'Lagre' }).click();
  await chat.panel.getByText('Bossbilen står på Dale.').waitFor();
  await assertAccessible(agent, 'the incident page');
  await screenshot(agent, 'desk-incidents-real');
  await agent.getByRole('button', { name: /^Avslutt no/ }).click();
  await agent.getByRole('button', { name: 'Ja, avslutt' }).click();
  await chat.panel.getByText('Bossbilen står på Dale.').waitFor({ state: 'detached' });
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('it is not told where it is not', async () => {
  const incident = await begin('Bossbilen står på Osterøy.');
  const page = await openPage(browser);
  const chat = await Chat.open(page, `${service.url}/demo/gulen`);
  await chat.say('når vert bosset tømt');
  await chat.answer('NGIR');
  assert.equal(await page.getByText('Bossbilen står').count(), 0);
  await post(`incidents/${incident.id}/end`, { version: incident.version });
  await page.context().close();
});
