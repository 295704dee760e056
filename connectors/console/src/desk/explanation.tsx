// Why the robot said what it said: the citizen's words that decided, what they were read as, what else was weighed.
import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts';
import type { Because, DeskEvent, Span } from '../wire/types';
import { Item } from './context_part';
import { VisibleText } from './visible_text';

// The log counts bytes, the browser UTF-16 units.
export function wordsAt(text: string, [begin, end]: Span): string {
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(begin, end));
}

const percentOf = (share: number) => Math.round(Math.max(0, Math.min(1, share)) * 100);

function Quotes({ asked, spans }: { asked: string; spans: readonly Span[] }) {
  return spans.map((span) => (
    <q key={span.join()}><VisibleText text={wordsAt(asked, span)} /></q>
  ));
}

function Candidates({ because }: { because: Because }) {
  const texts = useTexts();
  return (
    <ol className="candidates">
      {because.candidates.map(({ article, title, score, how, lost }) => (
        <li key={`${article} ${how}`} data-lost={lost || undefined}>
          <span className="meter" aria-hidden="true"><i style={{ width: `${percentOf(score)}%` }} /></span>
          <span>
            {title || article}, {texts.percent(percentOf(score))} · {texts.how(how)}
            {lost && ` · ${texts.explanation.lost(lost)}`}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Scope({ because }: { because: Because }): ReactNode {
  const texts = useTexts();
  if (because.in_scope === undefined || because.in_scope_min === undefined) return null;
  const sure = texts.percent(percentOf(because.in_scope));
  return (
    <Item term={texts.explanation.inScope}>
      {texts.explanation.inScopeText(sure, texts.percent(percentOf(because.in_scope_min)))}
    </Item>
  );
}

export function ExplanationOf({ event, asked }: { event: DeskEvent; asked: string }) {
  const texts = useTexts();
  const { because } = event;
  if (!because?.how) return null;
  const { matched, readings, candidates } = because;
  return (
    <details className="explanation">
      <summary>{texts.explanation.title}</summary>
      <dl>
        <Item term={texts.explanation.by}>
          {texts.how(because.how)} {because.rule && <span className="article-id">{because.rule}</span>}
        </Item>
        {asked && matched.length > 0 && (
          <Item term={texts.explanation.matched}><Quotes asked={asked} spans={matched} /></Item>
        )}
        {asked && readings.length > 0 && (
          <Item term={texts.explanation.readings}>
            {readings.map(({ original, as, how }) => (
              <p key={original.join()}>
                <q><VisibleText text={wordsAt(asked, original)} /></q> → <q>{as}</q> ({texts.explanation.reading(how)})
              </p>
            ))}
          </Item>
        )}
        {candidates.length > 0 && (
          <Item term={texts.explanation.candidates}><Candidates because={because} /></Item>
        )}
        <Scope because={because} />
        {event.municipality && because.municipality_from && (
          <Item term={texts.explanation.municipality}>
            {event.municipality.name} ({texts.explanation.from(because.municipality_from)})
          </Item>
        )}
        {because.language_from && (
          <Item term={texts.context.language}>{texts.explanation.from(because.language_from)}</Item>
        )}
        {event.incident && <Item term={texts.incidents.first}>{event.incident}</Item>}
        {event.release !== undefined && <Item term={texts.explanation.release}>{event.release}</Item>}
      </dl>
    </details>
  );
}
