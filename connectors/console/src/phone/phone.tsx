// The phone desk: who answers the telephone searches the same knowledge as the robot, picks the topic, writes two
// words, and the call is counted with the rest. The page stays ready for the next call, in the same municipality.
import { Button, Field, Input, Label, Paragraph, Radio, Select } from '@digdir/designsystemet-react';
import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { useArticles, Passage, Whole } from '../desk/knowledge_part';
import { shortcut } from '../desk/shortcuts';
import { VisibleText } from '../desk/visible_text';
import { RefusalAlert, useCall } from '../people/form_parts';
import { useTexts } from '../texts/texts';
import { newId } from '../wire/calls';
import type { FoundArticle } from '../wire/types';
import { countContact, readPlaces, type Place } from './calls';

const kOutcomes = ['resolved', 'passed_on', 'not_resolved', 'other'] as const;
const kNoTopic = '';

// Null until they are known; `retry` after a refusal.
function usePlaces() {
  const [places, setPlaces] = useState<Place[] | null>(null);
  const { refusal, run } = useCall();
  const read = async () => {
    const answer = await run(readPlaces);
    if (answer) setPlaces(answer.municipalities);
  };
  useEffect(() => void read(), []);
  return { places, refusal, retry: () => void read() };
}

interface TopicsProps {
  articles: readonly FoundArticle[];
  chosen: string;
  onChoose(article: FoundArticle | null): void;
}

function Topics({ articles, chosen, onChoose }: TopicsProps) {
  const texts = useTexts();
  const name = useId();
  return (
    <fieldset className="choices-field phone-topics">
      <legend>{texts.phone.topic}</legend>
      {articles.map((article) => (
        <div key={article.id} className="knowledge-hit">
          <Radio id={`${name}-${article.id}`} name={name} value={article.id} label={article.title}
            checked={chosen === article.id} onChange={() => onChoose(article)} />
          {article.sample && <span className="sample">{texts.knowledge.sample}</span>}
          {article.for_agents_only
            ? <div className="agents-only">{texts.knowledge.agentsOnly}: <Passage article={article} /></div>
            : <p className="passage">{article.short_answer}</p>}
          {article.note && !article.for_agents_only && (
            <div className="agents-only">{texts.knowledge.note}: <VisibleText text={article.note} /></div>
          )}
          <Whole article={article} />
        </div>
      ))}
      <Radio id={`${name}-none`} name={name} value={kNoTopic} label={texts.phone.noTopic}
        checked={chosen === kNoTopic} onChange={() => onChoose(null)} />
    </fieldset>
  );
}

function Outcomes({ chosen, onChoose }: { chosen: string; onChoose(outcome: string): void }) {
  const texts = useTexts();
  const name = useId();
  return (
    <fieldset className="choices-field">
      <legend>{texts.confirmClose.outcome}</legend>
      {kOutcomes.map((one) => (
        <Radio key={one} id={`${name}-${one}`} name={name} value={one} label={texts.confirmClose.outcomes[one]}
          checked={chosen === one} onChange={() => onChoose(one)} />
      ))}
    </fieldset>
  );
}

interface PhoneFormProps {
  places: Place[];
  onCounted(words: string): void;
}

function PhoneForm({ places, onCounted }: PhoneFormProps) {
  const texts = useTexts();
  const ids = useId();
  const [place, setPlace] = useState(places[0]!.id);
  const [query, setQuery] = useState('');
  const [topic, setTopic] = useState<FoundArticle | null>(null);
  const [outcome, setOutcome] = useState<string>(kOutcomes[0]);
  const [words, setWords] = useState('');
  const [callId, setCallId] = useState(newId);
  const search = useRef<HTMLInputElement>(null);
  const result = useArticles(query, place, texts.code);
  const { isBusy, refusal, run } = useCall();
  // What was found for another municipality says another municipality's facts.
  const isFresh = result?.of === query && result.municipality === place;
  const found = query.trim() && isFresh ? result.articles : [];
  const shown = topic && !found.some(({ id }) => id === topic.id) ? [topic, ...found] : found;
  const choosePlace = (id: string) => {
    setPlace(id);
    setTopic(null);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const contact = { id: callId, municipality: place, outcome, text: words.trim(), ...(topic && { topic: topic.id }) };
    const counted = await run(() => countContact(contact));
    if (!counted) return;
    const where = places.find(({ id }) => id === place)?.name ?? place;
    const told = texts.phone.counted(topic?.topic ?? texts.phone.noTopic, where);
    onCounted(counted.repeated ? texts.phone.countedBefore : told);
    setCallId(newId());
    setQuery('');
    setTopic(null);
    setOutcome(kOutcomes[0]);
    setWords('');
    search.current?.focus();
  };
  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      <Field>
        <Label htmlFor={`${ids}-place`}>{texts.incidents.municipality}</Label>
        <Select id={`${ids}-place`} value={place} onChange={(event) => choosePlace(event.target.value)}>
          {places.map(({ id, name }) => <Select.Option key={id} value={id}>{name}</Select.Option>)}
        </Select>
      </Field>
      <Field>
        <Label htmlFor={`${ids}-search`}>{texts.knowledge.find}</Label>
        <Input id={`${ids}-search`} type="search" autoComplete="off" value={query} ref={search} {...shortcut('lookUp')}
          onChange={(event) => setQuery(event.target.value)} />
      </Field>
      <p className="quiet" role="status">
        {query.trim() && isFresh && (result.failed ? texts.knowledge.failed
          : found.length === 0 ? texts.context.noHits : texts.context.hits(found.length))}
      </p>
      <Topics articles={shown} chosen={topic?.id ?? kNoTopic} onChoose={setTopic} />
      <Outcomes chosen={outcome} onChoose={setOutcome} />
      <Field>
        <Label htmlFor={`${ids}-words`}>{texts.phone.words}</Label>
        <div data-field="description" id={`${ids}-help`}>{texts.phone.wordsHelp}</div>
        <Input id={`${ids}-words`} maxLength={200} autoComplete="off" value={words} aria-describedby={`${ids}-help`}
          onChange={(event) => setWords(event.target.value)} />
      </Field>
      <RefusalAlert refusal={refusal} />
      <Button type="submit" disabled={isBusy}>{texts.phone.count}</Button>
    </form>
  );
}

export function PhonePage() {
  const texts = useTexts();
  const { places, refusal, retry } = usePlaces();
  const [counted, setCounted] = useState<string[]>([]);
  if (refusal) {
    return (
      <>
        <RefusalAlert refusal={refusal} />
        <Button variant="secondary" onClick={retry}>{texts.connection.now}</Button>
      </>
    );
  }
  if (!places?.length) return <p role="status">{texts.loading}</p>;
  return (
    <>
      <section className="block">
        <Paragraph>{texts.phone.what}</Paragraph>
        <PhoneForm places={places} onCounted={(words) => setCounted((all) => [words, ...all])} />
      </section>
      <section className="block" aria-label={texts.phone.lately}>
        <p role="status">{counted[0] ?? ''}</p>
        <p className="quiet">{texts.phone.countedHere(counted.length)}</p>
      </section>
    </>
  );
}
