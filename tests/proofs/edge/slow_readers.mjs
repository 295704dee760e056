// Proof: clients that read a byte a second, or never, cost neither memory nor anybody's time; they are closed.
import { parseArgs } from 'node:util';

import { pause, until } from '../service_process.mjs';
import { Place, areUnharmed, metrics } from './figures.mjs';
import { StuckSocket, TalkingSocket } from './raw_socket.mjs';

const usage = `usage: node slow_readers.mjs --binary F --control F [--readers 90] [--citizens 100] [--long]

Half of the readers read a byte a second, half never. Each stands in a conversation in which long messages are written
until it is closed. The control is a server that queues without end. --long: 1,000 readers, 1,000 citizens.
Prints one JSON object; exit 0 only when the product holds and the control is caught, 1 when not, 2 for misuse.`;

const READERS_OF_ONE = 9; // a conversation has at most ten sockets
const MESSAGES_MAX = 120; // of 16 KB: far more than any queue may hold
const LONG_TEXT = '🙂'.repeat(3990);
const SETTLE_S = 10; // more than a close may take
const P99_MS_MAX = 200;
const GROWTH_MB_MAX = 150;

function readOptions() {
  try {
    const { values } = parseArgs({ options: {
      binary: { type: 'string' }, control: { type: 'string' }, readers: { type: 'string', default: '90' },
      citizens: { type: 'string', default: '100' }, long: { type: 'boolean' }, help: { type: 'boolean' } } });
    if (values.help) { console.log(usage); process.exit(0); }
    if (!values.binary || !values.control) throw new Error('--binary and --control are needed');
    const long = values.long || Boolean(process.env.SVAR_LONG);
    return { ...values, readers: long ? 1000 : Number(values.readers),
      citizens: long ? 1000 : Number(values.citizens) };
  } catch (error) {
    console.error(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
}

/** One conversation: who writes long messages, and those who do not read them. */
class Group {
  constructor(service, size) {
    this.readers = [];
    this.acknowledged = 0;
    this.isComplete = false;
    this.talker = new TalkingSocket({ port: service.port, origin: service.origin,
      hello: { type: 'hello', site: 'osteroy' }, onFrame: (frame) => this.receive(frame, service, size) });
  }

  receive(frame, service, size) {
    if (frame.type === 'ack') { this.acknowledged += 1; this.next(); }
    if (frame.type !== 'welcome') return;
    const resume = { conversation: frame.conversation, token: frame.token, after: 0 };
    let open = 0;
    for (let i = 0; i < size; ++i) {
      this.readers.push(new StuckSocket({ port: service.port, origin: service.origin,
        hello: { type: 'hello', site: 'osteroy', resume }, onOpen: () => { this.isComplete = ++open === size; } }));
    }
  }

  next() {
    if (this.stopped || this.acknowledged >= MESSAGES_MAX) return;
    this.talker.say({ type: 'say', id: `long-${this.acknowledged}`, text: LONG_TEXT });
  }

  stop() {
    this.stopped = true;
    this.talker.destroy();
    this.readers.forEach((reader) => reader.destroy());
  }
}

async function flood(service, groups, readers, citizens) {
  const rest = (await metrics(service.origin)).svarsentral_resident_bytes;
  let peak = rest;
  let left = readers;
  citizens.forget();
  groups.forEach((group) => group.next());
  const slow = groups.flatMap((group) => group.readers).filter((_, i) => i % 2 === 0);
  const end = performance.now() + 120_000;
  let settled = 0;
  while (performance.now() < end && left > 0 && settled < SETTLE_S) {
    slow.forEach((reader) => reader.read());
    await pause(1000);
    const figures = await metrics(service.origin);
    peak = Math.max(peak, figures.svarsentral_resident_bytes);
    left = figures.svarsentral_sockets - groups.length - citizens.count;
    if (groups.every((group) => group.acknowledged >= MESSAGES_MAX)) settled += 1;
    console.error(`  ${left} of ${readers} readers left, ${Math.round((peak - rest) / 1e6)} MB more`);
  }
  const figures = await metrics(service.origin);
  return { not_closed: left, growth_mb: Math.round((peak - rest) / 1e6),
    closed_as_slow: figures.svarsentral_slow_readers_total + figures['svarsentral_chat_total{kind="slow_reader"}'],
    messages_written: groups.reduce((sum, group) => sum + group.acknowledged, 0) };
}

async function prove(name, program, readers, count) {
  const crowd = { count, pauseMs: 2000 };
  const place = await Place.open(program, crowd);
  const calm = await Place.open(program, crowd);
  console.error(`${name}: ${readers} readers who do not read, ${count} citizens`);
  const sizes = [];
  for (let left = readers; left > 0; left -= READERS_OF_ONE) sizes.push(Math.min(left, READERS_OF_ONE));
  const groups = sizes.map((size) => new Group(place.service, size));
  const allIn = await until(() => groups.every((group) => group.isComplete), 60_000);
  if (!allIn) throw new Error('not all readers got in');
  calm.citizens.forget();
  const figures = await flood(place.service, groups, readers, place.citizens);
  groups.forEach((group) => group.stop());
  return { readers, ...figures, ...await place.close(), calm: await calm.close() };
}

const isClosed = (result) => result.not_closed === 0 && result.closed_as_slow >= result.readers;
const holds = (result) => isClosed(result) && result.growth_mb <= GROWTH_MB_MAX
  && areUnharmed(result, result.calm, P99_MS_MAX);

const options = readOptions();
const product = await prove('product', options.binary, options.readers, options.citizens);
const control = await prove('control', options.control, 18, 10);
const passed = holds(product) && !isClosed(control);
console.log(JSON.stringify({ proof: 'slow_readers', passed, limits: { ack_p99_ms: P99_MS_MAX,
  growth_mb: GROWTH_MB_MAX }, product, control: { caught: !isClosed(control), ...control } }, null, 1));
process.exit(passed ? 0 : 1);
