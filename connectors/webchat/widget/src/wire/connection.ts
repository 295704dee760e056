// Keeps the citizen connected for as long as the chat is in use: chooses between the socket and long polling, comes
// back after every loss with full jitter (so that a restart is not met by everybody at once), and never gives up.
import type { ClientFrame, ServerFrame } from './frames';
import { LongPollTransport, type Position } from './long_poll';
import { SocketTransport } from './socket';
import type { Ending, Transport } from './transport';

const kFirstDelayMs = 500;
const kDelayMsMax = 30_000;
const kHealthyAfterMs = 10_000;
const kFailedOpensMax = 2;  // then the network is taken to block sockets …
const kFailedOpensMaxAfterSuccess = 5;  // … later when a socket has worked on this page: the server is away

export type State = 'idle' | 'connecting' | 'open' | 'waiting' | 'refused';

export interface ConnectionUser extends Position {
  received(frame: ServerFrame): void;
  connectionChanged(state: State): void;
}

export class Connection {
  state: State = 'idle';
  polling = false;  // true: sockets are taken to be blocked

  private transport: Transport | undefined;
  private attempts = 0;
  private failedOpens = 0;
  private socketWorked = false;
  private retryTimer = 0;
  private healthTimer = 0;

  constructor(private readonly origin: string, private readonly user: ConnectionUser) {
    // The network or the screen is back: no reason to wait for a timer that slept with them.
    const awake = () => (this.state === 'waiting' ? this.retryNow() : this.transport?.check());
    window.addEventListener('online', awake);
    window.addEventListener('offline', awake);
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) awake();
    });
  }

  start() {
    if (this.state === 'idle' || this.state === 'refused') this.connect();
  }

  retryNow() {
    clearTimeout(this.retryTimer);
    if (this.state !== 'open' && this.state !== 'connecting') this.connect();
  }

  // Lost when not open: what must arrive is in the outbox, which is sent again after each welcome.
  send(frame: ClientFrame) {
    if (this.state === 'open') this.transport?.send(frame);
  }

  stop(state: State = 'idle') {
    clearTimeout(this.retryTimer);
    clearTimeout(this.healthTimer);
    this.transport?.end();
    this.transport = undefined;
    this.become(state);
  }

  private connect() {
    this.become('connecting');
    const sink = {
      received: (frame: ServerFrame) => {
        if (frame.type === 'welcome') this.opened();
        this.user.received(frame);
      },
      ended: (ending: Ending) => this.ended(ending),
    };
    if (this.polling) {
      this.transport = new LongPollTransport(`${this.origin}/chat/v1/messages`, this.user, sink);
    } else {
      const url = `${this.origin.replace(/^http/, 'ws')}/chat/v1/socket`;
      this.transport = new SocketTransport(url, () => this.user.hello(), sink);
    }
  }

  private opened() {
    this.failedOpens = 0;
    this.socketWorked ||= !this.polling;
    clearTimeout(this.healthTimer);
    this.healthTimer = window.setTimeout(() => (this.attempts = 0), kHealthyAfterMs);
    this.become('open');
  }

  private ended(ending: Ending) {
    clearTimeout(this.healthTimer);
    this.transport = undefined;
    if (ending.refused) return this.become('refused');
    const turned = this.chooseWay(ending);
    if (turned && this.polling) return this.connect();
    const ceiling = Math.min(kDelayMsMax, kFirstDelayMs * 2 ** this.attempts);
    this.attempts += 1;
    this.become('waiting');
    this.retryTimer = window.setTimeout(
      () => this.connect(), ending.retryAfterMs + Math.random() * ceiling);
  }

  // When neither way opens the server is away, and both are tried in turn. True when the way changed.
  private chooseWay(ending: Ending): boolean {
    if (ending.opened) return false;
    this.failedOpens += ending.silent ? kFailedOpensMax : 1;
    const most = this.socketWorked ? kFailedOpensMaxAfterSuccess : kFailedOpensMax;
    if (!this.polling && this.failedOpens < most) return false;
    this.polling = !this.polling;
    return true;
  }

  private become(state: State) {
    if (this.state === state) return;
    this.state = state;
    this.user.connectionChanged(state);
  }
}
