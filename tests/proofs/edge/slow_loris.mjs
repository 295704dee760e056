// Proof: whoever begins something and does not end it is closed in time, and nobody else notices.
import net from 'node:net';
import { parseArgs } from 'node:util';

import { pause, until } from '../service_process.mjs';
import { Place, areUnharmed } from './figures.mjs';
import { textFrame, upgradeRequest } from './raw_socket.mjs';

const usage = `usage: node slow_loris.mjs --binary F --control F [--connections 350] [--citizens 50] [--long]

Connections of seven kinds that keep something unfinished: a header 10 s at most, a body or a message 30 s at most. The
control is a server that waits for ever; both run at once. --long: 5,000 connections. Takes half a minute.
Prints one JSON object; exit 0 only when the product holds and the control is caught, 1 when not, 2 for misuse.`;

const P99_MS_MAX = 200;
const WATCH_MS = 33_000;
const HELLO = textFrame(JSON.stringify({ type: 'hello', site: 'osteroy' }));
const BEGUN = Buffer.from('{"type":"say","id":"1","text":"');

/** What each kind sends at first, then again and again, and how long it may stay. `upgrade`: over a WebSocket. */
const KINDS = {
  silent: { ms_max: 10_000 },
  half_head: { ms_max: 10_000, first: 'GET /demo/ HTTP/1.1\r\nHost: a\r\nX: ', again: 'a', every_ms: 2_000 },
  slow_body: { ms_max: 30_000, first: 'POST /chat/v1/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n',
    again: '{', every_ms: 10_000 },
  no_hello: { ms_max: 30_000, upgrade: true },
  half_hello: { ms_max: 30_000, upgrade: true, first: HELLO.subarray(0, 9) },
  half_frame: { ms_max: 30_000, upgrade: true,
    first: Buffer.concat([HELLO, Buffer.from([0x81, 0xfe, 0x10, 0, 0, 0, 0, 0])]), again: 'x',
    every_ms: 10_000 },
  endless_message: { ms_max: 30_000, upgrade: true,
    first: Buffer.concat([HELLO, Buffer.from([0x01, 0x80 | BEGUN.length, 0, 0, 0, 0]), BEGUN]),
    again: Buffer.from([0x89, 0x80, 0, 0, 0, 0, 0x00, 0x81, 0, 0, 0, 0, 0x61]), every_ms: 5_000 },
};

function readOptions() {
  try {
    const { values } = parseArgs({ options: {
      binary: { type: 'string' }, control: { type: 'string' }, connections: { type: 'string', default: '350' },
      citizens: { type: 'string', default: '50' }, long: { type: 'boolean' }, help: { type: 'boolean' } } });
    if (values.help) { console.log(usage); process.exit(0); }
    if (!values.binary || !values.control) throw new Error('--binary and --control are needed');
    const long = values.long || Boolean(process.env.SVAR_LONG);
    return { ...values, connections: long ? 5000 : Number(values.connections), citizens: Number(values.citizens) };
  } catch (error) {
    console.error(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
}

/** Holds on to its connection for as long as it is let. */
class Loris {
  constructor(service, kind) {
    Object.assign(this, { kind, ended_ms: null });
    const { upgrade, first, again, every_ms: every } = KINDS[kind];
    const begin = () => {
      this.since = performance.now();
      if (first) this.socket.write(first);
      if (again) this.timer = setInterval(() => this.socket.write(again), every);
    };
    this.socket = net.connect({ port: service.port, host: '127.0.0.1', noDelay: true }, () => {
      if (upgrade) this.socket.write(upgradeRequest(service.origin));
      else begin();
    });
    this.socket.on('data', (bytes) => { if (upgrade && !this.since && bytes.includes('\r\n\r\n')) begin(); });
    this.socket.on('error', () => {});
    this.socket.on('close', () => {
      clearInterval(this.timer);
      this.ended_ms = performance.now() - this.since;
    });
  }

  stop() {
    clearInterval(this.timer);
    this.socket.destroy();
  }
}

function summary(all) {
  const result = {};
  for (const kind of Object.keys(KINDS)) {
    const mine = all.filter((each) => each.kind === kind);
    const ended = mine.filter((each) => each.ended_ms !== null).map((each) => each.ended_ms);
    result[kind] = { connections: mine.length, left: mine.length - ended.length,
      longest_ms: ended.length ? Math.round(Math.max(...ended)) : null, ms_max: KINDS[kind].ms_max };
  }
  return result;
}

async function prove(name, program, connections, count) {
  const crowd = { count, pauseMs: 1000 };
  const place = await Place.open(program, crowd);
  const calm = await Place.open(program, crowd);
  const names = Object.keys(KINDS);
  const all = Array.from({ length: connections }, (_, i) => new Loris(place.service, names[i % names.length]));
  await until(() => all.every((each) => each.since), 30_000);
  for (let waited = 0; waited < WATCH_MS; waited += 3_000) {
    await pause(3_000);
    console.error(`  ${name}: ${all.filter((each) => each.ended_ms === null).length} of ${connections} left`);
  }
  const kinds = summary(all);
  all.forEach((each) => each.stop());
  return { kinds, ...await place.close(), calm: await calm.close() };
}

const inTime = (kind) => kind.left === 0 && kind.longest_ms <= kind.ms_max;
const holds = (result) => Object.values(result.kinds).every(inTime) && areUnharmed(result, result.calm, P99_MS_MAX);
// Who says no hello is sent away by the chat, which the control leaves alone.
const isCaught = (result) => Object.entries(result.kinds)
  .every(([name, kind]) => ['no_hello', 'half_hello'].includes(name) || !inTime(kind));

const options = readOptions();
const [product, control] = await Promise.all([
  prove('product', options.binary, options.connections, options.citizens),
  prove('control', options.control, Object.keys(KINDS).length * 2, 2)]);
const passed = holds(product) && isCaught(control);
console.log(JSON.stringify({ proof: 'slow_loris', passed, limits: { ack_p99_ms: P99_MS_MAX }, product,
  control: { caught: isCaught(control), ...control } }, null, 1));
process.exit(passed ? 0 : 1);
