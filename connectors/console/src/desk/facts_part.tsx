// The municipality's own facts: how to reach it first, the rest by search. What it has not confirmed says so.
import { Button, Field, Input, Label } from '@digdir/designsystemet-react';
import { useId, useState } from 'react';
import { useTexts } from '../texts/texts';
import type { Fact } from '../wire/types';
import { Item, Part } from './context_part';
import { VisibleText, followable } from './visible_text';

const kShortList = 10;

function FactValue({ fact }: { fact: Fact }) {
  const texts = useTexts();
  const address = followable(fact.value);
  const source = fact.source ? followable(fact.source) : null;
  return (
    <>
      {address ? (
        <a className="ds-link" href={address} target="_blank" rel="noopener noreferrer">{fact.value}</a>
      ) : (
        <VisibleText text={fact.value} />
      )}
      {fact.sample && <span className="sample">{texts.context.sample}</span>}
      {source && (
        <a className="ds-link source" href={source} target="_blank" rel="noopener noreferrer">
          {texts.context.source}<span className="ds-sr-only">: {fact.label}</span>
        </a>
      )}
    </>
  );
}

function matching(facts: readonly Fact[], query: string): Fact[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return facts.filter(({ key, label, value }) => {
    const text = `${key} ${label} ${value}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

const isContact = (fact: Fact) => fact.key.startsWith('contact.');

// What agents are asked for most; the rest of the contact facts follow as they came.
const kFirst = ['contact.phone', 'contact.phone_hours', 'contact.email', 'contact.hours', 'contact.visit_address'];

function contactFirst(facts: readonly Fact[]): Fact[] {
  const place = ({ key }: Fact) => (kFirst.includes(key) ? kFirst.indexOf(key) : kFirst.length);
  return facts.filter(isContact).sort((a, b) => place(a) - place(b));
}

export function FactsPart({ facts }: { facts: readonly Fact[] }) {
  const texts = useTexts();
  const id = useId();
  const [query, setQuery] = useState('');
  const [showsAll, setShowsAll] = useState(false);
  const isLong = facts.length > kShortList && facts.some(isContact);
  const few = isLong && !showsAll ? contactFirst(facts) : facts;
  const shown = query.trim() ? matching(facts, query) : few;
  if (!facts.length) return <Part title={texts.context.facts}><p className="none">{texts.context.noFacts}</p></Part>;
  return (
    <Part title={texts.context.facts}>
      {isLong && (
        <Field className="facts-search">
          <Label htmlFor={id} className="ds-sr-only">{texts.context.find}</Label>
          <Input id={id} type="search" placeholder={texts.context.find} value={query} autoComplete="off"
            onChange={(event) => setQuery(event.target.value)} />
        </Field>
      )}
      <p className="ds-sr-only" role="status">{query.trim() ? texts.context.hits(shown.length) : ''}</p>
      {shown.length > 0 && (
        <dl className="facts">
          {shown.map((fact) => <Item key={fact.key} term={fact.label}><FactValue fact={fact} /></Item>)}
        </dl>
      )}
      {shown.length === 0 && <p className="none">{texts.context.noHits}</p>}
      {isLong && !query.trim() && (
        <Button variant="tertiary" data-size="sm" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? texts.context.showFew : texts.context.showAll(facts.length)}
        </Button>
      )}
    </Part>
  );
}
