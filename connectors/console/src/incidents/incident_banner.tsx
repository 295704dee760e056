// What is out of order now where the agent works, above the desk.
import { useTexts } from '../texts/texts';
import { useIncidentLog } from './incident_log';

export function IncidentBanner() {
  const texts = useTexts();
  const { log } = useIncidentLog();
  const running = log?.incidents?.filter((one) => one.phase === 'running') ?? [];
  running.sort((a, b) => Number(b.crisis) - Number(a.crisis));
  return (
    <section className="incident-banner" aria-label={texts.incidents.running} aria-live="polite">
      {running.map((one) => (
        <p key={one.id} className={one.crisis ? 'in-crisis' : undefined}>
          {one.crisis && <strong>{texts.crisis.label} </strong>}
          <strong>{one.municipality.name}</strong> <span lang={one.text.language}>{one.text.text}</span>
          {one.second && <span lang={one.second.language} className="second">{one.second.text}</span>}
        </p>
      ))}
    </section>
  );
}
