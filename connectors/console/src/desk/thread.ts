// One conversation as the desk holds it: its events in the server's order, and what the agent has written that the
// server has not confirmed.
import type { Refusal } from '../wire/calls';
import type { Card, DeskEvent, MessageState, Opened, Packet } from '../wire/types';

export interface Outgoing {
  id: string;
  text: string;
  state: 'sending' | 'waiting' | 'refused';  // waiting: for the connection, then sent again with the same id
  refusal?: Refusal;
}

// A command that awaits its answer or was refused.
export type Verb =
  | 'take' | 'hand-back' | 'close' | 'note' | 'transfer' | 'decline' | 'invite' | 'leave' | 'park' | 'resume'
  | 'send-again';

export interface Thread {
  id: string;
  card: Card | null;
  packet: Packet | null;
  events: readonly DeskEvent[];
  outgoing: readonly Outgoing[];
  loading: boolean;
  refusal: Refusal | null;  // of opening it
  busy: Verb | null;
  commandRefusal: { verb: Verb; refusal: Refusal } | null;
  delivery: ReadonlyMap<number, MessageState>;  // by seq; empty on the web chat
  citizenTypingUntil: number;
  gone: boolean;  // left the desk: closed, erased or back with the bot
}

export function emptyThread(id: string, card: Card | null): Thread {
  return {
    id,
    card,
    packet: null,
    events: [],
    outgoing: [],
    loading: true,
    refusal: null,
    busy: null,
    commandRefusal: null,
    delivery: new Map(),
    citizenTypingUntil: 0,
    gone: false,
  };
}

export function lastSeq(thread: Thread): number {
  return thread.events.at(-1)?.seq ?? 0;
}

// A message is dropped when its event is there, which may be before its call is answered.
function settle(outgoing: readonly Outgoing[], event: DeskEvent, me: string): readonly Outgoing[] {
  if (event.from !== 'agent' || event.kind !== 'message' || (event.agent ?? me) !== me) return outgoing;
  const at = outgoing.findIndex((o) => (event.id ? o.id === event.id : o.text === event.text));
  if (at < 0) return outgoing;
  return outgoing.filter((_, index) => index !== at);
}

function withoutWords(events: readonly DeskEvent[], seqs: 'all' | readonly number[]): DeskEvent[] {
  return events.map((event) => {
    const emptied = seqs === 'all' ? event.text !== undefined : seqs.includes(event.seq);
    return emptied ? { ...event, text: '', choices: undefined, links: undefined } : event;
  });
}

function ordered(events: readonly DeskEvent[], event: DeskEvent): DeskEvent[] {
  if (!events.length || events[events.length - 1]!.seq < event.seq) return [...events, event];
  const at = events.findIndex((other) => other.seq > event.seq);
  return at < 0 ? [...events, event] : [...events.slice(0, at), event, ...events.slice(at)];
}

export function withEvent(thread: Thread, event: DeskEvent, me: string): Thread {
  const known = thread.events.some((other) => other.seq === event.seq);
  let events = known
    ? thread.events.map((other) => (other.seq === event.seq ? event : other))
    : ordered(thread.events, event);
  if (event.kind === 'redacted') events = withoutWords(events, event.seqs ?? []);
  if (event.kind === 'erased') events = withoutWords(events, 'all');
  const settled = known ? thread.outgoing : settle(thread.outgoing, event, me);
  const typingUntil = event.from === 'citizen' ? 0 : thread.citizenTypingUntil;
  return { ...thread, events, outgoing: settled, citizenTypingUntil: typingUntil };
}

export function withOpened(thread: Thread, opened: Opened, me: string): Thread {
  const fresh: Thread = {
    ...thread,
    card: newer(thread.card, opened.card),
    packet: opened.packet,
    loading: false,
    refusal: null,
    gone: false,
  };
  return opened.events.reduce((folded, event) => withEvent(folded, event, me), fresh);
}

export function withDelivery(thread: Thread, messages: readonly MessageState[]): Thread {
  const delivery = new Map(thread.delivery);
  for (const message of messages) delivery.set(message.seq, message);
  return { ...thread, delivery };
}

export function newer(have: Card | null, got: Card): Card {
  return have && have.seq > got.seq ? have : got;
}

// What changes the agent's picture enough to fetch the packet anew.
export function packetIsStale(before: Card | null, after: Card): boolean {
  return (
    !before ||
    before.owner !== after.owner ||
    before.municipality?.id !== after.municipality?.id ||
    before.language !== after.language ||
    before.reason !== after.reason ||
    before.safety !== after.safety ||
    before.message !== after.message ||
    before.topics.join() !== after.topics.join()
  );
}

const kThreadsKept = 12;

// Threads are kept for a quick return, the latest last; those with unsent words are never dropped.
export function withoutOldest(all: Map<string, Thread>, openId: string | null): Map<string, Thread> {
  for (const [id, thread] of all) {
    if (all.size <= kThreadsKept) break;
    if (id !== openId && !thread.outgoing.length && !thread.busy) all.delete(id);
  }
  return all;
}
