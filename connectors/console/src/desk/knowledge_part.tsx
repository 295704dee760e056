// The bot's own knowledge beside the composer: what fits the citizen's last question is looked up at once, anything
// else by searching. An answer is put into the draft and is the agent's to change.
import { Button, Field, Input, Label } from '@digdir/designsystemet-react';
import { useEffect, useId, useState } from 'react';
import { useTexts } from '../texts/texts';
import { searchArticles } from '../wire/calls';
import type { FoundArticle } from '../wire/types';
import { lastQuestion } from './case_note';
import { Part } from './context_part';
import { useDesk, useStore } from './desk_context';
import { holderOf } from './holder';
import { behind, sampleMark } from './insertion';
import { shortcut } from './shortcuts';
import type { Thread } from './thread';
import { VisibleText, followable } from './visible_text';

const kTypingPauseMs = 250;

// What was last answered, and to which text: what stands there while the next is looked up.
interface Result {
  of: string;
  municipality: string;
  failed: boolean;
  articles: readonly FoundArticle[];
}

// Looks up when the text has rested; what comes late is dropped.
export function useArticles(text: string, municipality: string, language: string): Result | null {
  const [result, setResult] = useState<Result | null>(null);
  useEffect(() => {
    if (!text.trim()) return setResult(null);
    let isLate = false;
    const timer = setTimeout(async () => {
      const answer = await searchArticles(text, municipality, language);
      if (isLate) return;
      setResult({ of: text, municipality, failed: !answer.ok, articles: answer.ok ? answer.value.articles : [] });
    }, kTypingPauseMs);
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [text, municipality, language]);
  return result;
}

// The text as the citizen is to read it: the answer, and where to go.
function sendable(article: FoundArticle, text: string): string {
  const links = article.links.map(({ label, url }) => `${label}: ${url}`);
  const isSample = article.sample || article.links.some(({ sample }) => sample);
  return [text, ...links, ...(isSample ? [sampleMark(article.language)] : [])].join('\n');
}

export function Passage({ article }: { article: FoundArticle }) {
  return (
    <p className="passage">
      {article.passage.map(({ text, found }, index) => (found ? <mark key={index}>{text}</mark> : text))}
    </p>
  );
}

export function Whole({ article }: { article: FoundArticle }) {
  const texts = useTexts();
  return (
    <details className="whole-answer">
      <summary>{texts.knowledge.whole}</summary>
      <VisibleText text={article.answer} />
      {article.links.length > 0 && (
        <ul>
          {article.links.map(({ label, url, sample }) => {
            const address = followable(url);
            return (
              <li key={url}>
                {address
                  ? <a className="ds-link" href={address} target="_blank" rel="noopener noreferrer">{label}</a>
                  : label}
                {sample && <span className="sample">{texts.context.sample}</span>}
              </li>
            );
          })}
        </ul>
      )}
      {article.unit && <p className="none">{texts.knowledge.unit}: {article.unit}</p>}
      {article.law && <p className="none">{texts.knowledge.law}: {article.law}</p>}
    </details>
  );
}

function Hit({ article, onInsert }: { article: FoundArticle; onInsert: ((text: string) => void) | null }) {
  const texts = useTexts();
  const insert = (text: string) => onInsert?.(sendable(article, text));
  return (
    <li className="knowledge-hit">
      <p className="knowledge-title">
        {article.title} {article.sample && <span className="sample">{texts.knowledge.sample}</span>}
      </p>
      {article.for_agents_only ? (
        <>
          <div className="agents-only">{texts.knowledge.agentsOnly}: <Passage article={article} /></div>
          <p className="passage">{article.short_answer}</p>
        </>
      ) : (
        <Passage article={article} />
      )}
      {article.note && !article.for_agents_only && (
        <p className="agents-only">{texts.knowledge.note}: <VisibleText text={article.note} /></p>
      )}
      {article.missing.length > 0 && <p className="none">{texts.knowledge.missing}</p>}
      <Whole article={article} />
      {onInsert && article.may_send && (
        <div className="knowledge-actions">
          <Button variant="secondary" data-size="sm" onClick={() => insert(article.short_answer)}>
            {texts.knowledge.insertShort}<span className="ds-sr-only">: {article.title}</span>
          </Button>
          {article.answer !== article.short_answer && (
            <Button variant="tertiary" data-size="sm" onClick={() => insert(article.answer)}>
              {texts.knowledge.insertWhole}<span className="ds-sr-only">: {article.title}</span>
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

export function KnowledgePart({ thread }: { thread: Thread }) {
  const texts = useTexts();
  const store = useStore();
  const { me, drafts } = useDesk();
  const id = useId();
  const [query, setQuery] = useState('');
  const { packet } = thread;
  const asked = query.trim() || lastQuestion(thread.events);
  const result = useArticles(asked, packet?.municipality?.id ?? '', packet?.language ?? 'nn');
  const isMine = holderOf(thread, me).who === 'me';
  const insert = (text: string) => store.draft(thread.id, behind(drafts.get(thread.id), text));
  const articles = result?.articles ?? [];
  const isFresh = result?.of === asked;
  return (
    <Part title={texts.knowledge.title}>
      <Field className="facts-search">
        <Label htmlFor={id} className="ds-sr-only">{texts.knowledge.find}</Label>
        <Input id={id} type="search" {...shortcut('lookUp')} placeholder={texts.knowledge.find} value={query}
          autoComplete="off" onChange={(event) => setQuery(event.target.value)} />
      </Field>
      <p className="none" role="status">
        {isFresh && result.failed && texts.knowledge.failed}
        {isFresh && !result.failed && articles.length === 0 && texts.context.noHits}
        {isFresh && articles.length > 0 &&
          (query.trim() ? texts.context.hits(articles.length) : texts.knowledge.suggested)}
      </p>
      {articles.length > 0 && (
        <ol className="knowledge" aria-busy={!isFresh}>
          {articles.slice(0, query.trim() ? articles.length : 2).map((article) => (
            <Hit key={article.id} article={article} onInsert={isMine ? insert : null} />
          ))}
        </ol>
      )}
    </Part>
  );
}
