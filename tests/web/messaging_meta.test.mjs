// Messenger, Instagram and WhatsApp from end to end: a signed webhook in, the answer out at a server that behaves like
// Meta's Graph.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { startService, until } from './harness/index.mjs';

const kSecrets = { token: 'EAAtokenOfATrialPageThatIsLongEnough0123456789',
  app_secret: '0123456789abcdef0123456789abcdef', verify_token: 'a-word-that-we-chose-ourselves' };
const kNow = 1795518000000;
const calls = [];
let graph, folder, service;

before(async () => {
  graph = createServer((request, response) => {
    let text = '';
    request.on('data', (bytes) => { text += bytes; });
    request.on('end', () => {
      calls.push({ path: request.url, authorization: request.headers.authorization,
        body: text ? JSON.parse(text) : {} });
      const id = `mid.${calls.length}`;
      const body = request.url.includes('/777') ? { messaging_product: 'whatsapp', messages: [{ id: `wamid.${id}` }] }
        : { recipient_id: 'x', message_id: id };
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise((resolve) => { graph.listen(0, '127.0.0.1', resolve); });
  const origin = `http://127.0.0.1:${graph.address().port}`;
  folder = mkdtempSync(join(tmpdir(), 'svarsentral-graph-'));
  const files = Object.entries(kSecrets).map(([name, value]) => {
    writeFileSync(join(folder, name), `${value}\n`, { mode: 0o600 });
    return `${name}_file: ${join(folder, name)}`;
  }).join(', ');
  const config = join(folder, 'svarsentral.yaml');
  writeFileSync(config, `channels:
  messenger: [{site: osteroy, page: "555", app: "99", ${files}}]
  instagram: [{site: osteroy, account: "666", app: "99", ${files}}]
  whatsapp: [{site: osteroy, number: "777", business: "888", app: "99", ${files}}]
  graph_api: ${origin}
  internal_origins: ["${origin}"]
`);
  service = await startService({}, { config });
});
after(async () => {
  await service?.stop();
  graph?.close();
  rmSync(folder, { recursive: true, force: true });
});

const address = (platform) => `${service.url}/channels/v1/${platform}/osteroy`;
const bring = (platform, payload, secret = kSecrets.app_secret) => {
  const body = JSON.stringify(payload);
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  return fetch(address(platform), { method: 'POST', body,
    headers: { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signature } });
};
const page = (object, id, events) => ({ object, entry: [{ id, time: kNow, messaging: events }] });
const said = (sender, account, mid, text, at = kNow) => ({ sender: { id: sender }, recipient: { id: account },
  timestamp: at, message: { mid, text } });
const whatsapp = (from, id, text) => ({ object: 'whatsapp_business_account', entry: [{ id: '888', changes: [{
  field: 'messages', value: { messaging_product: 'whatsapp', metadata: { display_phone_number: '4756000000',
    phone_number_id: '777' }, contacts: [{ wa_id: from, profile: { name: 'Prøve' } }],
  messages: [{ from, id, timestamp: String(kNow / 1000), type: 'text', text: { body: text } }] } }] }] });

const textOf = (body) => body.message?.text ?? body.text?.body ?? body.interactive?.body?.text ?? '';
const to = (contact) => calls
  .filter(({ body }) => (body.recipient?.id ?? body.to) === contact && textOf(body) !== '')
  .map(({ body }) => textOf(body));
const answered = (contact, count) => until(() => to(contact).length >= count,
  { what: `${count} messages to ${contact}` });

test('the handshake gives the challenge back, as plain text, to whoever knows the word', async () => {
  for (const platform of ['messenger', 'instagram', 'whatsapp']) {
    const ask = (word) =>
      fetch(`${address(platform)}?hub.mode=subscribe&hub.verify_token=${word}&hub.challenge=1158201444`);
    const good = await ask(kSecrets.verify_token);
    assert.equal(good.status, 200, platform);
    assert.equal(await good.text(), '1158201444');
    assert.match(good.headers.get('content-type'), /text\/plain/);
    assert.equal((await ask('a-guess')).status, 403);
  }
});

test('Messenger: a question is answered after the notice, and a batch twice over is answered once', async () => {
  const batch = page('page', '555', [said('c1', '555', 'm1', 'når vert bosset tømt'),
    said('c2', '555', 'm2', 'når er feiing', kNow + 1)]);
  for (let time = 0; time < 3; time += 1) assert.equal((await bring('messenger', batch)).status, 200);
  await answered('c1', 2);
  await answered('c2', 2);
  assert.match(to('c1')[0], /robot/);
  assert.match(to('c1').slice(1).join(' '), /BIR/);
  const before = [to('c1').length, to('c2').length];
  await bring('messenger', page('page', '555', [said('c3', '555', 'm3', 'hei')]));
  await answered('c3', 2);
  assert.deepEqual([to('c1').length, to('c2').length], before);
  assert.ok(calls.every(({ path }) => !path.includes(kSecrets.token)), 'the token stands in no address');
  assert.ok(calls.every(({ authorization }) => authorization === `Bearer ${kSecrets.token}`));
});

test('Instagram: no message is longer than a thousand bytes', async () => {
  const asked = page('instagram', '666', [said('i1', '666', 'im1', 'kva kostar barnehage')]);
  assert.equal((await bring('instagram', asked)).status, 200);
  await answered('i1', 2);
  assert.ok(to('i1').every((text) => Buffer.byteLength(text) <= 1000));
});

test('WhatsApp: a question is answered, and a status of ours changes nothing in the conversation', async () => {
  assert.equal((await bring('whatsapp', whatsapp('4799999998', 'wamid.in1', 'når opnar biblioteket'))).status, 200);
  await answered('4799999998', 2);
  const count = to('4799999998').length;
  const status = { object: 'whatsapp_business_account', entry: [{ id: '888', changes: [{ field: 'messages', value: {
    messaging_product: 'whatsapp', metadata: { display_phone_number: '4756000000', phone_number_id: '777' },
    statuses: [{ id: 'wamid.mid.1', status: 'delivered', timestamp: String(kNow / 1000),
      recipient_id: '4799999998' }] } }] }] };
  assert.equal((await bring('whatsapp', status)).status, 200);
  assert.equal((await bring('whatsapp', whatsapp('4799999998', 'wamid.in1', 'når opnar biblioteket'))).status, 200);
  await bring('whatsapp', whatsapp('4799999997', 'wamid.in2', 'hei'));
  await answered('4799999997', 2);
  assert.equal(to('4799999998').length, count);
});

test('what Meta did not sign is not read', async () => {
  const forged = page('page', '555', [said('c9', '555', 'm9', 'hei')]);
  assert.equal((await bring('messenger', forged, 'another secret')).status, 401);
  assert.equal((await fetch(address('messenger'), { method: 'POST', body: JSON.stringify(forged) })).status, 401);
  assert.deepEqual(to('c9'), []);
});

test('secrets and words stand in no log', () => {
  for (const canary of [...Object.values(kSecrets), 'bosset', '4799999998'])
    assert.ok(!service.output().includes(canary), canary);
});
