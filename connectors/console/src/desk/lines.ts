// How an event of the log is shown: as somebody's words, as a turn in the conversation, or not at all.
import type { Texts } from '../texts/nn';
import type { DeskEvent } from '../wire/types';

export type Line =
  | { shape: 'words'; speaker: 'citizen' | 'bot' | 'agent'; event: DeskEvent }
  | { shape: 'notice'; event: DeskEvent }
  | { shape: 'turn'; title: string; event: DeskEvent; weight: 'strong' | 'plain' };

// Whose eyes read: the agent at this desk, and what the other agents in the conversation are called.
export interface Reader {
  texts: Texts;
  me: string;
  names: ReadonlyMap<string, string>;
}

type Turn = (event: DeskEvent, reader: Reader) => string;

const isMine = (event: DeskEvent, { me }: Reader) => event.agent !== undefined && event.agent === me;
const nameOf = (event: DeskEvent, { names }: Reader) => event.name ?? names.get(event.agent ?? '') ?? event.agent ?? '';

const left: Turn = (event, reader) => {
  const { transcript } = reader.texts;
  if (event.from === 'citizen') return transcript.returned;
  return isMine(event, reader) ? transcript.leftYou : transcript.left(nameOf(event, reader));
};

const closed: Turn = (event, reader) => {
  const { transcript } = reader.texts;
  if (event.by === 'citizen') return transcript.closedByCitizen;
  if (event.by === 'inactivity') return transcript.closedBySilence;
  if (!event.agent) return transcript.closed;
  return isMine(event, reader) ? transcript.closedByYou : transcript.closedBy(nameOf(event, reader));
};

const joined: Turn = (event, reader) => {
  const { transcript } = reader.texts;
  return isMine(event, reader) ? transcript.joinedYou : transcript.joined(nameOf(event, reader));
};

const handoff: Turn = (event, { texts }) =>
  event.reason ? `${texts.transcript.handoff}: ${texts.reason(event.reason)}` : texts.transcript.handoff;

const kTurns: Record<string, Turn> = {
  handoff,
  joined,
  left,
  returned: left,
  closed,
  asked: (_, { texts }) => texts.transcript.asked,
  reopened: (_, { texts }) => texts.transcript.reopened,
  language: (event, { texts }) => texts.transcript.languageSet(texts.language(event.language ?? '')),
  redacted: (_, { texts }) => texts.transcript.redactedLine,
  erased: (_, { texts }) => texts.transcript.erased,
  rated: (event, { texts }) => texts.transcript.rated(event.score ?? 0),
};
const kStrong = new Set(['handoff', 'joined', 'left', 'returned', 'closed']);

export function readerOf(events: readonly DeskEvent[], texts: Texts, me: string): Reader {
  const names = new Map<string, string>();
  for (const event of events) {
    if (event.agent && event.name) names.set(event.agent, event.name);
  }
  return { texts, me, names };
}

export function lineOf(event: DeskEvent, reader: Reader): Line | null {
  const turn = kTurns[event.kind];
  if (turn) {
    const weight = kStrong.has(event.kind) ? 'strong' : 'plain';
    return { shape: 'turn', title: turn(event, reader), event, weight };
  }
  if (event.kind === 'message' && event.from !== 'system') return { shape: 'words', speaker: event.from, event };
  return event.text ? { shape: 'notice', event } : null;
}
