// Everything the desk knows, outside React, so that a lost session or a new sign-in does not lose a draft. Views
// subscribe to snapshots; each change makes a new one.
import * as calls from '../wire/calls';
import { LiveSocket, type Connection } from '../wire/live_socket';
import { isAgent, type Agent, type Card, type DeskEvent, type MessageState, type ServerFrame } from '../wire/types';
import * as cards from './cards';
import { Commands } from './commands';
import { kStart, type DeskState } from './desk_state';
import { DraftKeeper } from './draft_keeper';
import { holderOf } from './holder';
import type { Notice } from './notice';
import { Outbox } from './outbox';
import { Subscribers } from './subscribers';
import { Team } from './team';
import * as threads from './thread';
import type { Thread } from './thread';

const kTypingShownMs = 6_000;
const kTypingSentEveryMs = 3_000;

export class DeskStore {
  private state: DeskState = kStart;
  private readonly subscribers = new Subscribers();
  private socket: LiveSocket | null = null;
  private typingSentAt = 0;
  private readonly refreshing = new Map<string, boolean>();  // value: asked for again meanwhile

  readonly outbox = new Outbox({
    thread: (id) => this.state.threads.get(id),
    setThread: (thread) => this.setThread(thread),
    isLive: () => this.state.connection === 'live',
    author: () => ({ me: this.state.me, clockAheadMs: this.state.clockAheadMs }),
    refused: (id, refusal) => {
      if (!this.endsSession(refusal) && refusal.status === 409) void this.refresh(id);
    },
  });

  private readonly drafts = new DraftKeeper({
    draft: (id) => this.state.drafts.get(id) ?? '',
    isMine: (id) => {
      const thread = this.state.threads.get(id);
      return thread !== undefined && holderOf(thread, this.state.me).who === 'me';
    },
  });

  readonly commands = new Commands({
    thread: (id) => this.state.threads.get(id),
    setThread: (thread) => this.setThread(thread),
    taken: (card) => this.onCard(card),
    refused: (id, refusal) => {
      if (this.endsSession(refusal)) return true;
      if (refusal.status === 409) void this.refresh(id);
      return false;
    },
  });

  readonly team = new Team({
    colleagues: () => this.state.colleagues,
    setColleagues: (colleagues) => this.set({ colleagues }),
    refused: (refusal) => this.endsSession(refusal),
  });

  subscribe = this.subscribers.subscribe;
  snapshot = (): DeskState => this.state;

  // --- session

  async start(): Promise<void> {
    const answer = await calls.whoAmI();
    if (answer.ok) return this.signedIn(answer.value.agent);
    if (answer.refusal.code !== 'unreachable') return this.set({ session: 'signed_out' });
    this.set({ connection: 'lost' });
    setTimeout(() => void this.start(), 1000 + Math.random() * 2000);
  }

  // Null when it went well.
  async signIn(name: string, password: string, code = ''): Promise<calls.Refusal | null> {
    const answer = await calls.signIn(name, password, code);
    if (!answer.ok) return answer.refusal;
    this.signedIn(answer.value.agent);
    return null;
  }

  // After the account has changed.
  async refreshMe(): Promise<void> {
    const answer = await calls.whoAmI();
    if (!answer.ok) return void this.endsSession(answer.refusal);
    if (this.state.me?.must_enrol) return this.signedIn(answer.value.agent);
    this.set({ me: answer.value.agent });
  }

  async signOut(): Promise<void> {
    this.disconnect();
    await calls.signOut();
    this.set({ ...kStart, session: 'signed_out' });
  }

  private signedIn(me: Agent): void {
    const sameAgent = this.state.me?.name === me.name;
    const kept = sameAgent ? {} : { threads: new Map(), drafts: new Map(), openId: null };
    this.set({ ...kept, me, session: 'signed_in', wasSignedOut: false });
    this.disconnect();
    if (!isAgent(me)) return;
    this.socket = new LiveSocket({
      onConnection: this.onConnection,
      onFrame: (frame) => this.subscribers.frame(() => this.onFrame(frame)),
      isSignedOut: this.isSignedOut,
    });
  }

  // The server ended the session: the sign-in page is shown, but drafts and what is unsent stay in memory.
  private sessionEnded(): void {
    this.disconnect();
    this.set({ session: 'signed_out', wasSignedOut: true, cards: cards.kNoCards, loaded: false });
  }

  private isSignedOut = async (): Promise<boolean> => {
    const answer = await calls.whoAmI();
    const ended = !answer.ok && answer.refusal.status === 401;
    if (ended) this.sessionEnded();
    return ended;
  };

  private disconnect(): void {
    this.socket?.stop();
    this.socket = null;
  }

  // --- the socket

  reconnectNow = (): void => this.socket?.hurry();

  private onConnection = (connection: Connection, retryInMs: number): void => {
    const wasLost = this.state.connection !== 'live' && this.state.loaded;
    const isNew = connection !== this.state.connection;
    this.set({ connection, retryAt: retryInMs ? Date.now() + retryInMs : 0 });
    if (connection === 'lost' && isNew) this.tell({ kind: 'connection', state: 'lost' });
    if (connection !== 'live') return;
    if (wasLost) this.tell({ kind: 'connection', state: 'live' });
    for (const id of this.state.threads.keys()) this.outbox.resend(id);
    this.drafts.cameBack();
  };

  private onFrame = (frame: ServerFrame): void => {
    switch (frame.type) {
      case 'overview':
        return this.onOverview(frame);
      case 'card':
        return this.onCard(frame.card);
      case 'gone':
        return this.onGone(frame.id);
      case 'event':
        return this.onEvent(frame.conversation, frame.event);
      case 'typing':
        return this.onTyping(frame.conversation);
      case 'team':
        return this.set({ colleagues: frame.colleagues });
      case 'delivery':
        return this.onDelivery(frame.conversation, frame.messages);
      case 'channels':
        return this.set({ stopped: frame.stopped });
      case 'offered':
        return this.onOffered(frame.conversation);
      case 'incidents':
        return this.set({ incidentsTold: this.state.incidentsTold + 1 });
      case 'signed_out':
        return this.sessionEnded();
      case 'pong':
        return;
    }
  };

  private onOffered(id: string | null): void {
    const card = id === null ? undefined : this.state.cards.byId.get(id);
    const isNew = id !== this.state.offered;
    this.set({ offered: id });
    if (card && isNew) this.tell({ kind: 'pushed', card });
  }

  private onOverview(frame: Extract<ServerFrame, { type: 'overview' }>): void {
    const before = this.state.cards;
    const after = cards.fromOverview(frame.waiting, frame.mine, frame.others);
    const unseen = this.state.loaded
      ? frame.waiting.find((card) => before.byId.get(card.id)?.owner !== 'queue')
      : undefined;
    this.set({
      cards: after,
      offered: null,  // told anew behind this, if there is one
      loaded: true,
      stopped: [],  // told anew when there are any
      incidentsTold: this.state.incidentsTold + 1,
      clockAheadMs: Date.parse(frame.now) - Date.now() || 0,
    });
    for (const card of after.byId.values()) {
      this.learnColour(card.municipality);
      this.markUnread(before.byId.get(card.id), card);
    }
    if (unseen) this.tell({ kind: 'waiting', card: unseen });
    this.team.cameBack();
    for (const thread of this.state.threads.values()) {
      const card = after.byId.get(thread.id);
      this.setThread({ ...thread, gone: !card, card: card ?? thread.card });
    }
    const open = this.state.openId;
    if (!open) return;
    this.watch(open);
    void this.refresh(open);
  }

  private onCard(card: Card): void {
    const before = this.state.cards.byId.get(card.id);
    if (before && before.seq > card.seq) return;
    this.set({ cards: cards.withCard(this.state.cards, card) });
    this.learnColour(card.municipality);
    this.announceChange(before, card);
    const thread = this.state.threads.get(card.id);
    if (!thread) return;
    const stale = threads.packetIsStale(thread.card, card);
    this.setThread({ ...thread, card: threads.newer(thread.card, card), gone: false });
    if (stale && card.id === this.state.openId) void this.refresh(card.id);
  }

  private announceChange(before: Card | undefined, card: Card): void {
    const me = this.state.me?.name ?? '';
    if (cards.isForMe(card, me) && !(before && cards.isForMe(before, me))) this.tell({ kind: 'for_me', card });
    else if (card.owner === 'queue' && before?.owner !== 'queue') this.tell({ kind: 'waiting', card });
    const taker = card.owner === 'agent' ? card.agent : null;
    if (this.markUnread(before, card)) this.tell({ kind: 'answered', card });
    const seen = before !== undefined || card.id === this.state.openId;
    const changed = before?.owner !== 'agent' || before.agent?.name !== taker?.name;
    if (taker && seen && changed && taker.name !== this.state.me?.name) {
      this.tell({ kind: 'taken_by', name: taker.display_name, card });
    }
  }

  private markUnread(before: Card | undefined, card: Card): boolean {
    const isUnread = card.id !== this.state.openId && cards.hasNewWords(before, card, this.state.me?.name ?? '');
    if (isUnread) this.set({ unread: new Set(this.state.unread).add(card.id) });
    return isUnread;
  }

  private onGone(id: string): void {
    this.set({ cards: cards.withoutCard(this.state.cards, id) });
    const thread = this.state.threads.get(id);
    if (!thread) return;
    this.setThread({ ...thread, gone: true, busy: null, commandRefusal: null });
    if (id === this.state.openId) void this.refresh(id);
  }

  private onEvent(id: string, event: DeskEvent): void {
    const thread = this.state.threads.get(id);
    if (!thread) return;
    this.setThread(threads.withEvent(thread, event, this.state.me?.name ?? ''));
    if (event.from === 'agent' && event.kind === 'message' && event.agent === this.state.me?.name) this.drafts.said(id);
    if (event.from === 'bot') void this.refresh(id);  // what was understood has grown
  }

  private onDelivery(id: string, messages: readonly MessageState[]): void {
    const thread = this.state.threads.get(id);
    if (thread) this.setThread(threads.withDelivery(thread, messages));
  }

  private onTyping(id: string): void {
    const thread = this.state.threads.get(id);
    if (thread) this.setThread({ ...thread, citizenTypingUntil: Date.now() + kTypingShownMs });
  }

  // --- one conversation

  open(id: string): void {
    const before = this.state.openId;
    if (before && before !== id) this.socket?.send({ type: 'unwatch', conversation: before });
    const have = this.state.threads.get(id);
    const card = this.state.cards.byId.get(id) ?? null;
    const thread = have ? { ...have, commandRefusal: null } : threads.emptyThread(id, card);
    const unread = new Set(this.state.unread);
    unread.delete(id);
    this.set({ openId: id, unread });
    this.setThread(thread);
    this.watch(id);
    void this.refresh(id);
  }

  closeView(): void {
    const id = this.state.openId;
    if (id) this.socket?.send({ type: 'unwatch', conversation: id });
    this.set({ openId: null });
  }

  // Fetches card, packet and every event. One at a time per conversation; asked for meanwhile, it runs once more.
  private async refresh(id: string): Promise<void> {
    if (this.refreshing.has(id)) {
      this.refreshing.set(id, true);
      return;
    }
    this.refreshing.set(id, false);
    const answer = await calls.openConversation(id);
    const again = this.refreshing.get(id);
    this.refreshing.delete(id);
    const thread = this.state.threads.get(id);
    if (!thread) return;
    if (answer.ok) {
      this.learnColour(answer.value.packet.municipality);
      const gone = thread.gone && !this.state.cards.byId.has(id);
      const opened = threads.withOpened(thread, answer.value, this.state.me?.name ?? '');
      if (!thread.packet) this.takeUpDraft(id, answer.value.draft ?? '');
      this.setThread({ ...opened, gone });
    } else if (!this.endsSession(answer.refusal)) {
      this.setThread({ ...thread, loading: false, refusal: answer.refusal });
    }
    if (again) void this.refresh(id);
  }

  reload(id: string): void {
    const thread = this.state.threads.get(id);
    if (!thread) return;
    this.setThread({ ...thread, loading: true, refusal: null });
    this.watch(id);
    void this.refresh(id);
  }

  private watch(id: string): void {
    const thread = this.state.threads.get(id);
    const after = thread ? threads.lastSeq(thread) : 0;
    this.socket?.send({ type: 'watch', conversation: id, after });
  }

  private endsSession(refusal: calls.Refusal): boolean {
    if (refusal.status !== 401) return false;
    this.sessionEnded();
    return true;
  }

  // --- writing

  draft(id: string, text: string): void {
    const drafts = new Map(this.state.drafts);
    if (text) drafts.set(id, text);
    else drafts.delete(id);
    this.set({ drafts });
    this.drafts.changed(id);
    if (text && Date.now() - this.typingSentAt > kTypingSentEveryMs) {
      this.typingSentAt = Date.now();
      this.socket?.send({ type: 'typing', conversation: id });
    }
  }

  // What was begun before this page was there; what is being written here goes first.
  private takeUpDraft(id: string, text: string): void {
    this.drafts.learned(id, text);
    if (!text || this.state.drafts.has(id) || this.state.threads.get(id)?.outgoing.length) return;
    this.set({ drafts: new Map(this.state.drafts).set(id, text) });
  }

  say(id: string): void {
    const text = (this.state.drafts.get(id) ?? '').trim();
    if (!text) return;
    this.outbox.add(id, text);
    this.draft(id, '');
    this.typingSentAt = 0;
  }

  // Gives the words of a message that was refused back to the composer.
  takeBack(id: string, messageId: string): void {
    const text = this.outbox.remove(id, messageId);
    const draft = this.state.drafts.get(id);
    if (text) this.draft(id, draft ? `${text}\n${draft}` : text);
  }

  // --- plumbing

  private learnColour(municipality: { id: string; colour?: string } | null): void {
    if (!municipality?.colour || this.state.colours.get(municipality.id) === municipality.colour) return;
    this.set({ colours: new Map(this.state.colours).set(municipality.id, municipality.colour) });
  }

  private tell(notice: Notice): void {
    this.set({ notice: { number: (this.state.notice?.number ?? 0) + 1, notice } });
  }

  private setThread(thread: Thread): void {
    const all = new Map(this.state.threads);
    all.delete(thread.id);
    all.set(thread.id, thread);
    this.set({ threads: threads.withoutOldest(all, this.state.openId) });
  }

  private set(change: Partial<DeskState>): void {
    this.state = { ...this.state, ...change };
    this.subscribers.changed();
  }
}
