// Where somebody is signed in.
import { Button } from '@digdir/designsystemet-react';
import { useEffect, useState } from 'react';
import { useTexts } from '../texts/texts';
import type { Answer } from '../wire/calls';
import type { Session } from '../wire/people_calls';
import { RefusalAlert, useCall } from './form_parts';
import { useWhen } from './when';

interface SessionsProps {
  load(): Promise<Answer<{ sessions: Session[] }>>;
  end(id: string): Promise<Answer<unknown>>;
}

export function Sessions({ load, end }: SessionsProps) {
  const texts = useTexts().people;
  const when = useWhen();
  const [sessions, setSessions] = useState<Session[] | null>(null);
  const { refusal, run } = useCall();
  const reload = async () => setSessions((await run(load))?.sessions ?? null);
  useEffect(() => void reload(), []);  // eslint-disable-line
  const endOne = async (id: string) => {
    if (await run(() => end(id))) await reload();
  };
  return (
    <>
      <RefusalAlert refusal={refusal} />
      {sessions?.length === 0 && <p className="none">{texts.sessions.none}</p>}
      <ul className="rows">
        {sessions?.map((session) => (
          <li key={session.id} className="row">
            <span className="row-words">
              <strong>{session.device || texts.sessions.unknown}</strong>
              {session.this && <span className="tag">{texts.sessions.here}</span>}
              <span className="quiet">{texts.sessions.since(when(session.created), when(session.last_used))}</span>
            </span>
            {!session.this && (
              <Button variant="secondary" onClick={() => void endOne(session.id)}>
                {texts.sessions.end}<span className="ds-sr-only"> {session.device}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
