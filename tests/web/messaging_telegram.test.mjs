// Telegram from end to end: its webhook in, the answer out at a server that behaves like Telegram's.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { startService, until } from './harness/index.mjs';

const kToken = '123456789:AAExampleTokenOfATrialBot_0123456789abc';
const kSecret = 'a-secret-that-only-telegram-knows';
const calls = [];
let answer = () => ({ status: 200, body: { ok: true, result: { message_id: calls.length } } });
let telegram, folder, service, updates = 0;

before(async () => {
  telegram = createServer((request, response) => {
    let text = '';
    request.on('data', (bytes) => { text += bytes; });
    request.on('end', () => {
      calls.push({ path: request.url, body: text ? JSON.parse(text) : {} });
      const { status, body } = answer(request.url);
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise((resolve) => { telegram.listen(0, '127.0.0.1', resolve); });
  const origin = `http://127.0.0.1:${telegram.address().port}`;
  folder = mkdtempSync(join(tmpdir(), 'svarsentral-telegram-'));
  const secret = (name, value) => {
    writeFileSync(join(folder, name), `${value}\n`, { mode: 0o600 });
    return join(folder, name);
  };
  const config = join(folder, 'svarsentral.yaml');
  writeFileSync(config, `channels:
  telegram:
    - site: osteroy
      token_file: ${secret('token', kToken)}
      secret_file: ${secret('secret', kSecret)}
  telegram_api: ${origin}
  internal_origins: ["${origin}"]
`);
  service = await startService({}, { config });
});
after(async () => {
  await service?.stop();
  telegram?.close();
  rmSync(folder, { recursive: true, force: true });
});

const message = (chat, text, id = ++updates) => ({ update_id: id, message: { message_id: id, date: 1795518000 + id,
  chat: { id: chat, type: 'private', first_name: 'Prøve' }, from: { id: chat, is_bot: false, first_name: 'Prøve' },
  text } });
const bring = (update, secret = kSecret) => fetch(`${service.url}/channels/v1/telegram/osteroy`, { method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': secret },
  body: JSON.stringify(update) });
const sentTo = (chat) => calls.filter(({ path, body }) => path.endsWith('/sendMessage') && body.chat_id == chat)
  .map(({ body }) => body.text);

test('a question is answered: first that it is a robot, then the answer of the municipality', async () => {
  const response = await bring(message(501, 'når vert bosset tømt'));
  assert.equal(response.status, 200);
  await until(() => sentTo(501).length >= 2, { what: 'two messages' });
  const [notice, reply] = sentTo(501);
  assert.match(notice, /robot/);
  assert.match(reply, /BIR/);
});

test('what Telegram brings again is not answered again', async () => {
  const update = message(502, 'når er feiing');
  await bring(update);
  await until(() => sentTo(502).length >= 2, { what: 'two messages' });
  for (let again = 0; again < 3; again += 1) assert.equal((await bring(update)).status, 200);
  await bring(message(503, 'hei'));
  await until(() => sentTo(503).length >= 2, { what: 'the other is answered' });
  assert.equal(sentTo(502).length, 2);
});

test('without the secret nothing is read', async () => {
  assert.equal((await bring(message(504, 'hei'), 'a-guess-that-is-wrong')).status, 401);
  assert.equal((await bring(message(504, 'hei'), '')).status, 401);
  await bring(message(505, 'hei'));
  await until(() => sentTo(505).length >= 2, { what: 'the other is answered' });
  assert.deepEqual(sentTo(504), []);
});

test('what was accepted before a crash is answered after it, once', async () => {
  answer = () => ({ status: 503, body: { ok: false, error_code: 503, description: 'later' } });
  assert.equal((await bring(message(506, 'kva kostar barnehage'))).status, 200);
  await until(() => sentTo(506).length >= 1, { what: 'a refused try' });
  await service.kill();
  calls.length = 0;
  answer = () => ({ status: 200, body: { ok: true, result: { message_id: calls.length } } });
  await service.start();
  await until(() => sentTo(506).length >= 2, { withinMs: 30_000, what: 'two messages' });
  assert.equal(new Set(sentTo(506)).size, sentTo(506).length, 'no message twice');
});

test('token, secret and words stand in no log and no figure, addresses nowhere in clear', async () => {
  const figures = await (await fetch(`${service.url}/metrics`)).text();
  assert.match(figures, /channel_parts_total\{channel="telegram:osteroy",outcome="sent"\} [1-9]/);
  for (const canary of [kToken, kSecret, 'bosset', 'AAExample']) {
    assert.ok(!service.output().includes(canary), canary);
    assert.ok(!figures.includes(canary), canary);
  }
  for (const name of readdirSync(service.folder)) {
    if (!name.startsWith('svarsentral.db')) continue;
    const bytes = readFileSync(join(service.folder, name));
    assert.ok(!bytes.includes(Buffer.from(kToken)) && !bytes.includes(Buffer.from(kSecret)), name);
  }
});
