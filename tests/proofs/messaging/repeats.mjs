// Proof: what a platform brings twice, on either of two connections, at the same moment or long after, is stored once,
// in the order in which each contact wrote.
//
// Every event is repeated by chance: at once on the other connection, or later on either. A reader of its own compares
// the log with what was brought. The control: repeats with an id of their own must be found, and so must one fault of
// each kind put into a true log. Exit code: 0 clean and the controls caught; 1 findings; 2 misuse.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { freePort, randomFrom, ServiceProcess, until } from '../service_process.mjs';
import { Connection, Platform, readLog } from './platform.mjs';

const USAGE = `usage: node repeats.mjs --binary F [--events N] [--seed N]

--events  with their repeats: 3000, or 100000 when the environment has SVAR_LONG; one of ten is a repeat
Progress on stderr, one JSON object on stdout.`;

const kBatchMax = 20;
const kEventsOfContact = 40;
const kRepeatShare = 0.1;
const kControlEvents = 400;
const kKept = 2_000;  // of what was brought, to be repeated late

function readOptions() {
  try {
    const { values } = parseArgs({ options: { binary: { type: 'string' }, help: { type: 'boolean' },
      events: { type: 'string', default: process.env.SVAR_LONG ? '100000' : '3000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) } } });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    if (values.binary) return values;
  } catch (error) {
    console.error(error.message);
  }
  console.error(USAGE);
  return process.exit(2);
}

const options = readOptions();
const random = randomFrom(Number(options.seed));
const below = (count) => Math.floor(random() * count);

/** What there is to bring: in each round a contact has at most one event, so that arrival decides no order of it. */
function plan(total, repeatId) {
  const fresh = Math.round(total * (1 - kRepeatShare));
  const contacts = Math.max(2 * kBatchMax, Math.ceil(fresh / kEventsOfContact));
  const histories = new Map();
  const rounds = [];
  const earlier = [];
  let made = 0;
  let repeats = 0;
  for (let first = 0; made < fresh; first += 2 * kBatchMax) {
    const batches = [[], []];
    for (let place = 0; place < 2 * kBatchMax && made < fresh; place += 1, made += 1) {
      const contact = String(1_000_000 + ((first + place) % contacts));
      const history = histories.get(contact) ?? [];
      histories.set(contact, history);
      const text = `når vert bosset tømt ${contact} nr ${history.length}`;
      const event = { contact, id: `m_${made}`, text, at: 1_795_518_000_000 + made };
      history.push(text);
      batches[place % 2].push(event);
      earlier[earlier.length < kKept ? earlier.length : below(kKept)] = event;
      while (repeats < (made + 1) * kRepeatShare / (1 - kRepeatShare)) {
        const again = random() < 0.5 ? event : earlier[below(earlier.length)];
        batches[random() < 0.8 ? (place + 1) % 2 : place % 2].push({ ...again, id: repeatId(again.id, repeats) });
        repeats += 1;
      }
    }
    rounds.push(batches);
  }
  return { histories, rounds, fresh, repeats };
}

/** Brings it all over two connections, round by round, both at once. */
async function bringAll(service, rounds) {
  const connections = [new Connection(service), new Connection(service)];
  const began = performance.now();
  for (const [number, batches] of rounds.entries()) {
    await Promise.all(connections.map((connection, of) => connection.bring(batches[of])));
    if (number % 250 === 249) console.error(`${number + 1} of ${rounds.length} rounds`);
  }
  connections.forEach((connection) => connection.close());
  return { seconds: (performance.now() - began) / 1_000, refused: connections[0].refused + connections[1].refused };
}

/** What the log has other than each contact's history: counts by kind. */
function differences(histories, words) {
  const found = { lost: 0, doubled: 0, reordered: 0, mixed: 0 };
  const seen = new Set();
  for (const said of words) {
    const contact = said[0].split(' ')[4];
    const history = histories.get(contact) ?? [];
    if (seen.has(contact) || said.some((text) => text.split(' ')[4] !== contact)) found.mixed += 1;
    seen.add(contact);
    const once = [...new Set(said)];
    found.doubled += said.length - once.length;
    found.lost += history.filter((text) => !once.includes(text)).length;
    if (once.some((text, at) => at > 0 && history.indexOf(text) < history.indexOf(once[at - 1]))) found.reordered += 1;
  }
  for (const [contact, history] of histories) found.lost += seen.has(contact) ? 0 : history.length;
  return found;
}
const isClean = (found) => Object.values(found).every((count) => count === 0);

/** One fault of each kind in a true log: those that were not found. */
function missedFaults(histories, words) {
  const faults = {
    lost: (all) => all[0].pop(), doubled: (all) => all[0].push(all[0][0]), reordered: (all) => all[0].reverse(),
    mixed: (all) => all[0].push(all[1].pop()) };
  return Object.keys(faults).filter((kind) => {
    const spoilt = structuredClone(words);
    faults[kind](spoilt);
    return differences(histories, spoilt)[kind] === 0;
  });
}

async function run(total, repeatId = (id) => id) {
  const folder = mkdtempSync(path.join(tmpdir(), 'svarsentral-repeats-'));
  const platform = await Platform.start();
  const service = new ServiceProcess(options.binary, await freePort(), path.join(folder, 'data'));
  service.config = platform.settings(folder);
  try {
    await service.start();
    const { histories, rounds, fresh, repeats } = plan(total, repeatId);
    const { seconds, refused } = await bringAll(service, rounds);
    console.error(`${fresh + repeats} events in ${seconds.toFixed(1)} s; waiting for the answers`);
    const answered = await until(() => platform.sent.length >= fresh + histories.size, 600_000);
    await service.kill();
    const { words } = readLog(service.data);
    const tokens = platform.sent.map(({ token }) => token);
    return { events: fresh + repeats, repeats, contacts: histories.size, refused,
      events_per_second: Math.round((fresh + repeats) / seconds), answered, sent: tokens.length,
      sent_twice: tokens.length - new Set(tokens).size, found: differences(histories, words),
      missed_faults: missedFaults(histories, words) };
  } finally {
    if (!service.isDead) await service.kill();
    platform.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const result = await run(Number(options.events));
console.error('control: repeats with ids of their own');
const control = await run(kControlEvents, (id, number) => `${id}-${number}`);
const caught = control.found.doubled === control.repeats;
const good = isClean(result.found) && result.sent_twice === 0 && result.answered && caught
  && result.missed_faults.length === 0;
console.log(JSON.stringify({ seed: Number(options.seed), ...result,
  control: { repeats: control.repeats, doubled: control.found.doubled, caught }, passed: good }));
process.exit(good ? 0 : 1);
