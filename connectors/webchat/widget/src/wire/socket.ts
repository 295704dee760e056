// The WebSocket transport, with the pings that find a dead connection.
import type { ClientFrame, Hello } from './frames';
import { frameOf, type Ending, type Sink, type Transport } from './transport';

const kOpenWithinMs = 5_000;
const kPingEveryMs = 25_000;
const kAnswerWithinMs = 5_000;
const kNotAllowed = 1008;

// A closing server may say when to come back: «… retry_after_ms=1500» or «retry_after=2».
function retryAfterMs(reason: string): number {
  const hit = /retry_after(_ms)?"?\s*[=:]?\s*(\d+)/.exec(reason);
  return hit ? Number(hit[2]) * (hit[1] ? 1 : 1000) : 0;
}

export class SocketTransport implements Transport {
  private readonly socket: WebSocket;
  private opened = false;
  private over = false;
  private timer = 0;

  constructor(url: string, hello: () => Hello, private readonly sink: Sink) {
    this.socket = new WebSocket(url);
    this.timer = window.setTimeout(() => this.finish({ silent: true }), kOpenWithinMs);
    this.socket.onopen = () => this.send(hello());
    this.socket.onmessage = (event) => this.heard(event.data);
    this.socket.onclose = (event) =>
      this.finish({
        refused: event.code === kNotAllowed,
        retryAfterMs: retryAfterMs(event.reason),
      });
  }

  send(frame: ClientFrame) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  check() {
    if (!this.opened || this.over) return;
    this.send({ type: 'ping' });
    this.wait(kAnswerWithinMs, () => this.finish({}));
  }

  end() {
    this.over = true;
    clearTimeout(this.timer);
    this.socket.close(1000);
  }

  private heard(data: unknown) {
    if (this.over) return;
    this.opened = true;
    this.wait(kPingEveryMs, () => this.check());
    try {
      const frame = frameOf(JSON.parse(String(data)));
      if (frame) this.sink.received(frame);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }

  private wait(ms: number, then: () => void) {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(then, ms);
  }

  private finish(ending: Partial<Ending>) {
    if (this.over) return;
    this.end();
    this.sink.ended({
      opened: this.opened, silent: false, refused: false, retryAfterMs: 0, ...ending,
    });
  }
}
