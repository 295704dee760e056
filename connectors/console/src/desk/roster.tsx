// Who should be at the desk now, as the roster says, and who of them is missing.
import { Heading } from '@digdir/designsystemet-react';
import { useEffect, useId, useState } from 'react';
import { useTexts } from '../texts/texts';
import { call } from '../wire/calls';
import { useDesk } from './desk_context';

interface OnDuty {
  name: string;
  display_name: string;
  from: string;
  to: string;
  present: boolean;
}

interface Roster {
  configured: boolean;
  fault_line: number | null;
  on: OnDuty[];
}

const kPauseMs = 60_000;  // shifts begin and end by the clock

// Again when somebody came or went; where there is no roster it is asked for once.
function useRoster(): Roster | null {
  const { colleagues } = useDesk();
  const [roster, setRoster] = useState<Roster | null>(null);
  const isNone = roster !== null && !roster.configured;
  const present = colleagues.map(({ name, availability }) => `${name} ${availability}`).join();
  useEffect(() => {
    if (isNone) return undefined;
    let isWanted = true;
    const read = async () => {
      const answer = await call<Roster>('GET', 'roster');
      if (isWanted && answer.ok) setRoster(answer.value);
    };
    void read();
    const timer = setInterval(() => void read(), kPauseMs);
    return () => {
      isWanted = false;
      clearInterval(timer);
    };
  }, [present, isNone]);
  return roster;
}

export function RosterList() {
  const texts = useTexts();
  const titleId = useId();
  const roster = useRoster();
  if (!roster?.configured) return null;
  const { on, fault_line: faultLine } = roster;
  return (
    <section className="list team" aria-labelledby={titleId}>
      <Heading level={3} data-size="2xs" id={titleId} className="list-title">{texts.roster.title}</Heading>
      {faultLine !== null && <p className="list-empty">{texts.roster.fault(faultLine)}</p>}
      {on.length === 0 ? (
        <p className="list-empty">{texts.roster.nobody}</p>
      ) : (
        <ul>
          {on.map((one) => (
            <li key={one.name} className="colleague" data-availability={one.present ? 'online' : 'offline'}>
              <span className="colleague-dot" aria-hidden="true" />
              <span>{one.display_name}</span>
              {!one.present && <strong className="missing">{texts.roster.missing}</strong>}
              <span className="colleague-state">{one.from}–{one.to}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
