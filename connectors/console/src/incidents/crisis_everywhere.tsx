// One switch for every municipality that the reader administers. Each gets its own prepared words in its own language,
// with what has happened in front; each is an incident of its own, so that one of them can be changed or ended alone.
import { Button, Field, Label, Paragraph, Textarea } from '@digdir/designsystemet-react';
import { useId, useRef, useState, type FormEvent } from 'react';
import { CommandDialog } from '../desk/command_dialog';
import { RefusalAlert } from '../people/form_parts';
import { useTexts } from '../texts/texts';
import type { Answer, Refusal } from '../wire/calls';
import { addIncident, endIncident, type CrisisPlace, type Incident } from './calls';
import { HoursField, lasting } from './crisis_hours';

interface Failure {
  names: string[];  // the municipalities where it didn't take effect
  refusal: Refusal;  // the last one's
}

// One after the other: what fails in one municipality keeps none of the others waiting for an answer about it. That
// somebody else has done the same meanwhile is what was wanted.
function useEach() {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function each<T>(all: T[], name: (one: T) => string, run: (one: T) => Promise<Answer<unknown>>) {
    setBusy(true);
    setFailure(null);
    const names: string[] = [];
    let refusal: Refusal | null = null;
    for (const one of all) {
      const answer = await run(one);
      if (answer.ok || answer.refusal.code === 'crisis_runs' || answer.refusal.code === 'ended') continue;
      names.push(name(one));
      refusal = answer.refusal;
    }
    setBusy(false);
    if (refusal) setFailure({ names, refusal });
    return refusal === null;
  }
  return { isBusy, failure, each };
}

function FailureAlert({ failure }: { failure: Failure | null }) {
  const texts = useTexts();
  return (
    <>
      {failure && <p>{texts.crisis.notIn} {failure.names.join(', ')}</p>}
      <RefusalAlert refusal={failure?.refusal ?? null} />
    </>
  );
}

const withFront = (front: FormDataEntryValue | null, words = '') => `${String(front ?? '').trim()} ${words}`.trim();

interface PreparedProps {
  places: CrisisPlace[];  // those that are not in crisis
  onDone(): void;
  onTouched(): void;  // some of them may have changed
  onCancel(): void;
}

function Prepared({ places, onDone, onTouched, onCancel }: PreparedProps) {
  const texts = useTexts();
  const id = useId();
  const { isBusy, failure, each } = useEach();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const times = lasting(form);
    const begin = ({ id: municipality, language, texts: words }: CrisisPlace) => addIncident({
      municipality, crisis: 1, language, text: withFront(form.get('text'), words[language]),
      second_language: 'en', second_text: withFront(form.get('english'), words.en), ...times });
    if (await each(places, ({ name }) => name, begin)) onDone();
    else onTouched();
  };
  return (
    <form className="form" onSubmit={(event) => void submit(event)}
      aria-label={`${texts.crisis.begin}: ${texts.crisis.all}`}>
      <Paragraph>{texts.crisis.whatAll} {places.map(({ name }) => name).join(', ')}.</Paragraph>
      <Field>
        <Label htmlFor={`${id}-text`}>{texts.crisis.happened}</Label>
        <Textarea id={`${id}-text`} name="text" rows={2} maxLength={200} autoFocus lang={places[0]?.language} />
      </Field>
      <Field>
        <Label htmlFor={`${id}-english`}>{texts.crisis.happenedEnglish}</Label>
        <Textarea id={`${id}-english`} name="english" rows={2} maxLength={200} lang="en" />
      </Field>
      <HoursField />
      <details>
        <summary>{texts.crisis.prepared}</summary>
        <ul>
          {places.map((place) => (
            <li key={place.id} lang={place.language}>{place.texts[place.language]}</li>
          ))}
        </ul>
      </details>
      <FailureAlert failure={failure} />
      <div className="form-answers">
        <Button type="submit" data-color="danger" disabled={isBusy}>{texts.crisis.yesAll}</Button>
        <Button type="button" variant="secondary" onClick={onCancel}>{texts.dialog.no}</Button>
      </div>
    </form>
  );
}

interface CrisisEverywhereProps {
  places: CrisisPlace[];
  running: Incident[];
  onChanged(): void;
}

export function CrisisEverywhere({ places, running, onChanged }: CrisisEverywhereProps) {
  const texts = useTexts();
  const [isPreparing, setPreparing] = useState(false);
  const confirm = useRef<HTMLDialogElement>(null);
  const { isBusy, failure, each } = useEach();
  const calm = places.filter(({ id }) => !running.some(({ municipality }) => municipality.id === id));
  const done = () => {
    setPreparing(false);
    onChanged();
  };
  const end = async () => {
    await each(running, ({ municipality }) => municipality.name, endIncident);
    onChanged();
  };
  return (
    <li className="row">
      <div className="row-words">
        <strong>{texts.crisis.all}</strong>
        <span className={running.length > 0 ? 'tag' : 'quiet'}>
          {texts.crisis.onIn} {running.length} / {places.length}
        </span>
      </div>
      {isPreparing ? (
        <Prepared places={calm} onDone={done} onTouched={onChanged} onCancel={() => setPreparing(false)} />
      ) : (
        <div className="form-answers">
          {calm.length > 0 && (
            <Button variant="secondary" data-size="sm" data-color="danger" onClick={() => setPreparing(true)}>
              {texts.crisis.beginAll}
            </Button>
          )}
          {running.length > 0 && (
            <Button variant="secondary" data-size="sm" data-color="danger" disabled={isBusy}
              onClick={() => confirm.current?.showModal()}>
              {texts.crisis.endAll}
            </Button>
          )}
        </div>
      )}
      <FailureAlert failure={failure} />
      <CommandDialog dialog={confirm} title={texts.crisis.confirmEndAll} submit={texts.crisis.yesEndAll} danger
        onSubmit={() => void end()}>
        <Paragraph>{running.map(({ municipality }) => municipality.name).join(', ')}</Paragraph>
        <Paragraph>{texts.incidents.confirmEnd.text}</Paragraph>
      </CommandDialog>
    </li>
  );
}
