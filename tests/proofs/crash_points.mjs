// Proof: wherever on a message's way the process ends, what was acknowledged is there exactly once and in order, every
// message is answered or handed over once, and one that is sent again gets the seq of the first time.
//
// The program has named points at which it ends by itself (crash_points.cpp). The control tells the sender before it
// gives the append to the store: it must be caught for each kind of event. Exit code: 0 only when every point was
// passed without a violation and the controls are caught; 1 findings; 2 misuse.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { Citizen } from './citizen.mjs';
import { deskNumber, DeskAgent } from './desk_agent.mjs';
import { checkTranscript } from './history.mjs';
import { freePort, pause, randomFrom, ServiceProcess, until, WebSocket } from './service_process.mjs';
import { readTranscript } from './transcript.mjs';
import { checkLog, Visitor } from './visitor.mjs';

const USAGE = `usage: node crash_points.mjs --binary F [--rounds N] [--seed N]

--binary  the program crash_points
--rounds  how often each point is passed with each kind of event: 2, or 20 when the environment has SVAR_LONG
Progress on stderr, one JSON object on stdout.`;

const POINTS = ['after_parse', 'in_commit', 'before_commit', 'after_commit', 'before_ack', 'after_ack'];
const KINDS = ['citizen_says', 'citizen_asks_for_person', 'agent_says'];
const PASSES_MAX = { citizen_says: 12, citizen_asks_for_person: 3, agent_says: 5 };
const SITE = 'osteroy';

function readOptions() {
  try {
    const { values } = parseArgs({ options: { binary: { type: 'string' }, help: { type: 'boolean' },
      rounds: { type: 'string', default: process.env.SVAR_LONG ? '20' : '2' },
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

/** A service on a new data folder, with three who talk to the bot and two who are handed over. */
class World {
  static async begin() {
    const world = new World();
    world.data = mkdtempSync(path.join(tmpdir(), 'svarsentral-crash-'));
    world.service = new ServiceProcess(options.binary, await freePort(), world.data);
    await world.service.start();
    world.agent = new DeskAgent(world.service, world.service.addAgent());
    await world.agent.signIn();
    await world.service.kill();
    world.makeActors();
    return world;
  }

  makeActors() {
    this.faults = [];
    this.left = []; // the talkers' finished conversations
    const shared = { service: this.service, site: SITE, WebSocket, onFault: (fault) => this.faults.push(fault) };
    const onLeft = (history, conversation, token) => this.left.push({ history, conversation, token });
    this.talkers = [0, 1, 2].map((i) => new Citizen({ ...shared, name: `t${i}`, texts: ['når vert bosset tømt'], random,
      messagesMax: 10, onLeft }));
    this.visitors = [0, 1].map((i) => new Visitor({ ...shared, name: `v${i}`, agent: this.agent }));
    this.actors = [...this.talkers, ...this.visitors];
  }

  /** Starts with a plan to crash and waits for it; how it ended other than planned, or null. */
  async crash(point, kind, environment = {}) {
    const n = 1 + Math.floor(random() * PASSES_MAX[kind]);
    this.service.output = '';
    this.service.spawn({ ...environment, CRASH_AT: `${point}:${kind}:${n}` });
    const ended = await Promise.race([this.service.ended, pause(20_000)]);
    if (ended?.signal === 'SIGKILL' && this.service.output.includes(`crashed at ${point} ${kind}`)) return null;
    if (!ended) await this.service.kill();
    return `${point} ${kind} ${n}: ${ended ? JSON.stringify(ended) : 'not passed within 20 s'}`;
  }

  /** Lets everybody finish what is begun; the names of those who can't. */
  async settle() {
    for (const actor of this.actors) actor.finished = true;
    const isIdle = (actor) => (actor instanceof Visitor ? actor.stopped : !actor.waiting);
    await until(() => this.actors.every(isIdle), 15_000);
    return this.actors.filter((actor) => !isIdle(actor)).map((actor) => actor.name);
  }

  stop() {
    this.actors.forEach((actor) => actor.stop());
    for (const { history, conversation, token } of this.talkers) this.left.push({ history, conversation, token });
  }

  async end() {
    await this.service.kill();
    rmSync(this.data, { recursive: true, force: true });
  }
}

/** Sends everything that was acknowledged once more; the ids whose seq is not that of the first time. */
async function sendAgain(world, visitor) {
  const otherwise = [];
  for (const { conversation, token, sent } of visitor.conversations) {
    if (!conversation) continue;
    const first = new Map(sent.filter((entry) => entry.ackSeq !== null).map((entry) => [entry.id, entry.ackSeq]));
    for (const entry of sent.filter(({ kind, ackSeq }) => kind === 'agent' && ackSeq !== null)) {
      const answer = await world.agent.persistently('POST', `/conversations/${deskNumber(conversation)}/say`,
        { id: entry.id, text: entry.text });
      if (answer.body?.seq !== entry.ackSeq) otherwise.push(entry.id);
    }
    const citizens = sent.filter((entry) => entry.kind !== 'agent' && first.has(entry.id));
    const acks = await acksOf(world.service, conversation, token, citizens);
    for (const { id } of citizens) if (acks.get(id) !== first.get(id)) otherwise.push(id);
  }
  return otherwise;
}

/** The seq that each message is acknowledged with when it is sent on a resumed socket. */
function acksOf(service, conversation, token, entries) {
  return new Promise((resolve) => {
    const acks = new Map();
    const socket = new WebSocket(service.socketUrl, { origin: service.origin, perMessageDeflate: false });
    const finish = () => {
      clearTimeout(timer);
      socket.terminate();
      resolve(acks);
    };
    const timer = setTimeout(finish, 3_000);
    socket.on('error', finish);
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', site: SITE,
      resume: { conversation, token, after: 0 } })));
    socket.on('message', (data) => {
      const frame = JSON.parse(data);
      if (frame.type === 'ack') acks.set(frame.id, frame.seq);
      if (frame.type === 'welcome') {
        for (const { id, kind, text } of entries) {
          socket.send(JSON.stringify(kind === 'say' ? { type: 'say', id, text } : { type: 'human', id }));
        }
      }
      if (frame.type === 'error' || acks.size >= entries.length) finish();
    });
  });
}

async function check(world) {
  const total = { conversations: 0, acknowledged: 0, lost: 0, doubled: 0, reordered: 0, changed: 0 };
  const examples = [];
  const add = (found, acknowledged) => {
    total.conversations += 1;
    total.acknowledged += acknowledged;
    for (const kind of Object.keys(found)) {
      total[kind] += found[kind].length;
      examples.push(...found[kind].slice(0, examples.length < 8 ? 2 : 0));
    }
  };
  for (const { history, conversation, token } of world.left) {
    if (!conversation) continue;
    const acknowledged = history.sent.filter((entry) => entry.ackSeq !== null).length;
    add(checkTranscript(history, await readTranscript(world.service, SITE, conversation, token)), acknowledged);
  }
  for (const each of world.visitors.flatMap((visitor) => visitor.conversations)) {
    if (!each.conversation) continue;
    const acknowledged = each.sent.filter((entry) => entry.ackSeq !== null).length;
    const answer = await world.agent.persistently('GET', `/conversations/${deskNumber(each.conversation)}`);
    // What never was handed over is not the desk's to see.
    const atDesk = answer.status === 200;
    const events = atDesk ? answer.body.events
      : await readTranscript(world.service, SITE, each.conversation, each.token);
    add(checkLog(each, events, atDesk), acknowledged);
  }
  return { ...total, examples };
}

async function proveProduct(rounds) {
  const world = await World.begin();
  const missed = [];
  let crashes = 0;
  world.actors.forEach((actor) => actor.start());
  for (let round = 0; round < rounds; ++round) {
    for (const point of POINTS) {
      for (const kind of KINDS) {
        const fault = await world.crash(point, kind);
        if (fault) missed.push(fault);
        crashes += 1;
      }
    }
    console.error(`round ${round + 1} of ${rounds}: ${crashes} crashes`);
  }
  await world.service.start();
  const stuck = await world.settle();
  world.stop();
  const otherwise = (await Promise.all(world.visitors.map((visitor) => sendAgain(world, visitor)))).flat();
  const found = await check(world);
  await world.end();
  return { points: POINTS.length, kinds: KINDS.length, crashes, ...found, live_faults: world.faults.length,
    sent_again_with_another_seq: otherwise.length, stuck, points_not_passed: missed,
    examples: [...world.faults.slice(0, 4), ...found.examples] };
}

/** Nothing but the promise that was broken may decide: everybody stops when it is. */
async function proveControl(kind) {
  const world = await World.begin();
  world.actors.forEach((actor) => actor.start());
  const missed = await world.crash('after_ack', kind, { ACKNOWLEDGE: 'early' });
  world.stop();
  await world.service.start();
  const found = await check(world);
  await world.end();
  return { kind, caught: !missed && found.lost > 0, lost: found.lost, examples: found.examples.slice(0, 2) };
}

const isClean = (result) => result.acknowledged > 0 && !result.lost && !result.doubled && !result.reordered
  && !result.changed && !result.live_faults && !result.sent_again_with_another_seq && !result.stuck.length
  && !result.points_not_passed.length;

const product = await proveProduct(Number(options.rounds));
const controls = [];
for (const kind of KINDS) controls.push(await proveControl(kind));
const passed = isClean(product) && controls.every((control) => control.caught);
console.log(JSON.stringify({ proof: 'crash_points', passed, seed: Number(options.seed), product, controls }, null, 1));
process.exit(passed ? 0 : 1);
