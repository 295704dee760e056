// Who is at the desk, and how much each has.
import { Heading } from '@digdir/designsystemet-react';
import { useId } from 'react';
import { useTexts } from '../texts/texts';
import { useDesk } from './desk_context';

export function TeamList() {
  const texts = useTexts();
  const { colleagues, me } = useDesk();
  const titleId = useId();
  const others = colleagues.filter((one) => one.name !== me?.name);
  return (
    <section className="list team" aria-labelledby={titleId}>
      <Heading level={3} data-size="2xs" id={titleId} className="list-title">{texts.team.title}</Heading>
      {others.length === 0 ? (
        <p className="list-empty">{texts.team.alone}</p>
      ) : (
        <ul>
          {others.map((one) => (
            <li key={one.name} className="colleague" data-availability={one.availability}>
              <span className="colleague-dot" aria-hidden="true" />
              <span>{one.display_name}</span>
              <span className="colleague-state">
                {texts.team.availability[one.availability]} · {texts.team.load(one.load, one.capacity)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
