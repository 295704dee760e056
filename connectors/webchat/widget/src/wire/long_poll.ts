// The way round networks that block sockets: what the citizen does goes out by POST, what happens comes in by a GET
// that waits. One POST at a time, so order holds; each begins with hello, for the server keeps nothing between them.
import type { ClientFrame, Credentials, Hello, ServerFrame } from './frames';
import { frameOf, type Sink, type Transport } from './transport';

const kPostWithinMs = 15_000;
const kPollWithinMs = 40_000;  // the server answers after 25 s at the latest
const kForbidden = 403;
const kNotAllowed = 1008;  // «close»: what a socket would have been closed with

// Where the conversation is now: what a request must say to go on with it.
export interface Position {
  hello(): Hello;
  credentials(): Credentials | undefined;
  after(): number;
}

export class LongPollTransport implements Transport {
  private readonly cancel = new AbortController();
  private outgoing: ClientFrame[] = [];
  private posting = false;
  private opened = false;
  private over = false;

  constructor(
    private readonly url: string,
    private readonly position: Position,
    private readonly sink: Sink,
  ) {
    void this.post([]);
  }

  send(frame: ClientFrame) {
    if (frame.type === 'ping') return;
    this.outgoing.push(frame);
    if (this.posting) return;
    // A moment's patience puts frames of the same moment (an outbox) into the same request.
    this.posting = true;
    queueMicrotask(() => void this.post(this.outgoing.splice(0)));
  }

  check() {}  // every request is a sign of life, and has its own limit

  end() {
    this.over = true;
    this.cancel.abort();
  }

  private async post(frames: ClientFrame[]) {
    this.posting = true;
    const first = !this.opened;
    const done = await this.ask(this.url, kPostWithinMs, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ frames: [this.position.hello(), ...frames] }),
    });
    this.posting = false;
    if (!done || this.over) return;
    if (this.outgoing.length) void this.post(this.outgoing.splice(0));
    if (first && this.opened) void this.poll();
  }

  private async poll() {
    while (!this.over) {
      const credentials = this.position.credentials();
      if (!credentials) return;
      const { site, incidents = 'none' } = this.position.hello();
      const query = new URLSearchParams({
        site,
        incidents,
        conversation: credentials.conversation,
        after: String(this.position.after()),
      });
      const done = await this.ask(`${this.url}?${query}`, kPollWithinMs, {
        headers: { Authorization: `Bearer ${credentials.token}` },
      });
      if (!done) return;
    }
  }

  // False when the transport has ended.
  private async ask(url: string, withinMs: number, request: RequestInit): Promise<boolean> {
    const late = window.setTimeout(() => this.finish(0), withinMs);
    try {
      const response = await fetch(url, {
        ...request,
        cache: 'no-store',
        credentials: 'omit',
        signal: this.cancel.signal,
      });
      const body: unknown = await response.json().catch(() => ({}));
      clearTimeout(late);
      const { frames, close } = body as { frames?: unknown[]; close?: number };
      if (Array.isArray(frames)) this.deliver(frames);
      if (response.ok && !close) return !this.over;
      const seconds = Number(response.headers.get('Retry-After')) || 0;
      this.finish(seconds * 1000, response.status === kForbidden || close === kNotAllowed);
    } catch {
      clearTimeout(late);
      this.finish(0);
    }
    return false;
  }

  private deliver(frames: unknown[]) {
    for (const value of frames) {
      const frame = frameOf(value);
      if (!frame || this.over || (this.opened && this.repeatsWelcome(frame))) continue;
      this.opened = this.opened || frame.type === 'welcome';
      this.sink.received(frame);
    }
  }

  // Each POST is welcomed; only the first, or one into another conversation, is news.
  private repeatsWelcome(frame: ServerFrame) {
    return (
      frame.type === 'welcome' &&
      frame.conversation === this.position.credentials()?.conversation
    );
  }

  private finish(retryAfterMs: number, refused = false) {
    if (this.over) return;
    this.end();
    this.sink.ended({ opened: this.opened, silent: false, refused, retryAfterMs });
  }
}
