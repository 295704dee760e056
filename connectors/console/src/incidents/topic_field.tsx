// The topic an incident is about, found by writing some of its name; empty for the municipality as a whole.
import { Field, Input, Label, ValidationMessage } from '@digdir/designsystemet-react';
import { useEffect, useId, useState, type Ref } from 'react';
import { kLanguages, useTexts } from '../texts/texts';
import { readTopics, type Topic } from './calls';

// In the reader's own order.
export function useTopics(): Topic[] {
  const { languageName } = useTexts();
  const [topics, setTopics] = useState<Topic[]>([]);
  useEffect(() => {
    let isWanted = true;
    const code = kLanguages.find((one) => one.languageName === languageName)?.code ?? 'nn';
    const order = new Intl.Collator(code).compare;
    void readTopics().then((answer) => {
      if (isWanted && answer.ok) setTopics(answer.value.topics.sort((a, b) => order(a.title, b.title)));
    });
    return () => { isWanted = false; };
  }, [languageName]);
  return topics;
}

const sameWords = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();

// Two topics may have one name: the id tells them apart.
export function nameOf(topic: Topic, topics: Topic[]): string {
  const isOnlyOne = topics.filter(({ title }) => sameWords(title, topic.title)).length < 2;
  return isOnlyOne ? topic.title : `${topic.title} (${topic.id})`;
}

export function topicNamed(words: string, topics: Topic[]): Topic | undefined {
  return topics.find((topic) => sameWords(words, nameOf(topic, topics)) || words.trim() === topic.id);
}

interface TopicFieldProps {
  topics: Topic[];
  value: string;
  isUnknown: boolean;
  inputRef: Ref<HTMLInputElement>;
}

export function TopicField({ topics, value, isUnknown, inputRef }: TopicFieldProps) {
  const texts = useTexts();
  const id = useId();
  return (
    <Field>
      <Label htmlFor={id}>{texts.incidents.topic}</Label>
      <div data-field="description">{texts.incidents.topicHelp}</div>
      <Input id={id} name="topic_name" list={`${id}-all`} defaultValue={value} autoComplete="off"
        aria-invalid={isUnknown || undefined} ref={inputRef} />
      <datalist id={`${id}-all`}>
        {topics.map((topic) => <option key={topic.id} value={nameOf(topic, topics)} />)}
      </datalist>
      {isUnknown && <ValidationMessage>{texts.incidents.topicUnknown}</ValidationMessage>}
    </Field>
  );
}
