// One citizen's conversation as this page knows it: who owns it, how far it has been read, what waits to be sent.
// Tells a listener (the panel) what changed; never touches the page itself.
import { Connection, type ConnectionUser, type State } from '../wire/connection';
import type {
  ChatEvent, Choice, Credentials, Deed, Failure, Hello, IncidentNews, Language, Owner, Place, ServerFrame, Welcome,
} from '../wire/frames';
import { newId, Outbox } from './outbox';
import type { OutboxItem, SessionStore } from './session_store';

const kRetryMsMin = 1_000;
const kAgentTypesForMs = 6_000;
const kTypingEveryMs = 3_000;
// Refusals that pass by themselves: the message stays in the outbox and is sent again.
const kPassing = new Set(['rate', 'unavailable', 'overloaded']);
// Refusals of the key itself: the conversation cannot be had again.
const kLost = new Set(['bad_token', 'bad_conversation', 'unknown_conversation', 'gone']);

export type Phase = 'open' | 'closed' | 'erased';

export interface Listener {
  welcomed(welcome: Welcome, fresh: boolean): void;
  happened(event: ChatEvent): void;  // each seq once; not the citizen's own that are shown already
  sending(item: OutboxItem): void;
  arrived(id: string, seq: number, text?: string): void;
  refused(item: OutboxItem): void;
  caughtUp(): void;  // the history up to the welcome has been told
  changed(): void;  // anything below: owner, phase, place, state of the connection, language
  code(code: string, expires: string): void;
  trouble(text: string): void;  // a text of the server that belongs to no message
  lost(drafts: string[]): void;  // the old conversation is gone; what was unsent comes back to the citizen
  erased(): void;
}

export interface Settings {
  origin: string;
  site: string;
  language: Language | undefined;
}

export class Conversation implements ConnectionUser {
  owner: Owner = 'bot';
  phase: Phase = 'open';
  place: Place | undefined;
  incidents: IncidentNews | undefined;
  agentTyping = false;
  agent = '';
  welcome: Welcome | undefined;
  readonly connection: Connection;

  private readonly outbox: Outbox;
  private readonly seen = new Set<number>();
  private read = 0;  // the last seq the server has told us of: what we resume after
  private target = 0;  // the history ends here
  private code: string | undefined;  // of another device, while it is being tried
  private before: Credentials | undefined;  // where we were before that
  private typingTimer = 0;
  private typedAt = -kTypingEveryMs;

  constructor(
    private readonly settings: Settings,
    private readonly store: SessionStore,
    private readonly listener: Listener,
  ) {
    this.outbox = new Outbox(store);
    this.connection = new Connection(settings.origin, this);
    this.connection.polling = store.get().polling ?? false;
  }

  get language(): Language {
    return this.store.get().language ?? this.settings.language ?? 'nn';
  }

  // First the citizen's click, or the same conversation on the tab's next page.
  start() {
    for (const item of this.outbox.items()) this.listener.sending(item);
    this.connection.start();
  }

  say(text: string) {
    this.commit({ type: 'say', id: newId(), text }, text);
  }

  choose(choice: Choice) {
    this.commit({ type: 'choose', id: newId(), choice: choice.id }, choice.label);
  }

  rate(score: number) {
    this.commit({ type: 'rate', id: newId(), score });
  }

  ask(type: 'human' | 'bot' | 'close' | 'delete') {
    if (!this.outbox.holds(type)) this.commit({ type, id: newId() });
  }

  waitsFor(type: Deed['type']): boolean {
    return this.outbox.holds(type);
  }

  askCode() {
    this.connection.send({ type: 'code', id: newId() });
  }

  typing() {
    if (this.owner === 'bot' || performance.now() - this.typedAt < kTypingEveryMs) return;
    this.typedAt = performance.now();
    this.connection.send({ type: 'typing' });
  }

  markSeen() {
    if (this.owner === 'agent' && this.read) this.connection.send({ type: 'seen', seq: this.read });
  }

  retry(id: string) {
    const item = this.outbox.find(id);
    if (!item) return;
    delete item.failed;
    this.connection.send(item.deed);
    this.listener.changed();
  }

  withdraw(id: string): string {
    return this.outbox.remove(id)?.text ?? '';
  }

  // A new, unknown conversation; with a code, the one that another device holds.
  restart(code?: string) {
    this.connection.stop();
    const before = this.credentials();
    this.reset();
    this.code = code;
    this.before = code === undefined ? undefined : before;
    this.connection.start();
  }

  transcript(): Promise<Response> {
    const { conversation, token } = this.credentials() ?? { conversation: '', token: '' };
    const query = new URLSearchParams({ conversation });
    return fetch(`${this.settings.origin}/chat/v1/transcript?${query}`, {
      headers: { Authorization: `Bearer ${token}` },
      credentials: 'omit',
      cache: 'no-store',
    });
  }

  // Position: what the transports need to know.
  hello(): Hello {
    const credentials = this.credentials();
    const hello: Hello = {
      type: 'hello',
      site: this.settings.site,
      // Without query and fragment: they may hold what the citizen did not mean to tell.
      page: { url: location.origin + location.pathname, title: document.title },
    };
    if (this.incidents) hello.incidents = this.incidents.version;
    if (this.settings.language) hello.language = this.settings.language;
    if (this.code !== undefined) hello.resume = { code: this.code };
    else if (credentials) hello.resume = { ...credentials, after: this.read };
    return hello;
  }

  credentials(): Credentials | undefined {
    return this.store.get().credentials;
  }

  after(): number {
    return this.read;
  }

  connectionChanged(state: State) {
    if (state !== 'open') this.agentTyping = false;
    this.store.put({ polling: this.connection.polling });
    this.listener.changed();
  }

  received(frame: ServerFrame) {
    if (frame.type === 'welcome') this.welcomed(frame);
    else if (frame.type === 'event') this.happened(frame);
    else if (frame.type === 'ack') this.acknowledged(frame.id, frame.seq, frame.text);
    else if (frame.type === 'error') this.failed(frame);
    else if (frame.type === 'code') this.listener.code(frame.code, frame.expires);
    else if (frame.type === 'place') this.changeTo({ place: frame });
    else if (frame.type === 'incident') this.changeTo({ incidents: frame });
    else if (frame.type === 'typing') this.agentTypes();
  }

  private commit(deed: Deed, text = '') {
    const item: OutboxItem = { deed, text };
    this.outbox.add(item);
    this.listener.sending(item);
    this.connection.send(deed);
    this.listener.changed();
  }

  private welcomed(welcome: Welcome) {
    const { conversation, token, language } = welcome;
    const fresh = this.welcome === undefined;
    this.code = this.before = undefined;
    this.welcome = welcome;
    this.target = welcome.seq;
    const owner = welcome.owner ?? this.owner;
    this.store.put({ credentials: { conversation, token }, language, owner });
    this.changeTo({ owner });
    this.listener.welcomed(welcome, fresh);
    for (const item of this.outbox.items()) {
      if (item.failed === undefined) this.connection.send(item.deed);
    }
    this.checkCaughtUp();
  }

  private happened(event: ChatEvent) {
    this.read = Math.max(this.read, event.seq);
    if (!this.seen.has(event.seq)) {
      this.seen.add(event.seq);
      const mine = event.id === undefined ? undefined : this.outbox.remove(event.id);
      this.follow(event);
      this.store.put({ owner: this.owner });
      if (mine?.text) this.listener.arrived(mine.deed.id, event.seq, event.text);
      else this.listener.happened(event);
      this.listener.changed();
      if (this.phase === 'erased') this.forget();
    }
    this.checkCaughtUp();
  }

  // What an event means for who owns the conversation, whatever the welcome said before.
  private follow(event: ChatEvent) {
    const { kind, from } = event;
    if (event.seq > this.target) {
      if (kind === 'handoff' || kind === 'queue') this.owner = 'queue';
      else if (kind === 'joined' || (from === 'agent' && kind === 'message')) this.owner = 'agent';
      else if (['left', 'returned', 'reopened', 'closed'].includes(kind)) this.owner = 'bot';
      else if (from === 'bot' && kind === 'message') this.owner = 'bot';
      if (from === 'agent') this.agentTyping = false;
    }
    if (from === 'agent' || kind === 'joined') this.agent = event.name ?? this.agent;
    if (kind === 'closed') this.phase = 'closed';
    else if (kind === 'erased') this.phase = 'erased';
    else if (kind === 'reopened' || kind === 'message') this.phase = 'open';
    if (this.owner !== 'queue') this.place = undefined;
    if (kind === 'language' && event.language) this.store.put({ language: event.language });
  }

  private checkCaughtUp() {
    if (this.read >= this.target) this.listener.caughtUp();
  }

  private acknowledged(id: string, seq: number, text?: string) {
    const item = this.outbox.remove(id);
    if (item?.text) {
      // On the screen already. What other deeds led to is told by an event, perhaps of this very seq.
      this.seen.add(seq);
      this.listener.arrived(id, seq, text);
    }
    const type = item?.deed.type;
    if (type === 'delete') this.forget();
    else if (type === 'close') this.changeTo({ phase: 'closed' });
    else if (type === 'bot') this.changeTo({ owner: 'bot' });
    this.listener.changed();
  }

  private failed(failure: Failure) {
    if (this.code !== undefined) return this.goBack(failure.text);
    if (kLost.has(failure.code)) return this.lose();
    const item = failure.id === undefined ? undefined : this.outbox.find(failure.id);
    if (!item) {
      if (failure.text) this.listener.trouble(failure.text);
      return;
    }
    if (kPassing.has(failure.code)) {
      const delay = Math.max(failure.retry_after_ms ?? 0, kRetryMsMin) * (1 + Math.random());
      window.setTimeout(() => this.retry(item.deed.id), delay);
      return;
    }
    if (item.text) {
      this.outbox.fail(item.deed.id, failure.text ?? failure.code);
      this.listener.refused(item);
    } else {
      this.outbox.remove(item.deed.id);
      if (failure.text) this.listener.trouble(failure.text);
    }
    this.listener.changed();
  }

  private lose() {
    const drafts = this.outbox.items().map((item) => item.text).filter(Boolean);
    this.restart();
    this.listener.lost(drafts);
  }

  // The code of another device was no good: on with the conversation we had.
  private goBack(why: string | undefined) {
    const { before } = this;
    this.restart();
    this.store.put({ credentials: before });
    if (why) this.listener.trouble(why);
  }

  private forget() {
    this.connection.stop();
    this.reset();
    this.phase = 'erased';
    this.listener.erased();
  }

  private reset() {
    const { open, polling } = this.store.get();
    this.store.forget();
    this.store.put({ open: open ?? true, polling: polling ?? false });
    this.seen.clear();
    this.welcome = undefined;
    this.code = this.before = undefined;
    this.read = this.target = 0;
    this.changeTo({ owner: 'bot', phase: 'open', place: undefined, incidents: undefined, agentTyping: false });
  }

  private agentTypes() {
    clearTimeout(this.typingTimer);
    this.typingTimer = window.setTimeout(
      () => this.changeTo({ agentTyping: false }), kAgentTypesForMs);
    this.changeTo({ agentTyping: true });
  }

  private changeTo(change: Partial<Pick<Conversation, 'owner' | 'phase' | 'place' | 'incidents' | 'agentTyping'>>) {
    Object.assign(this, change);
    this.listener.changed();
  }
}
