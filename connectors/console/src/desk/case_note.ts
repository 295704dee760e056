// A conversation as text for the case system: what was asked, what was answered, and when.
import type { Texts } from '../texts/nn';
import type { DeskEvent } from '../wire/types';
import { stampOf } from './clock';
import type { Thread } from './thread';

export type NoteScope = 'last' | 'whole';

const hasWords = (event: DeskEvent) => event.kind === 'message' && event.from !== 'system' && Boolean(event.text);

// The citizen's words that were only the wish for a person.
function isWish(events: readonly DeskEvent[], event: DeskEvent): boolean {
  const next = events[events.indexOf(event) + 1];
  return event.from === 'citizen' && next?.kind === 'handoff' && next.reason === 'asked';
}

// What the citizen last wanted to know: the wish for a person is no question.
export function lastQuestion(events: readonly DeskEvent[]): string {
  const said = events.filter((event) => event.from === 'citizen' && hasWords(event) && !isWish(events, event));
  return said.at(-1)?.text ?? '';
}

// The last answer, the agent's if there is one, with what was asked before it.
function lastExchange(events: readonly DeskEvent[]): DeskEvent[] {
  const words = events.filter((event) => hasWords(event) && !isWish(events, event));
  const speakers = words.map((event) => event.from);
  const speaker = speakers.includes('agent') ? 'agent' : 'bot';
  const end = speakers.lastIndexOf(speaker);
  if (end < 0) return words;
  let begin = end;
  while (speakers[begin - 1] === speaker) begin -= 1;
  const answers = words.slice(begin, end + 1);
  const asked = speakers.slice(0, begin).lastIndexOf('citizen');
  let first = asked;
  while (speakers[first - 1] === 'citizen') first -= 1;
  return asked < 0 ? answers : [...words.slice(first, asked + 1), ...answers];
}

function speakerOf(event: DeskEvent, texts: Texts): string {
  if (event.from === 'agent') return event.name ?? texts.transcript.person;
  return event.from === 'bot' ? texts.transcript.bot : texts.transcript.citizen;
}

export function caseNote(thread: Thread, scope: NoteScope, texts: Texts): string {
  const { card, packet, events } = thread;
  const where = packet?.municipality?.full_name ?? card?.municipality?.name ?? texts.lists.noMunicipality;
  const head = [
    `${texts.caseNote.from(texts.channel(packet?.channel ?? card?.channel ?? ''))}`,
    `${texts.context.municipality}: ${where}`,
    `${texts.caseNote.conversation}: ${thread.id}`,
    ...(card?.topic_title ? [`${texts.caseNote.topic}: ${card.topic_title}`] : []),
    ...(packet?.form?.reference ? [`${texts.context.formReference}: ${packet.form.reference}`] : []),
  ];
  const said = scope === 'whole' ? events.filter(hasWords) : lastExchange(events);
  const lines = said.map((event) => {
    const kind = event.from === 'citizen' ? texts.caseNote.question : texts.caseNote.answer;
    const links = (event.links ?? []).map(({ label, url }) => `${label}: ${url}`);
    return [`${kind} (${speakerOf(event, texts)}, ${stampOf(event.at)}):`, event.text, ...links].join('\n');
  });
  return [head.join('\n'), ...lines].join('\n\n');
}
