// Writes an incident, or a new version of one.
import { Button, Field, Input, Label, Select, Textarea } from '@digdir/designsystemet-react';
import { useId, useRef, useState, type FormEvent } from 'react';
import { RefusalAlert, useCall } from '../people/form_parts';
import { kLanguages, useTexts } from '../texts/texts';
import { addIncident, changeIncident, type Incident, type Topic } from './calls';
import { TopicField, topicNamed } from './topic_field';

// As an <input type="datetime-local"> wants it, in the agent's own time.
function localTime(time: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`;
}
const kUsualMs = 4 * 3_600_000;

function LanguageSelect({ name, label, value }: { name: string; label: string; value: string }) {
  const id = useId();
  return (
    <Field>
      <Label htmlFor={id}>{label}</Label>
      <Select id={id} name={name} defaultValue={value}>
        {kLanguages.map((one) => <Select.Option key={one.code} value={one.code}>{one.languageName}</Select.Option>)}
      </Select>
    </Field>
  );
}

function Text({ name, label, value }: { name: string; label: string; value: string }) {
  const id = useId();
  return (
    <Field>
      <Label htmlFor={id}>{label}</Label>
      <Textarea id={id} name={name} rows={2} defaultValue={value} />
    </Field>
  );
}

function Moment({ name, label, value }: { name: string; label: string; value: Date }) {
  const id = useId();
  return (
    <Field>
      <Label htmlFor={id}>{label}</Label>
      <Input id={id} name={name} type="datetime-local" defaultValue={localTime(value)} required />
    </Field>
  );
}

function Place({ municipalities }: { municipalities: { id: string; name: string }[] }) {
  const texts = useTexts();
  const id = useId();
  return (
    <Field>
      <Label htmlFor={id}>{texts.incidents.municipality}</Label>
      <Select id={id} name="municipality">
        {municipalities.map((one) => <Select.Option key={one.id} value={one.id}>{one.name}</Select.Option>)}
      </Select>
    </Field>
  );
}

interface IncidentFormProps {
  incident: Incident | null;
  municipalities: { id: string; name: string }[];
  topics: Topic[];
  onSaved(): void;
  onCancel(): void;
}

const shownTopic = (incident: Incident | null) => incident?.topic_title ?? incident?.topic ?? '';

// What the service wants to know; null when the topic named is none.
function draftIn(form: HTMLFormElement, topics: Topic[], before: Incident | null): Record<string, string> | null {
  const { topic_name: name = '', ...draft } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  for (const field of ['from', 'to']) draft[field] = new Date(draft[field] ?? '').toISOString();
  if (!draft.second_text?.trim()) delete draft.second_language;
  if (!name.trim()) return draft;
  const isAsBefore = before?.topic && name === shownTopic(before);
  const topic = isAsBefore ? before.topic : topicNamed(name, topics)?.id;
  return topic ? { ...draft, topic } : null;
}

export function IncidentForm({ incident, municipalities, topics, onSaved, onCancel }: IncidentFormProps) {
  const texts = useTexts();
  const { isBusy, refusal, run } = useCall();
  const [isTopicUnknown, setTopicUnknown] = useState(false);
  const topicInput = useRef<HTMLInputElement>(null);
  const [start] = useState(() => (incident ? new Date(incident.from) : new Date()));
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const draft = draftIn(event.currentTarget, topics, incident);
    setTopicUnknown(!draft);
    if (!draft) return topicInput.current?.focus();
    if (await run(() => (incident ? changeIncident(incident, draft) : addIncident(draft)))) onSaved();
  };
  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      {!incident && <Place municipalities={municipalities} />}
      <TopicField topics={topics} value={shownTopic(incident)} isUnknown={isTopicUnknown}
        inputRef={topicInput} />
      <Text name="text" label={texts.incidents.text} value={incident?.text.text ?? ''} />
      <LanguageSelect name="language" label={texts.incidents.language} value={incident?.text.language ?? 'nn'} />
      <Text name="second_text" label={texts.incidents.secondText} value={incident?.second?.text ?? ''} />
      <LanguageSelect name="second_language" label={texts.incidents.secondLanguage}
        value={incident?.second?.language ?? 'en'} />
      <div className="form-row">
        <Moment name="from" label={texts.incidents.from} value={start} />
        <Moment name="to" label={texts.incidents.to}
          value={incident ? new Date(incident.to) : new Date(start.getTime() + kUsualMs)} />
      </div>
      <RefusalAlert refusal={refusal} />
      <div className="form-answers">
        <Button type="submit" disabled={isBusy}>{texts.incidents.save}</Button>
        {incident && <Button type="button" variant="secondary" onClick={onCancel}>{texts.dialog.no}</Button>}
      </div>
    </form>
  );
}
