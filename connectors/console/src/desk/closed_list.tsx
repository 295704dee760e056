// The latest conversations that have ended, for those who look for something a citizen asked a moment ago. Without
// their words: those are read by opening one, which is logged.
import { Heading } from '@digdir/designsystemet-react';
import { useId } from 'react';
import { kNoSearch, type FoundTranscript } from '../search/calls';
import { useFoundTranscripts } from '../search/found_transcripts';
import { useTexts } from '../texts/texts';
import { useWhen } from '../people/when';
import { useDesk } from './desk_context';
import { MunicipalityMark } from './municipality_mark';

const kClosed = { ...kNoSearch, state: 'closed' as const };

function Row({ found, isOpen, onOpen }: { found: FoundTranscript; isOpen: boolean; onOpen(id: string): void }) {
  const texts = useTexts();
  const when = useWhen();
  const outcomes: Record<string, string> = texts.confirmClose.outcomes;
  const facts = [
    found.outcome && (outcomes[found.outcome] ?? found.outcome),
    found.agents.map((agent) => agent.display_name).join(', '),
    texts.channel(found.channel),
  ];
  return (
    <li>
      <button type="button" className="row" aria-current={isOpen || undefined} data-conversation={found.id}
        onClick={() => onOpen(found.id)}>
        <span className="row-line">
          <MunicipalityMark municipality={found.municipality} />
          <time className="row-time" dateTime={found.last_at}>{when(found.last_at)}</time>
        </span>
        <span className="row-topic">{found.topic_title ?? texts.search.noTopic}</span>
        <span className="row-facts">
          {facts.filter(Boolean).map((fact) => <span key={fact}>{fact}</span>)}
        </span>
      </button>
    </li>
  );
}

export function ClosedList({ onOpen }: { onOpen(id: string): void }) {
  const texts = useTexts();
  const titleId = useId();
  const { openId } = useDesk();
  const { found } = useFoundTranscripts(kClosed);
  const rows = found?.found ?? [];
  return (
    <section className="list" data-list="closed" aria-labelledby={titleId} aria-busy={!found}>
      <Heading level={3} data-size="2xs" id={titleId} className="list-title">{texts.views.names.closed}</Heading>
      {rows.length === 0 ? (
        <p className="list-empty">
          {!found ? texts.loading : found.refusal ? texts.conversation.commandFailed : texts.views.noneClosed}
        </p>
      ) : (
        <ul>
          {rows.map((one) => <Row key={one.id} found={one} isOpen={one.id === openId} onOpen={onOpen} />)}
        </ul>
      )}
    </section>
  );
}
