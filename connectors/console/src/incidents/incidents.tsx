// The incident log: what is out of order now, what is planned, and what has ended.
import { Button, Heading, Paragraph } from '@digdir/designsystemet-react';
import { useRef, useState } from 'react';
import { CommandDialog } from '../desk/command_dialog';
import { RefusalAlert, useCall } from '../people/form_parts';
import { useWhen } from '../people/when';
import { useTexts } from '../texts/texts';
import { endIncident, type Incident } from './calls';
import { CrisisSection } from './crisis';
import { IncidentForm } from './incident_form';
import { useIncidentLog } from './incident_log';
import { useTopics } from './topic_field';

interface IncidentRowProps {
  incident: Incident;
  mayChange: boolean;
  onChange(incident: Incident): void;
  onEnd(incident: Incident): void;
}

function IncidentRow({ incident, mayChange, onChange, onEnd }: IncidentRowProps) {
  const texts = useTexts();
  const when = useWhen();
  const { municipality, text, second, topic_title, from, to, phase } = incident;
  return (
    <li className="row">
      <div className="row-words">
        <strong>{municipality.name}</strong>
        {incident.crisis && <span className="tag">{texts.crisis.label}</span>}
        {topic_title && <span className="tag">{topic_title}</span>}
        <span lang={text.language}>{text.text}</span>
        {second && <span lang={second.language}>{second.text}</span>}
        <span className="quiet">{when(from)} – {when(to)}</span>
      </div>
      {phase !== 'ended' && mayChange && (
        <div className="form-answers">
          <Button variant="secondary" data-size="sm" onClick={() => onChange(incident)}>
            {texts.incidents.change}<span className="ds-sr-only"> {municipality.name}: {text.text}</span>
          </Button>
          <Button variant="tertiary" data-size="sm" data-color="danger" onClick={() => onEnd(incident)}>
            {texts.incidents.end}<span className="ds-sr-only"> {municipality.name}: {text.text}</span>
          </Button>
        </div>
      )}
    </li>
  );
}

const kPhases = ['running', 'planned', 'ended'] as const;

export function IncidentsPage() {
  const texts = useTexts();
  const { log, reload } = useIncidentLog();
  const topics = useTopics();
  const { refusal, run } = useCall();
  const [ending, setEnding] = useState<Incident | null>(null);
  const confirm = useRef<HTMLDialogElement>(null);
  const [changing, setChanging] = useState<Incident | null>(null);
  const [savedCount, setSavedCount] = useState(0);  // the form is empty again after each
  const form = useRef<HTMLHeadingElement>(null);
  const change = (incident: Incident) => {
    setChanging(incident);
    form.current?.focus();
  };
  const askToEnd = (incident: Incident) => {
    setEnding(incident);
    confirm.current?.showModal();
  };
  const end = async () => {
    if (ending) await run(() => endIncident(ending));
    await reload();
    form.current?.focus();
  };
  const saved = async () => {
    setChanging(null);
    setSavedCount((count) => count + 1);
    await reload();
    form.current?.focus();
  };
  const mayChange = (incident: Incident) =>
    !incident.crisis || (log?.crisis ?? []).some(({ id }) => id === incident.municipality.id);
  if (!log) return <p role="status">{texts.loading}</p>;
  return (
    <>
      <section className="block">
        <Heading level={3} data-size="2xs" tabIndex={-1} ref={form}>
          {changing ? texts.incidents.change : texts.incidents.add}
        </Heading>
        <IncidentForm key={changing ? `${changing.id}.${changing.version}` : `new.${savedCount}`} incident={changing}
          municipalities={log.municipalities} topics={topics} onSaved={() => void saved()}
          onCancel={() => setChanging(null)} />
      </section>
      <CrisisSection places={log.crisis ?? []} incidents={log.incidents} onEnd={askToEnd}
        onChanged={() => void reload()} />
      <RefusalAlert refusal={refusal} />
      <CommandDialog dialog={confirm} title={texts.incidents.confirmEnd.title} submit={texts.incidents.confirmEnd.yes}
        danger onSubmit={() => void end()}>
        {ending && <Paragraph lang={ending.text.language}><q>{ending.text.text}</q></Paragraph>}
        <Paragraph>{texts.incidents.confirmEnd.text}</Paragraph>
      </CommandDialog>
      {kPhases.map((phase) => {
        const incidents = log.incidents.filter((one) => one.phase === phase);
        return (
          <section key={phase} className="block">
            <Heading level={3} data-size="2xs">{texts.incidents[phase]}</Heading>
            {incidents.length === 0 ? <p className="quiet">{texts.incidents.none}</p> : (
              <ul className="rows">
                {incidents.map((one) => (
                  <IncidentRow key={one.id} incident={one} mayChange={mayChange(one)} onChange={change}
                    onEnd={askToEnd} />
                ))}
              </ul>
            )}
          </section>
        );
      })}
    </>
  );
}
