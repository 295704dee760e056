// The frames of the public contract, web chat version 1, as the widget reads and writes them. Unknown fields and
// kinds are allowed everywhere: a newer server must not break an older page.

export type Language = 'nn' | 'nb' | 'en';
export type Owner = 'bot' | 'queue' | 'agent';

export interface Credentials {
  conversation: string;
  token: string;
}

export interface Hello {
  type: 'hello';
  site: string;
  language?: Language;
  page?: { url: string; title: string };
  resume?: (Credentials & { after: number }) | { code: string };
  incidents?: string;  // the version of the banner shown
}

// What the citizen does. Every one has the client's own id, so sending it again is harmless.
export type Deed =
  | { type: 'say'; id: string; text: string }
  | { type: 'choose'; id: string; choice: string }
  | { type: 'rate'; id: string; score: number }
  | { type: 'human' | 'bot' | 'close' | 'delete'; id: string };

// Of the moment only: never kept, never repeated.
export type Passing =
  | { type: 'typing' }
  | { type: 'ping' }
  | { type: 'seen'; seq: number }
  | { type: 'code'; id: string };

export type ClientFrame = Hello | Deed | Passing;

export interface Choice {
  id: string;
  label: string;
}

export interface Link {
  label: string;
  url: string;
  sample?: boolean;
}

export interface ChatEvent {
  type: 'event';
  seq: number;
  at: string;
  from: 'bot' | 'agent' | 'system' | 'citizen';
  kind: string;
  id?: string;
  reply_to?: string;
  text?: string;
  choices?: Choice[];
  links?: Link[];
  title?: string;
  name?: string;
  sample?: boolean;
  municipality?: { id: string; name: string };
  language?: Language;
  safety?: string | null;
  seqs?: number[];
}

export interface Welcome extends Credentials {
  type: 'welcome';
  seq: number;
  language: Language;
  site?: { id: string; name: string; colour?: string };
  notice?: { version: string; text: string; controller: string; days: number };
  owner?: Owner;
  agents?: 'open' | 'closed';
  opens?: string;
}

export interface Place {
  type: 'place';
  waiting: number;  // how many are served before this citizen
  // About so long yet, from and to; null when it cannot be told.
  minutes: [number, number] | null;
}

export interface IncidentText {
  language: Language;
  text: string;
}

// All that is out of order where the citizen is; an empty list when nothing is any more.
export interface IncidentNews {
  type: 'incident';
  version: string;
  incidents: { id: string; from: string; to: string; texts: IncidentText[]; crisis?: boolean }[];
}

export interface Failure {
  type: 'error';
  id?: string;
  code: string;
  text?: string;
  retry_after_ms?: number;
}

export type ServerFrame =
  | Welcome
  | ChatEvent
  | Place
  | IncidentNews
  | Failure
  | { type: 'ack'; id: string; seq: number; text?: string }
  | { type: 'code'; code: string; expires: string }
  | { type: 'typing'; from: string }
  | { type: 'pong' };
