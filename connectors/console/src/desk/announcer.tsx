// Tells what happens elsewhere than where the agent looks: a polite live region, a line on the screen, the tab's title,
// and a sound when it is asked for.
import { useEffect, useMemo, useState } from 'react';
import type { Texts } from '../texts/nn';
import { useTexts } from '../texts/texts';
import { useDesk } from './desk_context';
import type { Notice } from './notice';
import { whyOf } from './reason';

const kShownMs = 8_000;

function wordsOf(notice: Notice, texts: Texts): string {
  if (notice.kind === 'connection') {
    return notice.state === 'live' ? texts.connection.back : texts.connection.gone;
  }
  const where = notice.card.municipality?.name ?? texts.lists.noMunicipality;
  if (notice.kind === 'taken_by') return texts.announce.takenBy(notice.name, where);
  if (notice.kind === 'for_me') {
    const { transfer } = notice.card;
    return transfer ? texts.announce.offered(transfer.from.display_name, where) : texts.announce.invited(where);
  }
  if (notice.kind === 'pushed') return texts.push.offered(where, whyOf(notice.card, texts));
  if (notice.kind === 'answered') return texts.announce.answered(where);
  return texts.announce.waiting(where, whyOf(notice.card, texts));
}

function chime(): void {
  const audio = new AudioContext();
  const volume = audio.createGain();
  volume.gain.setValueAtTime(0.08, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.5);
  volume.connect(audio.destination);
  const tone = audio.createOscillator();
  tone.frequency.setValueAtTime(660, audio.currentTime);
  tone.frequency.setValueAtTime(880, audio.currentTime + 0.12);
  tone.connect(volume);
  tone.onended = () => void audio.close();
  tone.start();
  tone.stop(audio.currentTime + 0.5);
}

export function Announcer({ withSound }: { withSound: boolean }) {
  const texts = useTexts();
  const { cards, notice } = useDesk();
  const waiting = cards.waiting.length;
  const [toldUpTo, setToldUpTo] = useState(0);
  useEffect(() => {
    document.title = `${waiting ? `(${waiting}) ` : ''}${texts.deskTitle} – ${texts.product}`;
  }, [waiting, texts]);
  const number = notice?.number ?? 0;
  // Each notice is told once, in the language of that moment.
  const words = useMemo(() => (notice ? wordsOf(notice.notice, texts) : ''), [number]);
  useEffect(() => {
    if (!notice) return;
    if (withSound && ['waiting', 'answered', 'for_me', 'pushed'].includes(notice.notice.kind)) chime();
    const timer = setTimeout(() => setToldUpTo(number), kShownMs);
    return () => clearTimeout(timer);
  }, [number]);
  // The bar already shows the connection; of that, only those who cannot see it are told.
  const isSpokenOnly = notice?.notice.kind === 'connection';
  const shown = number > toldUpTo ? words : '';
  return <p className={isSpokenOnly ? 'announcer ds-sr-only' : 'announcer'} role="status">{shown}</p>;
}
