// A citizen who wants a person, and gets one: asks the bot, asks for a person, is taken by an agent, both write, the
// agent closes; then again in a new conversation. Both come back after every cut and send again what nobody confirmed.
import { deskNumber } from './desk_agent.mjs';
import { pause } from './service_process.mjs';

export class Visitor {
  /** @param options {name, service, site, agent, WebSocket, onFault} */
  constructor(options) {
    Object.assign(this, options);
    this.conversations = []; // {conversation, token, sent: [{id, kind, text, ackSeq, answers}], shown: Map}
    this.count = 0;
    this.isStopped = () => this.stopped;
  }

  start() {
    this.stopped = false;
    this.done = this.run().catch((error) => this.onFault(`${this.name}: ${error.message}`));
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.retry);
    this.socket?.terminate();
    this.wake?.();
  }

  async run() {
    while (!this.stopped && !this.finished) {
      this.current = { conversation: null, token: null, sent: [], shown: new Map() };
      this.conversations.push(this.current);
      this.lastSeq = 0;
      this.connect();
      await this.talk();
      this.socket.removeAllListeners('close');
      this.socket.terminate();
      clearTimeout(this.retry);
    }
    this.stopped = true;
  }

  async talk() {
    await this.says('når vert bosset tømt', 1);
    await this.asksForPerson();
    await this.agentDoes('take', {});
    await this.agentSays('Hei, eg heiter Kari.');
    await this.says('hei, er det nokon der', 0);
    await this.agentSays('Ja, her er eg.');
    await this.agentDoes('close', { id: this.nextId() });
  }

  nextId() {
    this.count += 1;
    return `${this.name}-${this.count}`;
  }

  /** `answers`: how many replies of the bot, or hand-offs, must name it. */
  note(kind, text, answers) {
    const entry = { id: this.nextId(), kind, text, ackSeq: null, answers };
    this.current.sent.push(entry);
    return entry;
  }

  async says(words, answers) {
    const entry = this.note('say', `${words} ${this.count}`, answers);
    await this.confirmed(entry, { type: 'say', id: entry.id, text: entry.text });
  }

  async asksForPerson() {
    const entry = this.note('human', undefined, 1);
    await this.confirmed(entry, { type: 'human', id: entry.id });
  }

  async agentSays(words) {
    const entry = this.note('agent', `${words} ${this.count}`, 0);
    const body = await this.agentDoes('say', { id: entry.id, text: entry.text });
    if (body) this.acknowledge(entry, body.seq);
  }

  async agentDoes(what, body) {
    if (this.stopped) return null;
    const path = `/conversations/${deskNumber(this.current.conversation)}/${what}`;
    const answer = await this.agent.persistently('POST', path, body, this.isStopped);
    if (answer && answer.status !== 200) {
      throw new Error(`${what} of ${this.current.conversation} was answered ${JSON.stringify(answer)}`);
    }
    return answer?.body ?? null;
  }

  /** Sends it, and again after each return, until it is acknowledged and as often answered as it must be. */
  async confirmed(entry, frame) {
    this.waiting = { entry, frame, answers: 0 };
    this.transmit();
    while (!this.stopped && (entry.ackSeq === null || this.waiting.answers < entry.answers)) {
      await new Promise((resolve) => { this.wake = resolve; });
    }
    this.waiting = null;
  }

  acknowledge(entry, seq) {
    if (entry.ackSeq !== null && entry.ackSeq !== seq) {
      this.onFault(`${this.name}: ${entry.id} acknowledged as ${entry.ackSeq} and then as ${seq}`);
    }
    entry.ackSeq = seq;
  }

  connect() {
    if (this.stopped) return;
    const { socketUrl, origin } = this.service;
    const socket = new this.WebSocket(socketUrl, { origin, perMessageDeflate: false });
    this.socket = socket;
    socket.on('open', () => {
      const { conversation, token } = this.current;
      const resume = conversation ? { resume: { conversation, token, after: this.lastSeq } } : {};
      socket.send(JSON.stringify({ type: 'hello', site: this.site, ...resume }));
    });
    socket.on('message', (data) => socket === this.socket && this.receive(JSON.parse(data)));
    socket.on('error', () => {});
    socket.on('close', () => { this.retry = setTimeout(() => this.connect(), 20); });
  }

  receive(frame) {
    const waiting = this.waiting;
    if (frame.type === 'welcome') {
      Object.assign(this.current, { conversation: frame.conversation, token: frame.token });
      this.transmit();
    } else if (frame.type === 'ack') {
      const entry = this.current.sent.find((each) => each.id === frame.id);
      if (entry) this.acknowledge(entry, frame.seq);
    } else if (frame.type === 'event') {
      if (frame.seq <= this.lastSeq) this.onFault(`${this.name}: event ${frame.seq} after ${this.lastSeq}`);
      this.lastSeq = frame.seq;
      this.current.shown.set(frame.seq, frame.text);
      if (waiting && frame.reply_to === waiting.entry.id) waiting.answers += 1;
    } else if (frame.type === 'error') {
      if (!frame.retry_after_ms) this.onFault(`${this.name}: ${JSON.stringify(frame)}`);
      else void pause(frame.retry_after_ms).then(() => this.transmit());
    }
    this.wake?.();
  }

  transmit() {
    if (this.waiting && this.current.conversation && this.socket.readyState === this.WebSocket.OPEN) {
      this.socket.send(JSON.stringify(this.waiting.frame));
    }
  }
}

/**
 * Compares a conversation's log with what both sides were promised. `whole`: as the desk has it, without gaps;
 * otherwise as the citizen sees it.
 */
export function checkLog({ conversation, sent, shown }, events, whole) {
  const faults = { lost: [], doubled: [], reordered: [], changed: [] };
  const name = (entry) => `${conversation}: ${entry.kind} ${entry.id}`;
  events.forEach((event, index) => {
    const isNext = whole ? event.seq === index + 1 : event.seq > (events[index - 1]?.seq ?? 0);
    if (!isNext) faults.reordered.push(`${conversation}: seq ${event.seq} at place ${index + 1}`);
  });
  let lastSeq = 0;
  for (const entry of sent) {
    const stored = events.filter((event) => event.id === entry.id);
    const answers = events.filter((event) => event.reply_to === entry.id
      && (event.from === 'bot' || event.kind === 'handoff'));
    if (stored.length === 0 && entry.ackSeq !== null) faults.lost.push(`${name(entry)} was acknowledged and is gone`);
    if (stored.length > 1) faults.doubled.push(`${name(entry)} is stored ${stored.length} times`);
    if (stored.length === 1 && answers.length < entry.answers) faults.lost.push(`${name(entry)} was never answered`);
    if (answers.length > entry.answers) faults.doubled.push(`${name(entry)} was answered ${answers.length} times`);
    for (const event of stored) {
      if (event.text !== entry.text) faults.changed.push(`${name(entry)} reads «${event.text}»`);
      if (entry.ackSeq !== null && event.seq !== entry.ackSeq) faults.changed.push(`${name(entry)} is ${event.seq}`);
      if (event.seq < lastSeq) faults.reordered.push(`${name(entry)} stands before what was sent earlier`);
      lastSeq = event.seq;
    }
  }
  const known = new Set(sent.map((entry) => entry.id));
  for (const event of events) {
    if (event.id && !known.has(event.id)) faults.changed.push(`${conversation}: ${event.id} was never sent`);
  }
  const bySeq = new Map(events.map((event) => [event.seq, event]));
  for (const [seq, text] of shown) {
    const isThere = bySeq.has(seq) && bySeq.get(seq).text === text;
    if (!isThere) faults.lost.push(`${conversation}: event ${seq} was shown and is gone`);
  }
  return faults;
}
