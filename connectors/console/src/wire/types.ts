// The desk's wire, version 1 (connectors/desk/README.md). Fields may be added by the server at any time.

export interface Agent {
  name: string;
  display_name: string;
  roles?: string[];
  must_enrol?: boolean;  // can do nothing but set up a second factor
  second_factor?: boolean;
  recovery_codes_left?: number;
}

// Whether there is a desk for this account: others administer or write.
export const isAgent = (me: Agent | null) => Boolean(me?.roles?.includes('agent') && !me.must_enrol);

export interface HeldBy {
  name: string;
  display_name: string;
}

export interface MunicipalityName {
  id: string;
  name: string;
  colour?: string;
}

export type Owner = 'none' | 'bot' | 'queue' | 'agent';

export interface Card {
  id: string;
  seq: number;
  owner: Owner;
  agent: HeldBy | null;
  site: string;
  municipality: MunicipalityName | null;
  language: string;
  channel: string;
  waiting_since: string | null;
  last_at: string;
  reason: string | null;
  safety: string | null;
  preview: string;
  topics: string[];
  topic_title: string;
  form?: SentForm | null;
  message?: boolean;  // a form that was left: nobody sits and waits
  parked?: boolean;
  invited?: string[];  // log-in names of colleagues who read along
  transfer?: TransferOffer | null;
  reply_until?: string | null;  // when the platform takes no more answers
}

// A transfer that somebody may still accept.
export interface TransferOffer {
  kind: 'warm' | 'cold';
  from: HeldBy;
  to: string | null;  // log-in name; null: whoever serves the unit
  unit: string;
  name: string;  // of the agent or the unit
  at: string;
}

export type Availability = 'online' | 'away' | 'phone' | 'offline';

export interface Colleague {
  name: string;
  display_name: string;
  availability: Availability;
  load: number;
  capacity: number;
}

// What a form that was sent is called, in each language.
export interface SentForm {
  id: string;
  nn: string;
  nb: string;
  en: string;
}

// An answer of the knowledge base, with the municipality's facts.
export interface FoundArticle {
  id: string;
  title: string;
  topic: string;
  kind: string;
  unit: string;
  law: string;
  review: string;
  passage: { text: string; found: boolean }[];
  for_agents_only: boolean;
  short_answer: string;
  answer: string;
  language: string;
  links: { label: string; url: string; sample: boolean }[];
  sample: boolean;
  missing: string[];
  note: string;
  may_send: boolean;
}

export interface Fact {
  key: string;
  label: string;
  value: string;
  sample: boolean;
  source?: string;
}

export interface Municipality extends MunicipalityName {
  full_name: string;
  number: string;
  colour: string;
  facts: Fact[];
}

export interface Understanding {
  seq: number;
  topics: string[];
  title: string;
  confidence: number;
  how: string;
  outcome: string;
}

export interface Packet {
  version: number;
  reason: string | null;
  municipality: Municipality | null;
  controller: string | null;
  page: { url: string; title: string } | null;
  language: string;
  channel: string;
  opened_at: string;
  waiting_since: string | null;
  understood: Understanding[];
  articles_shown: { id: string; title: string }[];
  safety: string | null;
  notice_version: string;
  misses: number;
  form?: FilledForm | null;
}

export interface FilledForm {
  id: string;
  title: string;
  reference: string;
  sent: boolean;
  values: { key: string; label: string; value: string; seq: number }[];
}

// Why the bot answered as it did. Spans are bytes (UTF-8) in the citizen's message that it answers.
export type Span = [number, number];
export interface Because {
  how: string;
  rule: string;
  matched: Span[];
  candidates: { article: string; title: string; score: number; how: string; lost: string }[];
  municipality_from: string;
  language_from: string;
  readings: { original: Span; as: string; how: string }[];
  in_scope?: number;
  in_scope_min?: number;
}

export interface DeskEvent {
  seq: number;
  at: string;
  id?: string;  // the writer's own id of a message
  from: 'citizen' | 'bot' | 'agent' | 'system';
  kind: string;
  text?: string;
  reply_to?: string;
  choices?: { id: string; label: string }[];
  links?: { label: string; url: string; sample?: boolean }[];
  article?: string;
  name?: string;
  agent?: string;
  colleague?: HeldBy;
  transfer?: { kind: 'warm' | 'cold'; to: string | null; unit: string; name: string };
  end?: 'declined' | 'timed_out' | 'withdrawn';
  delay?: string;
  opens?: string | null;
  outcome?: string;
  topics?: string[];
  by?: 'citizen' | 'agent' | 'inactivity';
  reason?: string;
  language?: string;
  masked?: boolean;
  edits?: number;  // the message this one replaces
  what?: string;  // of «sent_other»: image, audio, video, file, sticker, location, contact, other
  score?: number;
  seqs?: number[];
  sample?: boolean;
  safety?: string | null;
  because?: Because;
  incident?: string;
  municipality?: Pick<Municipality, 'id' | 'name'> | null;
  confidence?: number;
  release?: number;
}

export interface Opened {
  card: Card;
  packet: Packet;
  events: DeskEvent[];
  draft?: string;  // what this agent had begun to write
}

// What the editors wrote for agents, with the facts of the citizen's municipality.
export interface Reply {
  id: string;
  title: string;
  text: string;
  language: string;
  sample: boolean;
  missing: string[];  // slots without a value: not to be sent
}

// How far a message has come on a messaging platform.
export interface MessageState {
  seq: number;
  state: 'pending' | 'sending' | 'uncertain' | 'sent' | 'delivered' | 'read' | 'failed';
  why: string;  // a code, with failed and uncertain
}

// An account of a messaging platform that takes nothing at present.
export interface StoppedChannel {
  channel: string;
  municipality: MunicipalityName;
  why: string;
}

export type ServerFrame =
  | { type: 'overview'; waiting: Card[]; mine: Card[]; others: Card[]; now: string }
  | { type: 'card'; card: Card }
  | { type: 'gone'; id: string }
  | { type: 'event'; conversation: string; event: DeskEvent }
  | { type: 'typing'; conversation: string }
  | { type: 'team'; colleagues: Colleague[] }
  | { type: 'delivery'; conversation: string; messages: MessageState[] }
  | { type: 'channels'; stopped: StoppedChannel[] }
  | { type: 'incidents' }
  | { type: 'offered'; conversation: string | null; until: string | null }  // by the queue, to me
  | { type: 'signed_out' }
  | { type: 'pong' };

export type DeskFrame =
  | { type: 'watch'; conversation: string; after: number }
  | { type: 'unwatch'; conversation: string }
  | { type: 'typing'; conversation: string }
  | { type: 'ping' };
