// Proof, over the wire: two agents at two desks, a citizen who writes on, connections that end in the middle of an
// answer; one owner, and the bot silent after a take-over. Few rounds: the races proper are take_over_race's.
//
// The control: faults put into a true log must be found. Exit code: 0 clean and the control found; 1 findings;
// 2 misuse.
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { deskNumber, DeskAgent } from '../desk_agent.mjs';
import { freePort, pause, ServiceProcess, until, WebSocket } from '../service_process.mjs';
import { findsFaultsPutIn, ownershipFaults } from './ownership.mjs';

const USAGE = `usage: node take_over_wire.mjs --binary F [--rounds N]

--rounds  of each scenario: 40, or 500 when the environment has SVAR_LONG
Progress on stderr, one JSON object on stdout.`;

function readOptions() {
  try {
    const { values } = parseArgs({ options: { binary: { type: 'string' },
      rounds: { type: 'string', default: process.env.SVAR_LONG ? '500' : '40' }, help: { type: 'boolean' } } });
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
const faults = [];
const expect = (condition, what) => { if (!condition) faults.push(what); };

/** A citizen's socket: what it sends is acknowledged once, and it remembers the events. */
class CitizenSocket {
  static async open(service) {
    const citizen = new CitizenSocket();
    citizen.acks = new Set();
    citizen.events = [];
    citizen.socket = new WebSocket(service.socketUrl, { origin: service.origin, perMessageDeflate: false });
    citizen.socket.on('open', () => citizen.send({ type: 'hello', site: 'osteroy' }));
    citizen.socket.on('message', (data) => {
      const frame = JSON.parse(data);
      if (frame.type === 'welcome') citizen.number = deskNumber(frame.conversation);
      if (frame.type === 'ack') citizen.acks.add(frame.id);
      if (frame.type === 'event') citizen.events.push(frame);
      if (frame.type === 'error') faults.push(`a citizen was told ${JSON.stringify(frame)}`);
    });
    await until(() => citizen.number, 5_000);
    return citizen;
  }

  send(frame) { this.socket.send(JSON.stringify(frame)); }

  async isAcknowledged(...ids) {
    expect(await until(() => ids.every((id) => this.acks.has(id)), 5_000), `${ids} not acknowledged`);
  }

  async asksForPerson() {
    this.send({ type: 'say', id: 'q0', text: 'når vert bosset tømt' });
    this.send({ type: 'human', id: 'h0' });
    await this.isAcknowledged('q0', 'h0');
  }
}

class Desk {
  constructor(service, [kari, ola], karisPhone) {
    Object.assign(this, { service, kari, ola, karisPhone });
  }

  act(agent, citizen, what, body = {}) {
    return agent.call('POST', `/conversations/${citizen.number}/${what}`, body);
  }

  async log(citizen) {
    const answer = await this.kari.call('GET', `/conversations/${citizen.number}`);
    const other = await this.ola.call('GET', `/conversations/${citizen.number}`);
    expect(JSON.stringify(answer.body?.card) === JSON.stringify(other.body?.card), 'two desks see two owners');
    return answer.body?.events ?? [];
  }

  /** Sends an answer and ends the connection without waiting. */
  drop(agent, citizen, body) {
    return new Promise((resolve) => {
      const request = http.request(`${this.service.origin}/desk/v1/conversations/${citizen.number}/say`, { method: 'POST',
        agent: false, headers: { Cookie: agent.cookie, Origin: this.service.origin, 'Content-Type': 'application/json',
          'X-Svar-Desk': '1' } });
      request.on('error', resolve);
      request.on('close', resolve);
      request.end(JSON.stringify(body), () => request.destroy());
    });
  }
}

const isHeldBy = (answer, agent) => answer.status === 409 && answer.body.error.held_by?.name === agent.name;

/** Both press «take» at once; each of them first in half of the rounds. */
async function twoAgentsTake(desk, citizen, round) {
  await citizen.asksForPerson();
  const agents = round % 2 ? [desk.kari, desk.ola] : [desk.ola, desk.kari];
  const answers = await Promise.all(agents.map((agent) => desk.act(agent, citizen, 'take')));
  const winner = agents[answers.findIndex((answer) => answer.status === 200)];
  const [loser] = agents.filter((agent) => agent !== winner);
  expect(winner && isHeldBy(answers[agents.indexOf(loser)], winner), `take: ${JSON.stringify(answers)}`);
  if (!winner) return null;
  expect((await desk.act(winner, citizen, 'say', { id: 'a1', text: 'hei' })).status === 200, 'the owner may not speak');
  expect(isHeldBy(await desk.act(loser, citizen, 'say', { id: 'a2', text: 'hei' }), winner), 'both may speak');
  return winner.name;
}

/** The citizen has gone back to the bot and writes while an agent takes the conversation. */
async function botAnswersMeanwhile(desk, citizen, round) {
  await citizen.asksForPerson();
  citizen.send({ type: 'bot', id: 'r0' });
  await citizen.isAcknowledged('r0');
  const ids = ['q1', 'q2', 'q3', 'q4', 'q5', 'q6'];
  const agent = round % 2 ? desk.kari : desk.ola;
  const taken = pause(round % 4).then(() => desk.act(agent, citizen, 'take'));
  for (const id of ids) {
    citizen.send({ type: 'say', id, text: 'når vert bosset tømt' });
    await pause(round % 3);
  }
  expect((await taken).status === 200, 'not taken');
  await citizen.isAcknowledged(...ids);
  return agent.name;
}

/** The connection ends in the middle of an answer; it is sent again from another screen, while a colleague tries. */
async function agentDropsMidAnswer(desk, citizen) {
  await citizen.asksForPerson();
  await desk.act(desk.kari, citizen, 'take');
  const answer = { id: 'a1', text: 'Eg ser på det.' };
  const [, again, other] = await Promise.all([desk.drop(desk.kari, citizen, answer),
    desk.act(desk.karisPhone, citizen, 'say', answer), desk.act(desk.ola, citizen, 'take')]);
  expect(again.status === 200, `sent again: ${JSON.stringify(again)}`);
  expect(isHeldBy(other, desk.kari), `a colleague: ${JSON.stringify(other)}`);
  citizen.send({ type: 'say', id: 'q1', text: 'takk' });
  await citizen.isAcknowledged('q1');
  return desk.kari.name;
}

/** Whether the bot had answered some of what was written by then, and kept silent to the rest. */
function isInTheMiddle(log) {
  const answered = new Set(log.filter((event) => event.from === 'bot').map((event) => event.reply_to));
  const asked = log.filter((event) => /^q[1-9]$/.test(event.id ?? '')).map((event) => event.id);
  return asked.some((id) => answered.has(id)) && asked.some((id) => !answered.has(id));
}

const SCENARIOS = { two_agents_take: twoAgentsTake, bot_answers_meanwhile: botAnswersMeanwhile,
  agent_drops_mid_answer: agentDropsMidAnswer };

async function openDesk(data) {
  const service = new ServiceProcess(options.binary, await freePort(), data);
  await service.start();
  const kari = service.addAgent('kari');
  const agents = [kari, service.addAgent('ola'), kari].map((each) => new DeskAgent(service, each));
  for (const agent of agents) await agent.signIn();
  return new Desk(service, agents.slice(0, 2), agents[2]);
}

const data = mkdtempSync(path.join(tmpdir(), 'svarsentral-take-over-'));
const desk = await openDesk(data);
const report = { proof: 'take_over_wire', passed: false, rounds: Number(options.rounds), owners: {}, logs: 0,
  taken_between_answers: 0 };
let control = false;
for (const [name, scenario] of Object.entries(SCENARIOS)) {
  const owners = {};
  for (let round = 0; round < Number(options.rounds); ++round) {
    const citizen = await CitizenSocket.open(desk.service);
    const owner = await scenario(desk, citizen, round);
    owners[owner] = (owners[owner] ?? 0) + 1;
    const log = await desk.log(citizen);
    faults.push(...ownershipFaults(log).map((fault) => `${name}: ${fault}`));
    expect(log.length > 0, `${name}: the log can't be read`);
    control ||= findsFaultsPutIn(log);
    if (isInTheMiddle(log)) report.taken_between_answers += 1;
    report.logs += 1;
    citizen.socket.terminate();
  }
  report.owners[name] = owners;
  console.error(`${name}: ${options.rounds} rounds`);
}
await desk.service.kill();
rmSync(data, { recursive: true, force: true });
Object.assign(report, { faults: faults.length, examples: faults.slice(0, 8), faults_put_in_are_found: control });
report.passed = faults.length === 0 && control && report.taken_between_answers > 0
  && Object.keys(report.owners.two_agents_take).length === 2;
console.log(JSON.stringify(report, null, 1));
process.exit(report.passed ? 0 : 1);
