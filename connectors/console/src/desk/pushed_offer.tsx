// What the queue offers me without my asking. When I do not answer in time it goes to the next.
import { Alert, Button } from '@digdir/designsystemet-react';
import { useEffect, useState } from 'react';
import { useTexts } from '../texts/texts';
import { useDesk, useStore } from './desk_context';
import { whyOf } from './reason';

export function PushedOffer({ onTaken }: { onTaken(id: string): void }) {
  const texts = useTexts();
  const store = useStore();
  const { cards, offered } = useDesk();
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    setBusy(false);
    if (offered) setSaid('');
  }, [offered]);
  const card = offered ? cards.byId.get(offered) : undefined;
  const shown = card?.owner === 'queue' ? card : undefined;
  if (!shown && !said) return null;
  const answer = async (accept: boolean) => {
    if (!shown) return;
    setBusy(true);
    const outcome = accept ? await store.commands.accept(shown.id) : await store.commands.passOn(shown.id);
    setBusy(false);
    setSaid(outcome.ok ? '' : outcome.refusal.text || texts.conversation.unreachable);
    if (outcome.ok && accept) onTaken(shown.id);
  };
  return (
    <section className="pushed-offer" aria-label={texts.push.label}>
      {shown && (
        <Alert data-color="info" data-size="sm">
          <p>
            {texts.push.offered(shown.municipality?.name ?? texts.lists.noMunicipality, whyOf(shown, texts))}{' '}
            <span lang={shown.language}>«{shown.preview}»</span>
          </p>
          <span className="confirm-answers">
            <Button data-size="sm" loading={busy} onClick={() => void answer(true)}>{texts.push.accept}</Button>
            <Button data-size="sm" variant="secondary" disabled={busy} onClick={() => void answer(false)}>
              {texts.push.passOn}
            </Button>
          </span>
        </Alert>
      )}
      <p role="status" className="take-next-said">{said}</p>
    </section>
  );
}
