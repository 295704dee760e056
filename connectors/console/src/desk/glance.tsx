// The desk at a glance: how many wait, since when the first of them, and how many are here to answer.
import { useTexts } from '../texts/texts';
import { waitingCards } from './cards';
import { WaitingTime } from './clock';
import { useDesk } from './desk_context';

export function Glance() {
  const texts = useTexts();
  const { cards, colleagues } = useDesk();
  const waiting = waitingCards(cards);
  // A message that was left is nobody who sits and waits.
  const since = waiting.filter((card) => !card.message && card.waiting_since).map((card) => card.waiting_since!);
  const oldest = since.sort()[0];
  const present = colleagues.filter((one) => one.availability !== 'offline').length;
  return (
    <ul className="glance" aria-label={texts.views.glance}>
      <li>{texts.views.waiting(waiting.length)}</li>
      {oldest && <li>{texts.views.oldest} <WaitingTime since={oldest} /></li>}
      <li>{texts.views.present(present)}</li>
    </ul>
  );
}
