// What the desk knows at one moment, as views see it.
import type { Connection } from '../wire/live_socket';
import type { Agent, Colleague, StoppedChannel } from '../wire/types';
import * as cards from './cards';
import type { Notice } from './notice';
import type { Thread } from './thread';

export interface DeskState {
  me: Agent | null;
  session: 'unknown' | 'signed_out' | 'signed_in';
  wasSignedOut: boolean;  // by the server, not by the agent
  connection: Connection;
  retryAt: number;  // local clock, ms; 0 when nothing is scheduled
  clockAheadMs: number;  // server's clock minus ours
  cards: cards.Cards;
  colleagues: readonly Colleague[];  // at the desk, I among them
  loaded: boolean;
  openId: string | null;
  threads: ReadonlyMap<string, Thread>;
  drafts: ReadonlyMap<string, string>;
  unread: ReadonlySet<string>;  // mine, with words from the citizen since I had them open
  notice: { number: number; notice: Notice } | null;
  colours: ReadonlyMap<string, string>;  // of the municipalities seen, by id
  stopped: readonly StoppedChannel[];
  offered: string | null;  // the conversation that the queue offers me
  incidentsTold: number;  // how often there was news of the incident log, or may have been
}

export const kStart: DeskState = {
  me: null,
  session: 'unknown',
  wasSignedOut: false,
  connection: 'connecting',
  retryAt: 0,
  clockAheadMs: 0,
  cards: cards.kNoCards,
  colleagues: [],
  loaded: false,
  openId: null,
  threads: new Map(),
  drafts: new Map(),
  unread: new Set(),
  notice: null,
  colours: new Map(),
  stopped: [],
  offered: null,
  incidentsTold: 0,
};
