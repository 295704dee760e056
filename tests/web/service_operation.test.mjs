// The service as those meet it who run it: starting, refusing to start, stopping, erasing, logging, TLS.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { startService } from './harness/index.mjs';
import { binary, root } from './harness/paths.mjs';
import { until } from './harness/until.mjs';

const { WebSocket } = createRequire(import.meta.url)('ws');
const kCanary = 'kanarifuglxyz';

/** Runs the binary to its end. */
async function run(...args) {
  const child = spawn(binary, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => { output += text; });
  }
  const [code] = await once(child, 'exit');
  return { code, output };
}

/** A citizen over the raw protocol: frames out, frames in. */
async function citizen(service, page) {
  const socket = new WebSocket(`${service.url.replace('http', 'ws')}/chat/v1/socket`, { origin: service.url });
  const frames = [];
  socket.on('message', (data) => frames.push(JSON.parse(data)));
  await once(socket, 'open');
  const send = (frame) => socket.send(JSON.stringify(frame));
  const get = (wanted, what) => until(() => frames.find(wanted), { what });
  send({ type: 'hello', site: 'osteroy', ...(page && { page }) });
  await get((frame) => frame.type === 'welcome', 'the welcome');
  return { send, get, frames, close: () => socket.terminate() };
}

/** Every file of a folder that holds these bytes. */
function filesWith(folder, bytes) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.path, entry.name))
    .filter((file) => readFileSync(file).includes(bytes));
}

const service = await startService({}, { trainsItself: true });
after(() => service.stop());

test('what a citizen deletes is in no file of the data folder any more', async () => {
  const visitor = await citizen(service, { url: `${service.url}/demo/osteroy?q=${kCanary}1`, title: `Om ${kCanary}2` });
  visitor.send({ type: 'say', id: 'm1', text: `når vert bosset tømt ${kCanary}3` });
  await visitor.get((frame) => frame.type === 'event' && frame.from === 'bot', 'the answer');
  visitor.send({ type: 'rate', id: 'r1', score: 5, text: `bra ${kCanary}4` });
  await visitor.get((frame) => frame.type === 'ack' && frame.id === 'r1', 'the rating to be stored');
  assert.notDeepEqual(filesWith(service.folder, `${kCanary}3`), [], 'the search must be able to find');
  visitor.send({ type: 'delete', id: 'd1' });
  await visitor.get((frame) => frame.type === 'event' && frame.kind === 'erased', 'the erasure');
  assert.deepEqual(filesWith(service.folder, kCanary), []);
  visitor.close();
});

test('the logs hold no word of a message', async () => {
  const visitor = await citizen(service);
  visitor.send({ type: 'say', id: 'm1', text: `hemmeleg${kCanary}` });
  await visitor.get((frame) => frame.type === 'ack', 'the acknowledgement');
  visitor.send({ type: 'nonsense', text: `hemmeleg${kCanary}` });
  await visitor.get((frame) => frame.type === 'error', 'the error');
  visitor.close();
  assert.ok(!service.output().includes(kCanary));
});

// The first start on new content trains its model; the memory for that goes back within seconds.
test('the process at rest stays under 100 MB', async () => {
  await until(() => {
    const status = readFileSync(`/proc/${service.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) < 100_000;
  }, { withinMs: 20_000, what: 'the process to rest below 100 MB' });
});

test('health, readiness and figures are told', async () => {
  for (const [path, expected] of [['/healthz', 'alive'], ['/readyz', 'ready'], ['/metrics', 'svarsentral_ready 1']]) {
    const response = await fetch(service.url + path);
    assert.equal(response.status, 200, path);
    assert.ok((await response.text()).includes(expected), path);
  }
});

test('a second process on the same data folder is refused with a sentence', async () => {
  const { code, output } = await run('serve', '--set', 'http.port=0', '--set', `store.path=${service.folder}`);
  assert.equal(code, 1);
  assert.match(output, /another process serves from/);
});

test('on a network address without TLS the service refuses to start and says how', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'svarsentral-network-'));
  const { code, output } = await run('serve', '--set', 'http.address=0.0.0.0', '--set', 'http.port=0', '--set',
    `store.path=${folder}`);
  rmSync(folder, { recursive: true, force: true });
  assert.equal(code, 1);
  assert.match(output, /--tls-self-signed/);
  assert.match(output, /proxy/);
});

test('an account whose secret cannot be read stops the start, and is named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'svarsentral-channels-'));
  const config = join(folder, 'settings.yaml');
  writeFileSync(config, 'channels: {telegram: [{site: osteroy, token_file: /nowhere/t, secret_file: /nowhere/s}]}\n');
  const { code, output } = await run('serve', '--config', config, '--set', 'http.port=0', '--set',
    `store.path=${join(folder, 'data')}`);
  rmSync(folder, { recursive: true, force: true });
  assert.equal(code, 1);
  assert.match(output, /settings\.yaml:1: telegram:osteroy: .*\/nowhere\/t/);
});

test('faults of the configuration are named with key and line', async () => {
  const { code, output } = await run('serve', '--set', 'http.prot=80', '--set', 'limits.enabled=perhaps');
  assert.equal(code, 2);
  assert.match(output, /http\.prot .*did you mean http\.port/);
  assert.match(output, /limits\.enabled must be true or false/);
});

test('the first logins are printed once, and only their hashes are stored', async () => {
  for (const what of ['login', 'administrator']) {
    const [, , password] = new RegExp(`^first ${what}: (\\S+) (\\S+)$`, 'm').exec(service.output());
    assert.deepEqual(filesWith(service.folder, password), []);
  }
  await service.restart();
  assert.equal(service.output().match(/first login:/g).length, 1);
});

test('SIGTERM ends the service in order within five seconds', async () => {
  const own = await startService();
  const visitor = await citizen(own);
  visitor.send({ type: 'say', id: 'm1', text: 'når vert bosset tømt' });
  await visitor.get((frame) => frame.type === 'ack', 'the acknowledgement');
  const began = performance.now();
  await own.stop();
  const took = performance.now() - began;
  assert.ok(took < 5_000, `${Math.round(took)} ms`);
  assert.match(own.output(), /"event":"stopped"/);
  visitor.close();
});

test('with a self-signed certificate the service speaks TLS', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'svarsentral-tls-'));
  const child = spawn(binary, ['serve', '--tls-self-signed', '--set', 'http.port=0', '--set', `store.path=${folder}`],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => { output += text; });
  try {
    const [, port] = await until(() => /https:\/\/127\.0\.0\.1:(\d+)\/desk\//.exec(output), { what: 'the address' });
    const status = await new Promise((resolve, reject) => {
      https.get({ host: '127.0.0.1', port, path: '/readyz', ca: readFileSync(join(folder, 'self-signed.crt')),
        servername: 'localhost' }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
    assert.equal(status, 200);
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
});
