// A citizen who writes one message after the other, keeps what was promised, and comes back after every cut.
import { History } from './history.mjs';

export class Citizen {
  /** @param options {name, url, origin, site, WebSocket, texts, random, onFault} */
  constructor(options) {
    Object.assign(this, options);
    this.history = new History(this.name);
    this.conversation = null;
    this.token = null;
    this.lastSeq = 0;
    this.count = 0;
    this.waiting = null; // the message that is neither acknowledged nor answered yet
    this.acks = 0;
  }

  start() {
    this.stopped = false;
    this.connect();
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.retry);
    this.socket?.terminate();
  }

  connect() {
    if (this.stopped) return;
    const socket = new this.WebSocket(this.url, { origin: this.origin, perMessageDeflate: false });
    this.socket = socket;
    socket.on('open', () => {
      const hello = { type: 'hello', site: this.site };
      if (this.conversation) hello.resume = { conversation: this.conversation, token: this.token, after: this.lastSeq };
      socket.send(JSON.stringify(hello));
    });
    socket.on('message', (data) => this.receive(JSON.parse(data)));
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.stopped) return;
      this.retry = setTimeout(() => this.connect(), 20 + this.random() * 60);
    });
  }

  receive(frame) {
    if (frame.type === 'welcome') return this.welcome(frame);
    if (frame.type === 'ack') return this.acknowledged(frame);
    if (frame.type === 'event') return this.shown(frame);
    if (frame.type === 'error' && frame.code !== 'unavailable') this.onFault(`${this.name}: ${JSON.stringify(frame)}`);
  }

  welcome(frame) {
    this.conversation = frame.conversation;
    this.token = frame.token;
    if (this.waiting) this.transmit();
    else this.next();
  }

  acknowledged(frame) {
    const fault = this.history.acknowledge(frame.id, frame.seq);
    if (fault) this.onFault(fault);
    this.acks += 1;
    if (this.waiting?.id === frame.id) this.waiting.acknowledged = true;
    this.goOn();
  }

  shown(event) {
    if (event.seq <= this.lastSeq) this.onFault(`${this.name}: event ${event.seq} after ${this.lastSeq}`);
    this.lastSeq = Math.max(this.lastSeq, event.seq);
    const fault = this.history.show(event);
    if (fault) this.onFault(fault);
    if (event.from === 'bot' && event.reply_to === this.waiting?.id) this.waiting.answered = true;
    this.goOn();
  }

  goOn() {
    if (this.waiting?.acknowledged && this.waiting.answered) {
      this.waiting = null;
      this.next();
    }
  }

  next() {
    if (this.stopped || this.finished) return;
    const id = `${this.name}-${++this.count}`;
    const text = `${this.texts[Math.floor(this.random() * this.texts.length)]} ${this.count}`;
    this.waiting = { id, text, acknowledged: false, answered: false };
    this.history.send(id, text);
    this.transmit();
  }

  transmit() {
    this.socket.send(JSON.stringify({ type: 'say', id: this.waiting.id, text: this.waiting.text }));
  }
}
