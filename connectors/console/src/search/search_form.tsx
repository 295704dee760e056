// What to look for: words, and what is known of a conversation.
import { Button, Field, Input, Label, Select } from '@digdir/designsystemet-react';
import { useEffect, useId, useState, type FormEvent, type ReactNode } from 'react';
import { useTexts } from '../texts/texts';
import { kNoSearch, searchChoices, type Choices, type Search } from './calls';

const kOutcomes = ['resolved', 'passed_on', 'not_resolved', 'no_reply', 'other'] as const;
const kNoChoices: Choices = { municipalities: [], topics: [], agents: [] };

function useChoices(): Choices {
  const [choices, setChoices] = useState(kNoChoices);
  useEffect(() => {
    let isGone = false;
    void searchChoices().then((answer) => {
      if (!isGone && answer.ok) setChoices(answer.value);
    });
    return () => { isGone = true; };
  }, []);
  return choices;
}

interface PartProps {
  label: string;
  value: string;
  onChange(value: string): void;
}

function Choice({ label, value, onChange, children }: PartProps & { children: ReactNode }) {
  const texts = useTexts();
  const id = useId();
  return (
    <Field>
      <Label htmlFor={id}>{label}</Label>
      <Select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        <Select.Option value="">{texts.search.any}</Select.Option>
        {children}
      </Select>
    </Field>
  );
}

function Day({ label, value, onChange }: PartProps) {
  const id = useId();
  return (
    <Field>
      <Label htmlFor={id}>{label}</Label>
      <Input id={id} type="date" value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}

// Words are looked for when the form is sent, everything else at once.
export function SearchForm({ search, onSearch }: { search: Search; onSearch(search: Search): void }) {
  const texts = useTexts();
  const choices = useChoices();
  const id = useId();
  const [words, setWords] = useState(search.words);
  const choose = (field: keyof Search) => (value: string) => onSearch({ ...search, words, [field]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch({ ...search, words });
  };
  const clear = () => {
    setWords('');
    onSearch(kNoSearch);
  };
  return (
    <form role="search" aria-label={texts.search.title} className="search-form" onSubmit={submit}>
      <Field className="search-words">
        <Label htmlFor={id}>{texts.search.words}</Label>
        <Input id={id} type="search" autoComplete="off" value={words} aria-describedby={`${id}-how`}
          onChange={(event) => setWords(event.target.value)} />
        <p className="quiet" id={`${id}-how`}>{texts.search.how}</p>
      </Field>
      <div className="search-filters">
        <Choice label={texts.search.municipality} value={search.municipality} onChange={choose('municipality')}>
          {choices.municipalities.map((one) => (
            <Select.Option key={one.id} value={one.id}>{one.name}</Select.Option>
          ))}
        </Choice>
        <Choice label={texts.search.topic} value={search.topic} onChange={choose('topic')}>
          {choices.topics.map((one) => <Select.Option key={one.id} value={one.id}>{one.title}</Select.Option>)}
        </Choice>
        <Choice label={texts.search.outcome} value={search.outcome} onChange={choose('outcome')}>
          {kOutcomes.map((one) => (
            <Select.Option key={one} value={one}>{texts.confirmClose.outcomes[one]}</Select.Option>
          ))}
        </Choice>
        <Choice label={texts.search.agent} value={search.agent} onChange={choose('agent')}>
          {choices.agents.map((one) => (
            <Select.Option key={one.name} value={one.name}>{one.display_name}</Select.Option>
          ))}
        </Choice>
        <Choice label={texts.search.state} value={search.state} onChange={choose('state')}>
          <Select.Option value="closed">{texts.search.closedOnly}</Select.Option>
        </Choice>
        <Day label={texts.search.from} value={search.from} onChange={choose('from')} />
        <Day label={texts.search.to} value={search.to} onChange={choose('to')} />
      </div>
      <div className="form-answers">
        <Button type="submit">{texts.search.submit}</Button>
        <Button type="button" variant="tertiary" onClick={clear}>{texts.search.clear}</Button>
      </div>
    </form>
  );
}
