// Crisis: one switch for each municipality that the reader administers, and one for all of them. On, the prepared
// words stand above every chat and desk of it, and agents find the prepared replies first. Off by hand or by the clock.
import { Button, Field, Heading, Label, Paragraph, Textarea } from '@digdir/designsystemet-react';
import { useId, useRef, useState, type FormEvent } from 'react';
import { RefusalAlert, useCall } from '../people/form_parts';
import { useTexts } from '../texts/texts';
import { addIncident, type CrisisPlace, type Incident } from './calls';
import { CrisisEverywhere } from './crisis_everywhere';
import { HoursField, lasting } from './crisis_hours';

interface PreparedProps {
  place: CrisisPlace;
  onDone(): void;
  onCancel(): void;
}

// The words can be changed before they are shown; the English ones follow the municipality's own.
function Prepared({ place, onDone, onCancel }: PreparedProps) {
  const texts = useTexts();
  const id = useId();
  const { isBusy, refusal, run } = useCall();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const draft = {
      municipality: place.id, crisis: 1, language: place.language, text: String(form.get('text')),
      second_language: 'en', second_text: String(form.get('english')), ...lasting(form),
    };
    if (await run(() => addIncident(draft))) onDone();
  };
  return (
    <form className="form" onSubmit={(event) => void submit(event)} aria-label={`${texts.crisis.begin}: ${place.name}`}>
      <Paragraph>{texts.crisis.what}</Paragraph>
      <Field>
        <Label htmlFor={`${id}-text`}>{texts.incidents.text}</Label>
        <Textarea id={`${id}-text`} name="text" rows={4} defaultValue={place.texts[place.language]} autoFocus
          lang={place.language} />
      </Field>
      <Field>
        <Label htmlFor={`${id}-english`}>{texts.crisis.english}</Label>
        <Textarea id={`${id}-english`} name="english" rows={4} defaultValue={place.texts.en} lang="en" />
      </Field>
      <HoursField />
      <RefusalAlert refusal={refusal} />
      <div className="form-answers">
        <Button type="submit" data-color="danger" disabled={isBusy}>{texts.crisis.yes}</Button>
        <Button type="button" variant="secondary" onClick={onCancel}>{texts.dialog.no}</Button>
      </div>
    </form>
  );
}

interface CrisisProps {
  places: CrisisPlace[];
  incidents: Incident[];
  onEnd(incident: Incident): void;
  onChanged(): void;
}

export function CrisisSection({ places, incidents, onEnd, onChanged }: CrisisProps) {
  const texts = useTexts();
  const [preparing, setPreparing] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  if (places.length === 0) return null;
  const close = () => {
    setPreparing(null);
    heading.current?.focus();
  };
  const running = (id: string) =>
    incidents.find((one) => one.crisis && one.phase === 'running' && one.municipality.id === id);
  return (
    <section className="block crisis">
      <Heading level={3} data-size="2xs" tabIndex={-1} ref={heading}>{texts.crisis.title}</Heading>
      <ul className="rows">
        {places.length > 1 && (
          <CrisisEverywhere places={places} running={places.flatMap(({ id }) => running(id) ?? [])}
            onChanged={() => { heading.current?.focus(); onChanged(); }} />
        )}
        {places.map((place) => {
          const crisis = running(place.id);
          return (
            <li key={place.id} className="row">
              <div className="row-words">
                <strong>{place.name}</strong>
                <span className={crisis ? 'tag' : 'quiet'}>{crisis ? texts.crisis.on : texts.crisis.off}</span>
              </div>
              {preparing === place.id && !crisis ? (
                <Prepared place={place} onDone={() => { close(); onChanged(); }} onCancel={close} />
              ) : (
                <Button variant="secondary" data-size="sm" data-color="danger"
                  onClick={() => (crisis ? onEnd(crisis) : setPreparing(place.id))}>
                  {crisis ? texts.crisis.end : texts.crisis.begin}
                  <span className="ds-sr-only"> {place.name}</span>
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
