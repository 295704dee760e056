// Conversations that have been at the desk, found by words and by what is known of them. Their words are read by
// opening one, which is logged.
import { Button, Heading } from '@digdir/designsystemet-react';
import { MunicipalityMark } from '../desk/municipality_mark';
import { RefusalAlert } from '../people/form_parts';
import { useWhen } from '../people/when';
import { useTexts } from '../texts/texts';
import type { FoundTranscript, Search } from './calls';
import { useFoundTranscripts } from './found_transcripts';
import { SearchForm } from './search_form';

function Row({ found, onOpen }: { found: FoundTranscript; onOpen(id: string): void }) {
  const texts = useTexts();
  const when = useWhen();
  const outcomes: Record<string, string> = texts.confirmClose.outcomes;
  const facts = [
    found.closed ? texts.search.closed : texts.search.open,
    found.outcome && (outcomes[found.outcome] ?? found.outcome),
    found.agents.map((agent) => agent.display_name).join(', '),
    texts.channel(found.channel),
  ];
  return (
    <li className="row">
      <div className="row-words">
        <MunicipalityMark municipality={found.municipality} />
        <strong>{found.topic_title ?? texts.search.noTopic}</strong>
        <span className="quiet">
          <time dateTime={found.last_at}>{when(found.last_at)}</time> · {facts.filter(Boolean).join(' · ')}
        </span>
      </div>
      <Button variant="secondary" data-size="sm" onClick={() => onOpen(found.id)}>
        {texts.search.read}
        <span className="ds-sr-only">
          : {found.municipality.name}, {found.topic_title ?? texts.search.noTopic}, {when(found.last_at)}
        </span>
      </Button>
    </li>
  );
}

interface SearchPageProps {
  search: Search;  // kept while the agent reads what was found
  onSearch(search: Search): void;
  onOpen(id: string): void;
}

export function SearchPage({ search, onSearch, onOpen }: SearchPageProps) {
  const texts = useTexts();
  const { found, further } = useFoundTranscripts(search);
  const count = found?.found.length ?? 0;
  const isFresh = found?.of === search;
  return (
    <>
      <section className="block"><SearchForm search={search} onSearch={onSearch} /></section>
      <section className="block" aria-busy={!isFresh}>
        <Heading level={3} data-size="2xs">{texts.search.results}</Heading>
        <p className="quiet" role="status">
          {!found ? texts.loading : found.before ? texts.search.atLeast(count) : texts.context.hits(count)}
        </p>
        <RefusalAlert refusal={found?.refusal ?? null} />
        {count > 0 && (
          <ul className="rows">
            {found?.found.map((one) => <Row key={one.id} found={one} onOpen={onOpen} />)}
          </ul>
        )}
        {found?.before && (
          <Button variant="secondary" className="search-further" onClick={() => void further()}>
            {texts.search.further}
          </Button>
        )}
        <p className="quiet">{texts.search.logged}</p>
      </section>
    </>
  );
}
