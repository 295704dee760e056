// Proof: kill -9 at random moments under load loses, doubles and reorders nothing that was accepted, and the service
// is soon there again.
//
// The control is a build that acknowledges before the commit: the same check must catch it, or it proves nothing. The
// check itself must catch a true transcript with one fault of each kind put in. Exit code: 0 only when the product is
// clean and both controls are caught; 1 findings; 2 misuse.
import { spawnSync } from 'node:child_process';
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

import { Citizen } from './citizen.mjs';
import { checkTheCheck, checkTranscript, History } from './history.mjs';
import { freePort, pause, randomFrom, ServiceProcess, until, WebSocket } from './service_process.mjs';
import { readTranscript } from './transcript.mjs';

const USAGE = `usage: node kill_nine.mjs --binary F [--control F] [--kills N] [--citizens 50] [--seed N]
                       [--fill F --conversations 100000] [--serving-again-ms-max 2000]

--kills                100, or 2000 when the environment variable SVAR_LONG is set
--control              a build that acknowledges before it commits
--fill                 the program fill_store: puts so many --conversations into the store before the first start
--serving-again-ms-max what 95 of 100 restarts must keep
Progress on stderr, one JSON object on stdout.`;

const SITE = 'osteroy';
const MESSAGES_MAX = 40; // of one conversation
const KILLS_IN_START = 10; // one of so many kills hits the start itself

// None of these, however often repeated, leads to a person: then the bot would rightly keep silent.
const TEXTS = ['når vert bosset tømt', 'kva kostar barnehageplass', 'når er biblioteket ope', 'opningstider',
  'skulerute', 'må eg søkje om å byggje garasje', 'vegen er ikkje brøytt', 'takk', 'hei', 'når kjem feiaren'];

function readOptions() {
  try {
    const { values } = parseArgs({ options: {
      binary: { type: 'string' }, control: { type: 'string' }, fill: { type: 'string' },
      kills: { type: 'string', default: process.env.SVAR_LONG ? '2000' : '100' },
      citizens: { type: 'string', default: '50' }, conversations: { type: 'string', default: '0' },
      'serving-again-ms-max': { type: 'string', default: '2000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) }, help: { type: 'boolean' } } });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    if (values.binary && (values.fill || values.conversations === '0')) return values;
  } catch (error) {
    console.error(error.message);
  }
  console.error(USAGE);
  return process.exit(2);
}

const options = readOptions();

/** Histories of conversations that the citizens have left, on disk: a long run has millions of messages. */
class HistoryFile {
  constructor(file) {
    this.file = file;
    this.descriptor = openSync(file, 'w');
  }

  write(history, conversation, token) {
    if (conversation) writeSync(this.descriptor, `${history.write({ conversation, token })}\n`);
  }

  async* read() {
    closeSync(this.descriptor);
    yield* createInterface({ input: createReadStream(this.file), crlfDelay: Infinity });
  }
}

function fill(data) {
  if (options.conversations === '0') return;
  const filled = spawnSync(options.fill, [path.join(data, 'svarsentral.db'), '--conversations', options.conversations],
    { stdio: ['ignore', 'ignore', 'inherit'] });
  if (filled.status !== 0) throw new Error(`${options.fill} ended with ${filled.status}`);
}

/** Kills and starts again, so many times; how long each start took. */
async function killAndRestart(service, citizens, random, kills) {
  const restarts = [];
  const acks = () => citizens.reduce((sum, citizen) => sum + citizen.acks, 0);
  for (let i = 0; i < kills; ++i) {
    if (i % KILLS_IN_START === KILLS_IN_START - 1) {
      service.spawn();
      await pause(random() * 300);
    } else {
      const before = acks();
      if (service.isDead) restarts.push(await service.start());
      await until(() => acks() > before, 10_000); // the load has resumed
      await pause(20 + random() * 480);
    }
    await service.kill();
    if ((i + 1) % 50 === 0) console.error(`${i + 1} kills, ${acks()} acknowledged`);
  }
  restarts.push(await service.start());
  return restarts;
}

async function settle(citizens) {
  for (const citizen of citizens) citizen.finished = true;
  await until(() => citizens.every((citizen) => !citizen.waiting), 15_000);
}

async function check(service, histories) {
  const total = { conversations: 0, lost: 0, doubled: 0, reordered: 0, changed: 0 };
  const examples = [];
  let controls = { all: false };
  const lines = histories.read();
  const checkSome = async () => {
    for (let line = await lines.next(); !line.done; line = await lines.next()) {
      const { conversation, token } = JSON.parse(line.value);
      const history = History.read(line.value);
      const transcript = await readTranscript(service, SITE, conversation, token);
      const found = checkTranscript(history, transcript);
      total.conversations += 1;
      for (const kind of Object.keys(found)) {
        total[kind] += found[kind].length;
        examples.push(...found[kind].slice(0, examples.length < 8 ? 1 : 0));
      }
      if (!controls.all) controls = checkTheCheck(history, transcript);
    }
  };
  await Promise.all(Array.from({ length: 16 }, checkSome));
  return { ...total, examples, faults_put_in_are_caught: controls };
}

function makeCitizens(service, random, faults, histories) {
  return Array.from({ length: Number(options.citizens) }, (_, i) => new Citizen({
    name: `c${i}`, service, site: SITE, WebSocket, texts: TEXTS, random, messagesMax: MESSAGES_MAX,
    onFault: (fault) => faults.push(fault),
    onLeft: (history, conversation, token) => histories.write(history, conversation, token) }));
}

async function prove(binary, seed, kills) {
  const random = randomFrom(seed);
  const data = mkdtempSync(path.join(tmpdir(), 'svarsentral-kill-'));
  fill(data);
  const service = new ServiceProcess(binary, await freePort(), data);
  const histories = new HistoryFile(path.join(data, 'histories.jsonl'));
  const faults = [];
  await service.start();
  const citizens = makeCitizens(service, random, faults, histories);
  citizens.forEach((citizen) => citizen.start());
  const restarts = await killAndRestart(service, citizens, random, kills);
  await settle(citizens);
  const stuck = citizens.filter((citizen) => citizen.waiting);
  citizens.forEach((citizen) => {
    citizen.stop();
    histories.write(citizen.history, citizen.conversation, citizen.token);
  });
  const found = await check(service, histories);
  await service.kill();
  rmSync(data, { recursive: true, force: true });
  const rising = [...restarts].sort((a, b) => a - b);
  const share = (part) => Math.round(rising[Math.floor((rising.length - 1) * part)]);
  return { kills, citizens: citizens.length, acknowledged: citizens.reduce((sum, citizen) => sum + citizen.acks, 0),
    ...found, live_faults: faults.length, unanswered_at_end: stuck.length,
    serving_again_ms: { restarts: rising.length, median: share(0.5), p95: share(0.95), max: share(1) },
    examples: [...faults.slice(0, 4), ...found.examples] };
}

const clean = (result) => result.acknowledged > 0 && !result.lost && !result.doubled && !result.reordered
  && !result.changed && !result.live_faults && !result.unanswered_at_end;

const seed = Number(options.seed);
const kills = Number(options.kills);
const product = await prove(options.binary, seed, kills);
const control = options.control ? await prove(options.control, seed, Math.min(5, kills)) : null;
const passed = clean(product) && product.faults_put_in_are_caught.all && (!control || control.lost > 0)
  && product.serving_again_ms.p95 <= Number(options['serving-again-ms-max']);
console.log(JSON.stringify({ proof: 'kill_nine', passed, seed, stored_before: Number(options.conversations), product,
  control }, null, 1));
process.exit(passed ? 0 : 1);
