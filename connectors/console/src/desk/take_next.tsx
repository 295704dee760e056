// Takes whoever is first in the queue, by the server's order.
import { Button } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTexts } from '../texts/texts';
import { useDesk, useStore } from './desk_context';
import { shortcut } from './shortcuts';
import { TakeSign } from './symbols';

export function TakeNext({ onTaken }: { onTaken(id: string): void }) {
  const texts = useTexts();
  const store = useStore();
  const { cards } = useDesk();
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  if (cards.waiting.length === 0 && !said) return null;
  const take = async () => {
    setBusy(true);
    const answer = await store.commands.takeNext();
    setBusy(false);
    setSaid(answer.ok ? '' : answer.refusal.text || texts.conversation.unreachable);
    if (answer.ok && answer.value) onTaken(answer.value.id);
  };
  return (
    <div className="take-next">
      {cards.waiting.length > 0 && (
        <Button variant="secondary" data-size="sm" loading={busy} {...shortcut('next')} onClick={() => void take()}>
          <TakeSign /> {texts.lists.takeNext}
        </Button>
      )}
      <p role="status" className="take-next-said">{said}</p>
    </div>
  );
}
