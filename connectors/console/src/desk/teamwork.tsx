// What agents do together with one conversation: its buttons, its dialogs, and the line that says what is offered.
import { Alert, Button } from '@digdir/designsystemet-react';
import { useRef } from 'react';
import { useTexts } from '../texts/texts';
import type { Details } from './commands';
import { CaseNoteDialog } from './case_note_dialog';
import { useDesk } from './desk_context';
import type { Holder } from './holder';
import { NoteDialog } from './note_dialog';
import type { Thread, Verb } from './thread';
import { InviteDialog, TransferDialog, useUnits } from './transfer_dialog';

interface TeamworkProps {
  thread: Thread;
  holder: Holder;
  onCommand(verb: Verb, details?: Details): Promise<boolean>;
}

// The transfer that waits, and what I can do about it.
export function OfferLine({ thread, onCommand }: TeamworkProps) {
  const texts = useTexts();
  const { me } = useDesk();
  const { card } = thread;
  const offer = card?.transfer;
  const note = [...thread.events].reverse().find((event) => event.kind === 'transfer')?.text;
  if (offer) {
    const toMe = offer.to === me?.name;
    const byMe = offer.from.name === me?.name;
    const words = toMe ? texts.transfer.toYou(offer.from.display_name) : texts.transfer.waits(offer.name);
    return (
      <Alert data-color="info" data-size="sm" className="conversation-alert offer-line">
        <p>{words}{note ? ` «${note}»` : ''}</p>
        <span className="confirm-answers">
          {!byMe && (toMe || offer.to === null) && (
            <Button data-size="sm" onClick={() => void onCommand('take')}>{texts.transfer.accept}</Button>
          )}
          {(toMe || byMe) && (
            <Button data-size="sm" variant="secondary" onClick={() => void onCommand('decline')}>
              {byMe ? texts.transfer.withdraw : texts.transfer.decline}
            </Button>
          )}
        </span>
      </Alert>
    );
  }
  if (!card?.invited?.includes(me?.name ?? '')) return null;
  return (
    <Alert data-color="info" data-size="sm" className="conversation-alert offer-line">
      <p>{texts.invite.youAre}</p>
      <Button data-size="sm" variant="secondary" onClick={() => void onCommand('leave')}>{texts.invite.leave}</Button>
    </Alert>
  );
}

export function TeamworkActions({ thread, holder, onCommand }: TeamworkProps) {
  const texts = useTexts();
  const transfer = useRef<HTMLDialogElement>(null);
  const invite = useRef<HTMLDialogElement>(null);
  const note = useRef<HTMLDialogElement>(null);
  const park = useRef<HTMLDialogElement>(null);
  const caseNote = useRef<HTMLDialogElement>(null);
  const [units, askUnits] = useUnits(thread.id);
  const isMine = holder.who === 'me';
  const isParked = thread.card?.parked === true;
  return (
    <>
      {isMine && (
        <>
          <Button variant="secondary" loading={thread.busy === 'transfer'} disabled={Boolean(thread.card?.transfer)}
            onClick={() => { askUnits(); transfer.current?.showModal(); }}>
            {texts.transfer.open}
          </Button>
          <Button variant="tertiary" onClick={() => invite.current?.showModal()}>{texts.invite.open}</Button>
          {isParked ? (
            <Button variant="tertiary" onClick={() => void onCommand('resume')}>{texts.park.resume}</Button>
          ) : (
            <Button variant="tertiary" onClick={() => park.current?.showModal()}>{texts.park.open}</Button>
          )}
        </>
      )}
      {thread.card && (
        <Button variant="tertiary" onClick={() => note.current?.showModal()}>{texts.note.open}</Button>
      )}
      {thread.events.length > 0 && (
        <Button variant="tertiary" onClick={() => caseNote.current?.showModal()}>{texts.caseNote.open}</Button>
      )}
      <CaseNoteDialog dialog={caseNote} thread={thread} />
      <TransferDialog dialog={transfer} thread={thread} units={units}
        onCommand={(details) => onCommand('transfer', details)} />
      <InviteDialog dialog={invite} thread={thread} onCommand={(details) => onCommand('invite', details)} />
      <NoteDialog dialog={note} title={texts.note.title} text={texts.note.text} submit={texts.note.submit}
        onCommand={(text) => onCommand('note', { text })} />
      <NoteDialog dialog={park} title={texts.park.title} text={texts.park.text} submit={texts.park.submit} mayBeEmpty
        onCommand={(words) => onCommand('park', { note: words })} />
    </>
  );
}
