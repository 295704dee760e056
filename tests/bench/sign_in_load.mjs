// Does signing in disturb the citizens? Times web chat turns quietly and while fifty people sign in, alternating.
//
// usage: node sign_in_load.mjs --binary F [--pairs 7] [--turns 400] [--citizens 16]
// Prints one JSON object: medians over the pairs of p50 and p99, and the median ratio. Times are for reading; the ratio
// is what is compared.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const { WebSocket } = createRequire(path.join(root, 'tests/web/package.json'))('ws');
const { values: options } = parseArgs({ options: { binary: { type: 'string' }, pairs: { type: 'string', default: '7' },
  turns: { type: 'string', default: '400' }, citizens: { type: 'string', default: '16' } } });

const freePort = () => new Promise((resolve) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

async function startService() {
  const port = await freePort();
  const data = mkdtempSync(path.join(os.tmpdir(), 'svarsentral-sign-in-'));
  const child = spawn(options.binary, ['serve', '--config', path.join(root, 'config/svarsentral.yaml'), '--set',
    `http.port=${port}`, '--set', `store.path=${data}`, '--set', 'limits.enabled=false'],
  { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  let printed = '';
  await new Promise((resolve, reject) => {
    child.on('exit', () => reject(new Error('the service did not start')));
    child.stdout.on('data', (data) => { printed += data; if (printed.includes('Stop with')) resolve(); });
  });
  child.removeAllListeners('exit');
  return { child, data, origin: `http://127.0.0.1:${port}`, socket: `ws://127.0.0.1:${port}/chat/v1/socket` };
}

/** One citizen: sends a message, waits for the bot's reply, again. Times in milliseconds. */
function citizen(service, number, turns) {
  return new Promise((resolve, reject) => {
    const times = [];
    const socket = new WebSocket(service.socket, { origin: service.origin, perMessageDeflate: false });
    let began;
    const say = () => {
      began = performance.now();
      socket.send(JSON.stringify({ type: 'say', id: `m${times.length}`, text: `når vert bosset tømt ${number}` }));
    };
    socket.on('error', reject);
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', site: 'osteroy' })));
    socket.on('message', (data) => {
      const frame = JSON.parse(data);
      if (frame.type === 'welcome') return say();
      if (frame.type !== 'event' || frame.from !== 'bot') return undefined;
      times.push(performance.now() - began);
      if (times.length < turns) return say();
      socket.terminate();
      return resolve(times);
    });
  });
}

async function round(service) {
  const count = Number(options.citizens);
  const all = await Promise.all(Array.from({ length: count }, (_, i) => citizen(service, i, Number(options.turns))));
  const times = all.flat().sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { p50: at(0.5), p99: at(0.99) };
}

/** Wrong passwords cost as much as right ones; each under a name of its own and each round from an address of its own,
 *  so that no throttle cuts them short. */
function signIn(service, name, address) {
  const body = JSON.stringify({ name, password: 'wrong horse battery staple' });
  return new Promise((resolve, reject) => {
    const request = http.request(`${service.origin}/desk/v1/login`, { method: 'POST', localAddress: address,
      headers: { Origin: service.origin, 'Content-Type': 'application/json', 'X-Svar-Desk': '1' } }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const signIns = (service, count, pair) => Promise.all(Array.from({ length: count }, (_, i) =>
  signIn(service, `nobody-${pair}-${i}`, `127.0.0.${pair + 2}`)));

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const service = await startService();
await round(service); // warm
const quiet = [];
const loaded = [];
const answers = {};
for (let pair = 0; pair < Number(options.pairs); ++pair) {
  quiet.push(await round(service));
  const signing = signIns(service, 50, pair);
  loaded.push(await round(service));
  for (const status of await signing) answers[status] = (answers[status] ?? 0) + 1;
}
service.child.kill('SIGTERM');
rmSync(service.data, { recursive: true, force: true });
const of = (rounds, key) => Number(median(rounds.map((each) => each[key])).toFixed(2));
console.log(JSON.stringify({ bench: 'sign_in_load', pairs: quiet.length, citizens: Number(options.citizens),
  turns: Number(options.turns), quiet_ms: { p50: of(quiet, 'p50'), p99: of(quiet, 'p99') },
  signing_in_ms: { p50: of(loaded, 'p50'), p99: of(loaded, 'p99') },
  p99_ratio_median: Number(median(loaded.map((each, i) => each.p99 / quiet[i].p99)).toFixed(2)),
  sign_in_answers: answers },
null, 1));
process.exit(0);
