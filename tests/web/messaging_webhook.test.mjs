// Any other channel from end to end: a bridge brings signed words and takes the answers.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Bridge, kKey, signature } from './harness/bridge.mjs';
import { root } from './harness/paths.mjs';
import { startService, until } from './harness/index.mjs';

let bridge, service;
before(async () => {
  bridge = await Bridge.start();
  service = await startService({}, { config: bridge.config() });
});
after(async () => {
  await service?.stop();
  await bridge?.stop();
});
const error = async (response) => (await response.json()).error;

test('a question is answered: first that it is a robot and where the web chat is, then the answer', async () => {
  const response = await bridge.writes(service, '+4701', 'når vert bosset tømt');
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), { taken: 1 });
  await until(() => bridge.sentTo('+4701').length >= 2, { what: 'two messages' });
  const [notice, reply] = bridge.shown.filter(({ contact }) => contact === '+4701');
  assert.match(notice.text, /robot/);
  assert.match(reply.text, /BIR/);
  assert.equal(reply.from, 'bot');
  assert.equal(reply.language, 'nn');
  assert.ok(reply.plain_text.startsWith(reply.text));
});

test('a choice is taken by its key, and by its number', async () => {
  await bridge.writes(service, '+4702', 'bosset');
  const choices = () => bridge.shown.filter(({ contact }) => contact === '+4702').at(-1)?.choices ?? [];
  await until(() => choices().length > 1, { what: 'choices' });
  const before = bridge.sentTo('+4702').length;
  const { key, label } = choices()[0];
  await bridge.bring(service, [{ type: 'choice', id: 'press-1', contact: '+4702', key, label }]);
  await until(() => bridge.sentTo('+4702').length > before, { what: 'an answer to the choice' });
});

test('what the bridge brings again is not answered again', async () => {
  const events = [bridge.message('+4703', 'når er feiing')];
  await bridge.bring(service, events);
  await until(() => bridge.sentTo('+4703').length >= 2, { what: 'two messages' });
  for (let again = 0; again < 3; again += 1) assert.equal((await bridge.bring(service, events)).status, 200);
  await bridge.writes(service, '+4704', 'hei');
  await until(() => bridge.sentTo('+4704').length >= 2, { what: 'the other is answered' });
  assert.equal(bridge.sentTo('+4703').length, 2);
});

test('what is not signed, too old, or not the format is refused with the reason and none of it is stored', async () => {
  const words = [bridge.message('+4705', 'hei')];
  const guessed = await bridge.bring(service, words, { key: 'a-guess-that-is-wrong-and-long-enough' });
  assert.equal(guessed.status, 401);
  assert.equal((await error(guessed)).code, 'signature');
  const old = await bridge.bring(service, words, { age: 400 });
  assert.equal(old.status, 401);
  assert.equal((await error(old)).code, 'timestamp');
  const half = await bridge.bring(service, [...words, { type: 'message', id: '2', contact: '+4705' }]);
  assert.equal(half.status, 400);
  assert.equal((await error(half)).text, 'events[1].text is missing');
  // The service need not read it all: whoever is still writing then may see the connection end first.
  const large = await bridge.bring(service, [], { body: ' '.repeat(1_100_000) })
    .then(({ status }) => status, () => 'cut off');
  assert.ok(large === 413 || large === 'cut off', String(large));
  await bridge.writes(service, '+4706', 'hei');
  await until(() => bridge.sentTo('+4706').length >= 2, { what: 'the other is answered' });
  assert.deepEqual(bridge.sentTo('+4705'), []);
});

test('the guide’s example is signed as the service signs', async () => {
  const guide = readFileSync(join(root, 'deploy/channels/webhook.md'), 'utf8');
  const named = (name) => new RegExp(`^    ${name} +(.+)$`, 'm').exec(guide)[1];
  const made = signature(named('key'), named('webhook-id'), named('webhook-timestamp'), named('body'));
  assert.equal(made, named('webhook-signature'));
  const [event] = JSON.parse(named('body')).events;
  const response = await bridge.bring(service, [{ ...event, contact: '+4707' }]);
  assert.equal(response.status, 200);
});

test('a bridge that falls and loses answers, and a service that falls: each message once, in order', async () => {
  await bridge.writes(service, '+4708', 'når er feiing');
  await until(() => bridge.sentTo('+4708').length >= 2, { what: 'two messages' });
  await bridge.fall();
  await bridge.writes(service, '+4708', 'når vert bosset tømt');
  await service.kill();
  await service.start();
  await bridge.writes(service, '+4708', 'kva kostar barnehage');
  bridge.answer = () => 'cut';
  await bridge.listen();
  const tries = () => bridge.calls.filter(({ body }) => body.contact === '+4708');
  await until(() => tries().length >= 4, { withinMs: 30_000, what: 'a try whose answer is lost, and one more' });
  await service.kill();
  bridge.answer = () => 200;
  await service.start();
  await until(() => bridge.sentTo('+4708').length >= 4, { withinMs: 60_000, what: 'all of it' });
  const [, , waste, nursery] = bridge.sentTo('+4708');
  assert.match(waste, /BIR/);
  assert.match(nursery, /[Bb]arnehage/);
  assert.equal(bridge.sentTo('+4708').length, 4, 'each once');
  const ids = tries().map(({ id }) => id);
  assert.ok(new Set(ids).size < ids.length, 'something came again, under its id');
});

test('the key and the words stand in no log and no figure, contacts nowhere in clear', async () => {
  const figures = await (await fetch(`${service.url}/metrics`)).text();
  assert.match(figures, /channel_parts_total\{channel="webhook:osteroy",outcome="sent"\} [1-9]/);
  for (const canary of [kKey, 'bosset', '+4708']) {
    assert.ok(!service.output().includes(canary), canary);
    assert.ok(!figures.includes(canary), canary);
  }
  for (const name of readdirSync(service.folder)) {
    if (!name.startsWith('svarsentral.db')) continue;
    const bytes = readFileSync(join(service.folder, name));
    assert.ok(!bytes.includes(Buffer.from(kKey)) && !bytes.includes(Buffer.from('+4708')), name);
  }
});
