// Backup, restore and verify as an operator runs them, beside the real service.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { startService } from './harness/index.mjs';
import { binary, root } from './harness/paths.mjs';
import { until } from './harness/until.mjs';

const { WebSocket } = createRequire(import.meta.url)('ws');
const kCanary = 'kanarifugl-tryggleik';

/** Runs a command to its end; `told` is its JSON. */
async function run(...args) {
  const child = spawn(binary, [...args, '--json'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text) => { out += text; });
  child.stderr.setEncoding('utf8').on('data', (text) => { err += text; });
  const [code] = await once(child, 'close');
  return { code, err, told: out ? JSON.parse(out) : null };
}

/** A citizen over the raw protocol, who has come in, or come back. */
async function citizen(service, resume) {
  const socket = new WebSocket(`${service.url.replace('http', 'ws')}/chat/v1/socket`, { origin: service.url });
  const frames = [];
  socket.on('message', (data) => frames.push(JSON.parse(data)));
  await once(socket, 'open');
  const send = (frame) => socket.send(JSON.stringify(frame));
  const get = (wanted, what) => until(() => frames.find(wanted), { what });
  send({ type: 'hello', site: 'osteroy', ...(resume && { resume }) });
  const welcome = await get((frame) => frame.type === 'welcome', 'the welcome');
  const { conversation, token } = welcome;
  return { send, get, frames, conversation, token, close: () => socket.terminate() };
}

async function say(visitor, id, text) {
  visitor.send({ type: 'say', id, text });
  await visitor.get((frame) => frame.type === 'ack' && frame.id === id, `the acknowledgement of ${id}`);
}

function filesWith(folder, bytes) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.path, entry.name))
    .filter((file) => readFileSync(file).includes(bytes));
}

const backups = mkdtempSync(join(tmpdir(), 'svarsentral-backups-'));
const elsewhere = mkdtempSync(join(tmpdir(), 'svarsentral-restored-'));
const service = await startService({ 'backup.path': backups });
after(async () => {
  await service.stop();
  for (const folder of [backups, elsewhere]) rmSync(folder, { recursive: true, force: true });
});
const dataOf = (folder) => ['--set', `store.path=${folder}`, '--set', `backup.path=${backups}`];

let backup;
let kept;

test('a backup of the running service holds what was acknowledged, and everything fits', async () => {
  kept = await citizen(service);
  await say(kept, 'm1', 'når vert bosset tømt, blir-verande');
  const deleted = await citizen(service);
  await say(deleted, 'm1', `når vert bosset tømt ${kCanary}`);
  const made = await run('backup', ...dataOf(service.folder));
  assert.equal(made.code, 0, made.err);
  assert.equal(made.told.by_service, true);
  assert.equal(made.told.conversations, 2);
  backup = made.told.backup;
  assert.notDeepEqual(filesWith(backup, kCanary), [], 'the search must be able to find');
  for (const folder of [backup, service.folder]) {
    const verified = await run('verify', '--data', folder);
    assert.equal(verified.code, 0, JSON.stringify(verified.told));
    assert.equal(verified.told.conversations, 2);
  }
  deleted.send({ type: 'delete', id: 'd1' });
  await deleted.get((frame) => frame.type === 'event' && frame.kind === 'erased', 'the erasure');
  deleted.close();
});

test('what was deleted is listed beside the backups, without a word', async () => {
  const list = join(backups, 'erasures.jsonl');
  const lines = await until(() => readFileSync(list, 'utf8').trim(), { what: 'the list' });
  assert.deepEqual(Object.keys(JSON.parse(lines)), ['conversation', 'at', 'position', 'everything']);
});

test('a restore refuses while the service runs', async () => {
  const refused = await run('restore', '--from', backup, ...dataOf(service.folder), '--force');
  assert.equal(refused.code, 1);
  assert.match(refused.err, /another process serves from/);
});

test('a restored service goes on with the conversations, and what was deleted is in no file of it', async () => {
  const folder = join(elsewhere, 'data');
  const restored = await run('restore', '--from', backup, ...dataOf(folder));
  assert.equal(restored.code, 0, restored.err);
  assert.equal(restored.told.erased_again, 1);
  assert.deepEqual(filesWith(folder, kCanary), []);
  assert.notDeepEqual(filesWith(folder, 'blir-verande'), []);
  const other = await startService({ 'store.path': folder, 'backup.path': backups });
  try {
    const back = await citizen(other, { conversation: kept.conversation, token: kept.token, after: 0 });
    await back.get((frame) => frame.type === 'event' && frame.text?.includes('blir-verande'), 'what was said before');
    await say(back, 'm2', 'kva kostar ein barnehageplass');
    back.close();
    const verified = await run('verify', '--data', folder);
    assert.equal(verified.code, 0, JSON.stringify(verified.told));
    assert.equal(verified.told.erased, 1);
  } finally {
    await other.stop();
  }
});

test('after a kill in the middle of everything the data still fits', async () => {
  await service.kill();
  const verified = await run('verify', '--data', service.folder);
  assert.equal(verified.code, 0, JSON.stringify(verified.told));
  const made = await run('backup', ...dataOf(service.folder));
  assert.equal(made.code, 0, made.err);
  assert.equal(made.told.by_service, false);
  await service.start();
});
