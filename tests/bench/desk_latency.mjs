// How long from a citizen's frame on the wire until the words stand on the agent's page? A real Chromium at the desk,
// nineteen more agents as plain sockets, two hundred citizens who wait or are talked to.
//
// usage: node desk_latency.mjs [--build build/check] [--binary F] [--messages-sent 200] [--citizens 200]
//        [--agents 19] [--pause-ms 25] [--any-noise] [--help]
// Half of the messages go to the conversation that is open on the page, half to others, whose line in the list changes.
// Both clocks are this machine's. One JSON object: the median and the 99th percentile, of both and of each half.
// Exit code: 0 the goals hold, 1 one is missed or something failed, 2 misuse.
import path from 'node:path';

import { DeskAgent, deskNumber } from '../proofs/desk_agent.mjs';
import { pause, root, until, WebSocket } from '../proofs/service_process.mjs';
import { openPage, startBrowser } from '../web/harness/browser.mjs';
import { Desk } from '../web/harness/desk.mjs';
import { finish, readCommand } from './command.mjs';
import { goal, rounded } from './figures.mjs';
import { startProduct } from './servers.mjs';

const USAGE = 'usage: node desk_latency.mjs [--build build/check] [--binary F] [--messages-sent 200] [--citizens 200]\n'
  + '       [--agents 19] [--pause-ms 25] [--any-noise] [--help]';
const { options, programs } = readCommand(USAGE,
  { 'messages-sent': '200', citizens: '200', agents: '19', 'pause-ms': '25' });
const SITES = ['austrheim', 'fedje', 'gulen', 'masfjorden', 'modalen', 'osteroy', 'vaksdal'];
const SETTLED_MS = 60_000;
const SHOWN_MS = 10_000;

/** Asks for a person, so that the conversation stands at the desk, and then writes what it is told to. */
class Waiting {
  constructor(service, number) {
    Object.assign(this, { number, count: 0, waits: false });
    this.socket = new WebSocket(service.socketUrl, { origin: service.origin, perMessageDeflate: false });
    this.socket.on('open', () => this.send({ type: 'hello', site: SITES[number % SITES.length] }));
    this.socket.on('message', (data) => this.receive(JSON.parse(data)));
  }

  send(frame) { this.socket.send(JSON.stringify(frame)); }

  receive(frame) {
    if (frame.type === 'welcome') {
      this.conversation = frame.conversation;
      this.send({ type: 'human', id: `p${this.number}` });
    }
    if (frame.type === 'event' && frame.kind === 'handoff') this.waits = true;
  }

  /** When it was written to the wire, on the wall clock. */
  say(text) {
    this.count += 1;
    const at = performance.timeOrigin + performance.now();
    this.send({ type: 'say', id: `m${this.number}-${this.count}`, text });
    return at;
  }
}

async function standingSocket(service, login) {
  const agent = new DeskAgent(service, login);
  await agent.signIn();
  const socket = new WebSocket(`ws://127.0.0.1:${service.port}/desk/v1/socket`,
    { origin: service.origin, headers: { Cookie: agent.cookie }, perMessageDeflate: false });
  socket.on('message', () => {});
  await new Promise((resolve, reject) => { socket.once('open', resolve).once('error', reject); });
  return socket;
}

/** Notes in the page when words of the form «melding <n> no» first stand in it. */
const watchPage = (page) => page.evaluate(() => {
  window.shownAt = {};
  const note = (text) => {
    for (const [, number] of text.matchAll(/melding (\d+) no/g)) {
      window.shownAt[number] ??= performance.timeOrigin + performance.now();
    }
  };
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      note(target.nodeType === Node.TEXT_NODE ? target.data : '');
      addedNodes.forEach((node) => note(node.textContent));
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
});

const percentile = (values, share) => {
  const rising = [...values].sort((a, b) => a - b);
  return rising.length ? rounded(rising[Math.min(rising.length - 1, Math.ceil(share * rising.length) - 1)], 4) : null;
};
const figuresOf = (times) => ({ messages: times.length, p50_ms: percentile(times, 0.5), p99_ms: percentile(times, 0.99),
  longest_ms: percentile(times, 1) });

const server = await startProduct(programs);
const { service } = server;
const browser = await startBrowser();
const sockets = [];
let result;
try {
  const page = await openPage(browser);
  const desk = await Desk.open(page, service.origin);
  await desk.signIn(service.addAgent('lesar'));
  for (let i = 0; i < Number(options.agents); i += 1) {
    sockets.push(await standingSocket(service, service.addAgent(`agent${i}`)));
  }
  const citizens = Array.from({ length: Number(options.citizens) }, (_, i) => new Waiting(service, i));
  if (!(await until(() => citizens.every((each) => each.waits), SETTLED_MS))) throw new Error('not all wait in time');
  console.error(`${citizens.length} conversations at the desk, ${sockets.length} sockets beside the browser`);

  const [held] = citizens;
  const reader = new DeskAgent(service, service.addAgent('lesar'));
  await reader.signIn();
  const taken = await reader.call('POST', `/conversations/${deskNumber(held.conversation)}/take`, {});
  if (taken.status !== 200) throw new Error(`taking was answered ${taken.status}`);
  await desk.list('Mine').getByRole('button').first().click();
  await desk.log.waitFor();
  await watchPage(page);

  const sent = [];
  for (let number = 0; number < Number(options['messages-sent']); number += 1) {
    const isHeld = number % 2 === 0;
    const citizen = isHeld ? held : citizens[1 + (number % (citizens.length - 1))];
    sent.push({ number, isHeld, at: citizen.say(`melding ${number} no`) });
    const shown = async () => page.evaluate((n) => window.shownAt[n] ?? null, String(number));
    const end = performance.now() + SHOWN_MS;
    while ((sent.at(-1).shownAt = await shown()) === null && performance.now() < end) await pause(2);
    await pause(Number(options['pause-ms']));
  }
  const seen = sent.filter(({ shownAt }) => shownAt !== null);
  const times = (which) => seen.filter(which).map(({ at, shownAt }) => shownAt - at);
  const all = figuresOf(times(() => true));
  // Nobody is signed in when the page is opened, and the service says so.
  const faults = page.faults.filter((each) => !each.includes('401 (Unauthorized)'));
  const goals = [goal('citizen\'s frame to the desk\'s page, p50 ms', all.p50_ms, { most: 30 }),
    goal('the same, p99 ms', all.p99_ms, { most: 150 }),
    goal('faults of the page', faults.length, { most: 0 }),
    goal('messages that never stood on the page', sent.length - seen.length, { most: 0 })];
  result = { bench: 'desk_latency', passed: goals.every(({ met }) => met), citizens: citizens.length,
    agents: sockets.length, all, open_conversation: figuresOf(times(({ isHeld }) => isHeld)),
    list: figuresOf(times(({ isHeld }) => !isHeld)), faults, goals,
    program: path.relative(root, programs.service) };
} catch (error) {
  console.error(error);
} finally {
  sockets.forEach((socket) => socket.terminate());
  await browser.close();
  await server.stop();
}
if (!result) process.exit(1);
finish(result);
