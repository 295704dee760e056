// Telegram from end to end: its webhook in, the answer out at a server that behaves like Telegram's.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { startService, until } from './harness/index.mjs';
import { kSecret, kToken, Telegram } from './harness/telegram.mjs';

let telegram, service;
before(async () => {
  telegram = await Telegram.start();
  service = await startService({}, { config: telegram.config() });
});
after(async () => {
  await service?.stop();
  telegram?.stop();
});

const message = (chat, text) => telegram.message(chat, text);
const bring = (update, secret = kSecret) => telegram.bring(service, update, secret);
const sentTo = (chat) => telegram.sentTo(chat);

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
  telegram.answer = () => ({ status: 503, body: { ok: false, error_code: 503, description: 'later' } });
  assert.equal((await bring(message(506, 'kva kostar barnehage'))).status, 200);
  await until(() => sentTo(506).length >= 1, { what: 'a refused try' });
  await service.kill();
  telegram.calls.length = 0;
  telegram.answer = telegram.taken;
  await service.start();
  await until(() => sentTo(506).length >= 2, { withinMs: 30_000, what: 'two messages' });
  assert.equal(new Set(sentTo(506)).size, sentTo(506).length, 'no message twice');
});

test('an orderly stop waits for what is on the wire, so that nothing is uncertain after it', async () => {
  let let_go;
  telegram.calls.length = 0;
  telegram.answer = async () => {
    await new Promise((resolve) => { let_go = resolve; });
    return telegram.taken();
  };
  assert.equal((await bring(message(507, 'når er feiing'))).status, 200);
  await until(() => sentTo(507).length === 1, { what: 'a send that has no answer yet' });
  const ended = service.terminate();
  await until(() => service.output().includes('"stopping"'), { what: 'the service is stopping' });
  telegram.answer = telegram.taken;
  let_go();
  await ended;
  await service.start();
  await until(() => sentTo(507).length >= 2, { withinMs: 30_000, what: 'the rest' });
  assert.equal(new Set(sentTo(507)).size, sentTo(507).length, 'no message twice');
  const figures = await (await fetch(`${service.url}/metrics`)).text();
  assert.doesNotMatch(figures, /channel_parts_total\{channel="telegram:osteroy",outcome="uncertain"\} [1-9]/);
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
