// A citizen who writes one message after the other, keeps what was promised, and comes back after every cut. After so
// many messages the conversation is left, its history handed on, and a new one begun.
import { History } from './history.mjs';

export class Citizen {
  /**
   * @param options {name, service, site, WebSocket, texts, random, messagesMax, onFault, onLeft}
   * `onLeft` is given a history, the conversation and its token when the citizen is done with it.
   */
  constructor(options) {
    Object.assign(this, options);
    this.count = 0;
    this.acks = 0;
    this.begin();
  }

  begin() {
    this.history = new History(`${this.name}.${this.count}`);
    this.conversation = null;
    this.token = null;
    this.lastSeq = 0;
    this.waiting = null; // the message that is neither acknowledged nor answered yet
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
    const { socketUrl, origin } = this.service;
    const socket = new this.WebSocket(socketUrl, { origin, perMessageDeflate: false });
    this.socket = socket;
    socket.on('open', () => {
      const hello = { type: 'hello', site: this.site };
      if (this.conversation) hello.resume = { conversation: this.conversation, token: this.token, after: this.lastSeq };
      socket.send(JSON.stringify(hello));
    });
    socket.on('message', (data) => socket === this.socket && this.receive(JSON.parse(data)));
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.stopped || socket !== this.socket) return;
      this.retry = setTimeout(() => this.connect(), 20 + this.random() * 60);
    });
  }

  receive(frame) {
    if (frame.type === 'welcome') return this.welcome(frame);
    if (frame.type === 'ack') return this.acknowledged(frame);
    if (frame.type === 'event') return this.shown(frame);
    if (frame.type === 'error') return this.refused(frame);
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
    if (event.seq <= this.lastSeq) this.onFault(`${this.history.name}: event ${event.seq} after ${this.lastSeq}`);
    this.lastSeq = Math.max(this.lastSeq, event.seq);
    const fault = this.history.show(event);
    if (fault) this.onFault(fault);
    if (event.from === 'bot' && event.reply_to === this.waiting?.id) this.waiting.answered = true;
    this.goOn();
  }

  // Not stored, and the service says when to try again; anything else is a fault.
  refused(frame) {
    if (!frame.retry_after_ms) return this.onFault(`${this.history.name}: ${JSON.stringify(frame)}`);
    setTimeout(() => this.waiting?.id === frame.id && this.transmit(), frame.retry_after_ms);
  }

  goOn() {
    if (!this.waiting?.acknowledged || !this.waiting.answered) return;
    this.waiting = null;
    if (this.history.sent.length >= this.messagesMax) this.leave();
    else this.next();
  }

  leave() {
    this.onLeft(this.history, this.conversation, this.token);
    this.begin();
    const left = this.socket;
    this.connect();
    left.terminate();
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
    if (this.socket.readyState !== this.WebSocket.OPEN) return; // sent again after the next welcome
    this.socket.send(JSON.stringify({ type: 'say', id: this.waiting.id, text: this.waiting.text }));
  }
}
