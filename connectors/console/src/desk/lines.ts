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

const transfer: Turn = (event, reader) =>
  reader.texts.transcript.transfer(nameOf(event, reader), event.transfer?.name ?? '');

const returned: Turn = (event, { texts }) => texts.transcript.transferEnds[event.end ?? 'declined'];

const deferred: Turn = (event, { texts }) => texts.transcript.deferred(texts.delay(event.delay ?? ''));

const kTurns: Record<string, Turn> = {
  transfer,
  transfer_accepted: (event, reader) => reader.texts.transcript.transferAccepted(nameOf(event, reader)),
  transfer_returned: returned,
  deferred,
  queue: (event, { texts }) => texts.transcript.waitIsLong(texts.delay(event.delay ?? '')),
  lost: (event, reader) => reader.texts.transcript.agentLost(nameOf(event, reader)),
  note: (event, reader) => reader.texts.transcript.note(nameOf(event, reader)),
  invited: (event, reader) =>
    reader.texts.transcript.invited(nameOf(event, reader), event.colleague?.display_name ?? ''),
  colleague_left: (event, reader) => reader.texts.transcript.colleagueLeft(nameOf(event, reader)),
  parked: (event, reader) => reader.texts.transcript.parked(nameOf(event, reader)),
  resumed: (event, reader) => reader.texts.transcript.resumed(nameOf(event, reader)),
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
  sent_other: (event, { texts }) => texts.transcript.sentOther(event.what ?? 'other'),
  withdrew: (_, { texts }) => texts.transcript.withdrew,
  elsewhere: (_, { texts }) => texts.transcript.elsewhere,
  contact: (event, reader) => reader.texts.transcript.contact(nameOf(event, reader)),
  rated: (event, { texts }) => texts.transcript.rated(event.score ?? 0),
};
const kStrong = new Set(['handoff', 'joined', 'left', 'returned', 'closed', 'lost', 'transfer']);

// Kinds that the citizen never sees, though they may have words.
const kPrivate = new Set([
  'transfer', 'transfer_accepted', 'transfer_returned', 'deferred', 'note', 'invited', 'colleague_left', 'parked',
  'resumed', 'contact',
]);

export const isPrivate = (event: DeskEvent): boolean => kPrivate.has(event.kind);

export function readerOf(events: readonly DeskEvent[], texts: Texts, me: string): Reader {
  const names = new Map<string, string>();
  for (const event of events) {
    if (event.agent && event.name) names.set(event.agent, event.name);
    if (event.colleague) names.set(event.colleague.name, event.colleague.display_name);
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
