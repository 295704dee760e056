// A conversation of two thousand events: a turn in it, coming back to it, and its first turn after a restart,
// against a conversation of two events.
//
// usage: node long_conversation.mjs [--build build/check] [--binary F] [--events 2000] [--tries 21] [--help]
// Every turn is two events. Each figure is the median of so many tries, short and long alternating, so that only
// the ratio of the turns is judged. One JSON object on stdout. Exit code: 0 the goal is met, 1 not, 2 misuse.
import { once } from 'node:events';

import { WebSocket } from '../proofs/service_process.mjs';
import { finish, readCommand } from './command.mjs';
import { goal, median, rounded } from './figures.mjs';
import { startProduct } from './servers.mjs';

const USAGE = 'usage: node long_conversation.mjs [--build build/check] [--binary F] [--events 2000] [--tries 21]\n'
  + '       [--help]';
const TEXTS = ['når vert bosset tømt', 'kva kostar barnehageplass', 'når er biblioteket ope', 'skulerute'];
const { options, programs } = readCommand(USAGE, { events: '2000', tries: '21' });
const server = await startProduct(programs);

class Talk {
  said = 0;
  events = 0;

  /** Opens, or comes back for what followed `after`; resolves when all of that has arrived. */
  async open(after = 0) {
    const hello = { type: 'hello', site: 'osteroy', ...(this.welcome && { resume: {
      conversation: this.welcome.conversation, token: this.welcome.token, after } }) };
    this.socket = new WebSocket(server.service.socketUrl, { origin: server.service.origin, perMessageDeflate: false });
    await once(this.socket, 'open');
    this.socket.send(JSON.stringify(hello));
    for (let last = -1; last < (this.welcome?.seq ?? 0) || last < 0;) {
      const frame = await this.next();
      if (frame.type === 'welcome') {
        this.welcome = frame;
        last = Math.max(last, after);
      } else if (frame.type === 'event') {
        last = Math.max(last, frame.seq);
      }
    }
  }

  async next() {
    this.frames ??= [];
    if (!this.listening || this.listening !== this.socket) {
      this.listening = this.socket;
      this.frames = [];
      this.socket.on('message', (data) => { this.frames.push(JSON.parse(data)); this.wake?.(); });
    }
    while (this.frames.length === 0) await new Promise((resolve) => { this.wake = resolve; });
    return this.frames.shift();
  }

  async turn() {
    const id = `t${++this.said}`;
    this.socket.send(JSON.stringify({ type: 'say', id, text: TEXTS[this.said % TEXTS.length] }));
    for (;;) {
      const frame = await this.next();
      if (frame.type === 'error') throw new Error(JSON.stringify(frame));
      if (frame.seq) this.last = frame.seq;
      if (frame.reply_to === id) return;
    }
  }

  close() { this.socket.terminate(); }
}

async function timed(action) {
  const began = performance.now();
  await action();
  return performance.now() - began;
}

async function talkOf(turns) {
  const talk = new Talk();
  await talk.open();
  for (let turn = 0; turn < turns; ++turn) await talk.turn();
  return talk;
}

async function afterRestart(talk) {
  talk.close();
  await talk.open(talk.last);
  return timed(() => talk.turn());
}

async function comeBack(talk) {
  talk.close();
  return timed(() => talk.open(0));
}

console.error(`making a conversation of ${options.events} events`);
const long = await talkOf(Math.ceil(Number(options.events) / 2));
const times = { short: { turn: [], come_back: [], cold: [] }, long: { turn: [], come_back: [], cold: [] } };
for (let i = 0; i < Number(options.tries); ++i) {
  const short = await talkOf(1);
  times.short.turn.push(await timed(() => short.turn()));
  times.long.turn.push(await timed(() => long.turn()));
  times.short.come_back.push(await comeBack(short));
  times.long.come_back.push(await comeBack(long));
  short.close();
}
const short = await talkOf(1);
for (let i = 0; i < Math.min(5, Number(options.tries)); ++i) {
  await server.restart(programs);
  times.short.cold.push(await afterRestart(short));
  times.long.cold.push(await afterRestart(long));
}
long.close();
short.close();
await server.stop();
const figures = (of) => Object.fromEntries(Object.entries(of).map(([name, all]) =>
  [`${name}_ms`, rounded(median(all))]));
const ratio = rounded(median(times.long.turn) / median(times.short.turn));
const goals = [goal('a turn, ratio', ratio, { most: 1.25 })];
finish({ bench: 'long_conversation', passed: goals.every(({ met }) => met), events: long.said * 2,
  short: figures(times.short), long: figures(times.long), goals });
