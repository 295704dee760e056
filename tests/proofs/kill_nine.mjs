// Proof: kill -9 at random moments under load loses, doubles and reorders nothing that was accepted.
//
// usage: node kill_nine.mjs --binary F [--control F] [--kills 20] [--citizens 50] [--seed N]
// The control is a build that acknowledges before the commit: the same check must catch it, or it proves nothing.
// Prints one JSON object; exit 0 only when the product is clean and the control is caught.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { Citizen } from './citizen.mjs';
import { checkTranscript } from './history.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const { WebSocket } = createRequire(path.join(root, 'tests/web/package.json'))('ws');

// None of these, however often repeated, leads to a person: then the bot would rightly keep silent.
const TEXTS = ['når vert bosset tømt', 'kva kostar barnehageplass', 'når er biblioteket ope', 'opningstider',
  'skulerute', 'må eg søkje om å byggje garasje', 'vegen er ikkje brøytt', 'takk', 'hei', 'når kjem feiaren'];

const { values: options } = parseArgs({
  options: {
    binary: { type: 'string' },
    control: { type: 'string' },
    kills: { type: 'string', default: '20' },
    citizens: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});

/** Small and repeatable: mulberry32. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function isReady(port) {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path: '/readyz', timeout: 500 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', () => resolve(false));
    request.on('timeout', () => request.destroy());
  });
}

class Service {
  constructor(binary, port, data) {
    Object.assign(this, { binary, port, data });
  }

  async start() {
    const began = performance.now();
    this.process = spawn(this.binary, ['serve', '--config', path.join(root, 'config/svarsentral.yaml'),
      '--set', `http.port=${this.port}`, '--set', `store.path=${this.data}`, '--set', 'limits.enabled=false',
      '--set', 'log.level=warn'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    this.ended = new Promise((resolve) => this.process.on('exit', resolve));
    while (!(await isReady(this.port))) {
      if (this.process.exitCode !== null) throw new Error(`the service ended with ${this.process.exitCode}`);
      if (performance.now() - began > 30_000) throw new Error('the service is not ready after 30 s');
      await pause(10);
    }
    return performance.now() - began;
  }

  async kill() {
    this.process.kill('SIGKILL');
    await this.ended;
  }
}

/** Every event of a conversation, read over a fresh socket; empty when the server knows no such conversation. */
function readTranscript(citizen) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(citizen.url, { origin: citizen.origin, perMessageDeflate: false });
    const events = [];
    let last = Infinity;
    const check = () => events.length && events.at(-1).seq >= last && finish();
    const finish = () => { clearTimeout(timer); socket.terminate(); resolve(events); };
    const timer = setTimeout(finish, 3_000);
    socket.on('error', reject);
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', site: citizen.site,
      resume: { conversation: citizen.conversation, token: citizen.token, after: 0 } })));
    socket.on('message', (data) => {
      const frame = JSON.parse(data);
      if (frame.type === 'welcome') last = frame.seq;
      if (frame.type === 'welcome' && frame.seq === 0) finish();
      if (frame.type === 'event') events.push(frame);
      check();
    });
  });
}

async function settle(citizens) {
  for (const citizen of citizens) citizen.finished = true;
  const until = performance.now() + 15_000;
  while (citizens.some((citizen) => citizen.waiting) && performance.now() < until) await pause(20);
}

async function prove(binary, seed, kills) {
  const random = randomFrom(seed);
  const data = mkdtempSync(path.join(tmpdir(), 'svarsentral-kill-'));
  const port = await freePort();
  const service = new Service(binary, port, data);
  const faults = [];
  await service.start();
  const citizens = Array.from({ length: Number(options.citizens) }, (_, i) => new Citizen({
    name: `c${i}`, url: `ws://127.0.0.1:${port}/chat/v1/socket`, origin: `http://127.0.0.1:${port}`, site: 'osteroy',
    WebSocket, texts: TEXTS, random, onFault: (fault) => faults.push(fault) }));
  citizens.forEach((citizen) => citizen.start());
  const restarts = [];
  for (let i = 0; i < kills; ++i) {
    await pause(20 + random() * 480);
    await service.kill();
    restarts.push(await service.start());
  }
  await settle(citizens);
  const result = await check(citizens, faults);
  citizens.forEach((citizen) => citizen.stop());
  await service.kill();
  rmSync(data, { recursive: true, force: true });
  const rising = [...restarts].sort((a, b) => a - b);
  return { ...result, seed, kills, citizens: citizens.length,
    serving_again_ms_median: Math.round(rising[rising.length >> 1]),
    serving_again_ms_max: Math.round(rising.at(-1)) };
}

async function check(citizens, faults) {
  const total = { lost: 0, doubled: 0, reordered: 0, changed: 0 };
  const examples = faults.slice(0, 5);
  for (const citizen of citizens) {
    if (!citizen.conversation) continue;
    const found = checkTranscript(citizen.history, await readTranscript(citizen));
    for (const kind of Object.keys(total)) {
      total[kind] += found[kind].length;
      examples.push(...found[kind].slice(0, 2));
    }
  }
  return { acknowledged: citizens.reduce((sum, citizen) => sum + citizen.acks, 0),
    unanswered_at_end: citizens.filter((citizen) => citizen.waiting).length, live_faults: faults.length, ...total,
    stuck: citizens.filter((citizen) => citizen.waiting).slice(0, 3).map((citizen) => ({ name: citizen.name,
      waiting: citizen.waiting, socket: citizen.socket?.readyState })),
    examples: examples.slice(0, 8) };
}

const clean = (result) => result.acknowledged > 0 && !result.lost && !result.doubled && !result.reordered
  && !result.changed && !result.live_faults && !result.unanswered_at_end;

const seed = Number(options.seed);
const product = await prove(options.binary, seed, Number(options.kills));
const control = options.control ? await prove(options.control, seed, Math.min(5, Number(options.kills))) : null;
const passed = clean(product) && (!control || control.lost > 0);
console.log(JSON.stringify({ proof: 'kill_nine', passed, product, control }, null, 1));
process.exit(passed ? 0 : 1);
