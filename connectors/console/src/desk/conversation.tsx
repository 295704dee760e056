// The middle pane: one conversation, what can be done with it, its transcript and the composer.
import { Alert, Button, Heading } from '@digdir/designsystemet-react';
import { useEffect, useRef, type RefObject } from 'react';
import type { Texts } from '../texts/nn';
import { useTexts } from '../texts/texts';
import type { Refusal } from '../wire/calls';
import { WaitingTime } from './clock';
import { Composer } from './composer';
import { CloseDialog } from './close_dialog';
import type { Details } from './commands';
import { useDesk, useStore } from './desk_context';
import { holderOf, type Holder } from './holder';
import { MunicipalityMark } from './municipality_mark';
import { shortcut } from './shortcuts';
import { AgentSign, BackSign, CloseSign, DangerSign, RobotSign, TakeSign } from './symbols';
import { OfferLine, TeamworkActions } from './teamwork';
import type { Thread, Verb } from './thread';
import { Transcript } from './transcript';

// Commands after which somebody else, or this agent, has the conversation.
const kMoving = new Set<Verb>(['take', 'hand-back', 'close']);

export interface Moves {
  toList(): void;
  toContext(): void;
}

function statusOf(holder: Holder, texts: Texts): string {
  switch (holder.who) {
    case 'me':
      return texts.conversation.statusMine;
    case 'queue':
      return texts.conversation.statusQueue;
    case 'other':
      return texts.conversation.statusOther(holder.name);
    case 'bot':
      return texts.conversation.statusBot;
    case 'ended':
      return texts.conversation.statusEnded;
  }
}

function refusalText(refusal: Refusal, texts: Texts): string {
  if (refusal.held_by) return texts.conversation.takenAlready(refusal.held_by.display_name);
  if (refusal.code === 'unreachable') return texts.conversation.unreachable;
  return refusal.text || texts.conversation.commandFailed;
}

interface ActionsProps {
  thread: Thread;
  holder: Holder;
  onCommand(verb: Verb, details?: Details): Promise<boolean>;
  onClose(): void;
  moves: Moves;
}

function Actions({ thread, holder, onCommand, onClose, moves }: ActionsProps) {
  const texts = useTexts();
  const isOver = holder.who === 'ended' || holder.who === 'bot';
  return (
    <div className="actions">
      {holder.who === 'queue' && !thread.card?.transfer && (
        <Button loading={thread.busy === 'take'} {...shortcut('take')} onClick={() => void onCommand('take')}>
          <TakeSign /> {texts.conversation.take}
        </Button>
      )}
      {holder.who === 'me' && (
        <>
          <Button variant="secondary" loading={thread.busy === 'hand-back'} onClick={() => void onCommand('hand-back')}>
            <RobotSign /> {texts.conversation.handBack}
          </Button>
          <Button variant="secondary" data-color="danger" loading={thread.busy === 'close'} {...shortcut('close')}
            onClick={onClose}>
            {texts.conversation.close}
          </Button>
        </>
      )}
      <TeamworkActions thread={thread} holder={holder} onCommand={onCommand} />
      {isOver && (
        <Button variant="secondary" data-color="neutral" onClick={moves.toList}>
          <CloseSign /> {texts.conversation.closeView}
        </Button>
      )}
    </div>
  );
}

interface HeadProps extends ActionsProps {
  title: RefObject<HTMLHeadingElement | null>;
}

function Head({ thread, holder, title, moves, ...rest }: HeadProps) {
  const texts = useTexts();
  const { card, packet } = thread;
  const where = packet?.municipality?.full_name ?? card?.municipality?.name ?? texts.lists.noMunicipality;
  return (
    <header className="conversation-head">
      <Button className="only-narrow" variant="tertiary" data-color="neutral" onClick={moves.toList}>
        <BackSign /> {texts.conversation.back}
      </Button>
      <div className="conversation-name">
        <MunicipalityMark municipality={packet?.municipality ?? card?.municipality ?? null} />
        <Heading level={2} data-size="2xs" tabIndex={-1} ref={title}>
          {card?.topic_title || texts.conversation.title}
          <span className="ds-sr-only">, {where}</span>
        </Heading>
        <p className="conversation-status" data-holder={holder.who}>
          {card?.safety && <span className="danger"><DangerSign /> {texts.safety(card.safety)}</span>}
          <span className="status-word">
            {holder.who === 'me' || holder.who === 'other' ? <AgentSign /> : null} {statusOf(holder, texts)}
          </span>
          {card?.parked && <span className="row-badge">{texts.lists.parked}</span>}
          {holder.who === 'queue' && card?.waiting_since && <WaitingTime since={card.waiting_since} />}
          {card && <span>{texts.language(card.language)}</span>}
          {card && <span>{texts.channel(card.channel)}</span>}
        </p>
      </div>
      <Button className="only-without-context to-context" variant="tertiary" onClick={moves.toContext}>
        {texts.conversation.about}
      </Button>
      <Actions thread={thread} holder={holder} moves={moves} {...rest} />
    </header>
  );
}

export function OpenConversation({ thread, moves }: { thread: Thread; moves: Moves }) {
  const texts = useTexts();
  const store = useStore();
  const { me, drafts } = useDesk();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const holder = holderOf(thread, me);
  useEffect(() => title.current?.focus(), []);
  // When a command takes effect, its button is gone; focus goes where the agent goes on.
  const awaited = useRef<Verb | null>(null);
  useEffect(() => {
    const verb = awaited.current;
    if (!verb || (verb === 'take') !== (holder.who === 'me')) return;
    awaited.current = null;
    (verb === 'take' ? field.current : title.current)?.focus();
  }, [holder.who]);
  const run = async (verb: Verb, details?: Details) => {
    if (kMoving.has(verb)) awaited.current = verb;
    const done = await store.commands.run(thread.id, verb, details);
    if (!done) awaited.current = null;
    return done;
  };
  const failed = thread.commandRefusal;
  return (
    <>
      <Head thread={thread} holder={holder} title={title} moves={moves} onCommand={run}
        onClose={() => dialog.current?.showModal()} />
      {failed && (
        <Alert data-color="warning" data-size="sm" role="alert" className="conversation-alert">
          {refusalText(failed.refusal, texts)}
        </Alert>
      )}
      {thread.refusal && !thread.events.length ? (
        <Alert data-color="warning" data-size="sm" role="alert" className="conversation-alert">
          {thread.refusal.status === 404 ? texts.conversation.notFound : texts.conversation.openFailed}{' '}
          <Button variant="tertiary" onClick={() => store.reload(thread.id)}>{texts.retry}</Button>
        </Alert>
      ) : null}
      <OfferLine thread={thread} holder={holder} onCommand={run} />
      <Transcript thread={thread} />
      <Composer thread={thread} field={field} />
      <CloseDialog dialog={dialog} thread={thread} hasDraft={drafts.has(thread.id)}
        onCommand={(details) => run('close', details)} />
    </>
  );
}
