// How an event of the log is shown in the transcript: as somebody's words, as a turn in the conversation, or not at all.
import type { Texts } from '../texts/nn';
import type { DeskEvent } from '../wire/types';

export type Line =
  | { shape: 'words'; speaker: 'citizen' | 'bot' | 'agent'; event: DeskEvent }
  | { shape: 'notice'; event: DeskEvent }
  | { shape: 'turn'; title: string; event: DeskEvent; weight: 'strong' | 'plain' };

type Turn = (event: DeskEvent, texts: Texts, me: string) => string;

const isMe = (event: DeskEvent, me: string) => event.agent !== undefined && event.agent === me;

const left: Turn = (event, texts, me) => {
  if (event.from !== 'agent' && !event.name) return texts.transcript.leftUnknown;
  return isMe(event, me) ? texts.transcript.leftYou : texts.transcript.left(event.name ?? '');
};

const kTurns: Record<string, Turn> = {
  handoff: (_, texts) => texts.transcript.handoff,
  asked: (_, texts) => texts.transcript.asked,
  human: (_, texts) => texts.transcript.asked,
  joined: (event, texts, me) =>
    isMe(event, me) ? texts.transcript.joinedYou : texts.transcript.joined(event.name ?? ''),
  left,
  returned: left,
  handed_back: left,
  closed: (_, texts) => texts.transcript.closed,
  reopened: (_, texts) => texts.transcript.reopened,
  redacted: (_, texts) => texts.transcript.redactedLine,
  erased: (_, texts) => texts.transcript.erased,
  rated: (event, texts) => texts.transcript.rated(event.score ?? 0),
};
const kStrong = new Set(['handoff', 'joined', 'left', 'returned', 'handed_back', 'closed']);

// Kinds that stand for words somebody said.
const kSpoken = new Set(['message', 'choice', 'chose']);

export function lineOf(event: DeskEvent, texts: Texts, me: string): Line | null {
  const turn = kTurns[event.kind];
  if (turn) {
    return { shape: 'turn', title: turn(event, texts, me), event, weight: kStrong.has(event.kind) ? 'strong' : 'plain' };
  }
  if (kSpoken.has(event.kind) && event.from !== 'system') return { shape: 'words', speaker: event.from, event };
  return event.text ? { shape: 'notice', event } : null;
}
