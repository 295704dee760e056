// The desk's socket: connects, says so, and never gives up. Between tries it waits a random time below a
// ceiling that doubles (full jitter), so that many desks do not return at the same moment after a restart.
import type { DeskFrame, ServerFrame } from './types';

export type Connection = 'connecting' | 'live' | 'lost';

export interface LiveSocketListener {
  onConnection(state: Connection, retryInMs: number): void;
  onFrame(frame: ServerFrame): void;
  // The socket did not open. Tells whether the session is gone, so that a signed-out desk stops trying.
  isSignedOut(): Promise<boolean>;
}

const kFirstCeilingMs = 500;
const kLastCeilingMs = 15_000;
const kPingEveryMs = 25_000;
const kSilenceMaxMs = 8_000;  // after a ping
const kOpenMaxMs = 10_000;

export class LiveSocket {
  private socket: WebSocket | null = null;
  private tries = 0;
  private stopped = false;
  private retryTimer = 0;
  private pingTimer = 0;
  private silenceTimer = 0;

  constructor(private readonly listener: LiveSocketListener) {
    addEventListener('online', this.hurry);
    document.addEventListener('visibilitychange', this.onVisible);
    this.connect();
  }

  send(frame: DeskFrame): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  // Tries at once instead of waiting for the timer.
  hurry = (): void => {
    if (this.stopped || this.socket) return;
    clearTimeout(this.retryTimer);
    this.connect();
  };

  stop(): void {
    this.stopped = true;
    removeEventListener('online', this.hurry);
    document.removeEventListener('visibilitychange', this.onVisible);
    this.clearTimers();
    this.drop();
  }

  private onVisible = (): void => {
    if (document.visibilityState !== 'visible') return;
    if (this.socket) this.ping();
    else this.hurry();
  };

  private connect(): void {
    this.listener.onConnection('connecting', 0);
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(`${scheme}//${location.host}/desk/v1/socket`);
    this.socket = socket;
    this.silenceTimer = window.setTimeout(() => this.lose(socket, false), kOpenMaxMs);
    let opened = false;
    socket.onopen = () => {
      opened = true;
      this.pingTimer = window.setInterval(() => this.ping(), kPingEveryMs);
    };
    socket.onmessage = (message) => this.receive(socket, message.data);
    socket.onclose = () => this.lose(socket, opened);
  }

  private receive(socket: WebSocket, data: unknown): void {
    if (socket !== this.socket || typeof data !== 'string') return;
    clearTimeout(this.silenceTimer);
    const frame = JSON.parse(data) as ServerFrame;
    if (frame.type === 'overview') {
      this.tries = 0;
      this.listener.onConnection('live', 0);
    }
    this.listener.onFrame(frame);
  }

  private ping(): void {
    this.send({ type: 'ping' });
    clearTimeout(this.silenceTimer);
    const socket = this.socket;
    if (socket) this.silenceTimer = window.setTimeout(() => this.lose(socket, true), kSilenceMaxMs);
  }

  private async lose(socket: WebSocket, opened: boolean): Promise<void> {
    if (socket !== this.socket || this.stopped) return;
    this.clearTimers();
    this.drop();
    if (!opened && (await this.listener.isSignedOut())) return;
    if (this.stopped || this.socket) return;
    const ceiling = Math.min(kLastCeilingMs, kFirstCeilingMs * 2 ** this.tries++);
    const wait = Math.round(Math.random() * ceiling);
    this.listener.onConnection('lost', wait);
    this.retryTimer = window.setTimeout(() => this.connect(), wait);
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private clearTimers(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.silenceTimer);
    clearInterval(this.pingTimer);
  }
}
