// One line of the transcript. Who speaks is said in words, and shown by side, shape and sign, never by colour alone.
import { Button } from '@digdir/designsystemet-react';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts';
import type { DeskEvent } from '../wire/types';
import { clockOf } from './clock';
import { useDesk, useStore } from './desk_context';
import { ExplanationOf } from './explanation';
import { isPrivate, type Line } from './lines';
import { AgentSign, CitizenSign, DangerSign, RobotSign, SystemSign } from './symbols';
import type { Outgoing } from './thread';
import { VisibleText, followable } from './visible_text';

interface Around {
  asked: string;  // what the citizen wrote, when the line answers it
  foot: ReactNode;
}

type Speaker = 'citizen' | 'bot' | 'agent';
const signs: Record<Speaker, ReactNode> = { citizen: <CitizenSign />, bot: <RobotSign />, agent: <AgentSign /> };

function Time({ at }: { at: string }) {
  return <time className="line-time" dateTime={at}>{clockOf(at)}</time>;
}

function Extras({ event }: { event: DeskEvent }) {
  const texts = useTexts();
  return (
    <>
      {event.links && event.links.length > 0 && (
        <ul className="extras" aria-label={texts.transcript.links}>
          {event.links.map(({ label, url }) => {
            const address = followable(url);
            return (
              <li key={url}>
                <span>{label}: </span>
                {address ? (
                  <a className="ds-link" href={address} target="_blank" rel="noopener noreferrer">{url}</a>
                ) : (
                  <VisibleText text={url} />
                )}
              </li>
            );
          })}
        </ul>
      )}
      {event.choices && event.choices.length > 0 && (
        <ul className="choices" aria-label={texts.transcript.choices}>
          {event.choices.map((choice) => <li key={choice.id}>{choice.label}</li>)}
        </ul>
      )}
    </>
  );
}

function useSpeakerName(speaker: Speaker, event: Pick<DeskEvent, 'name' | 'agent'>): string {
  const texts = useTexts();
  const { me } = useDesk();
  if (speaker !== 'agent') return texts.transcript[speaker];
  const isMe = event.agent !== undefined && event.agent === me?.name;
  return `${event.name ?? ''} (${isMe ? texts.transcript.you : texts.transcript.person})`;
}

interface WordsProps extends Around {
  speaker: Speaker;
  event: DeskEvent;
}

function Words({ speaker, event, asked, foot }: WordsProps) {
  const texts = useTexts();
  const name = useSpeakerName(speaker, event);
  return (
    <article className="line line-words" data-speaker={speaker} data-seq={event.seq}
      data-danger={event.safety ? true : undefined}>
      <p className="line-who">
        <span className="line-name">{signs[speaker]} {name}</span> <Time at={event.at} />
        {event.safety && <span className="danger"><DangerSign /> {texts.safety(event.safety)}</span>}
      </p>
      <div className="bubble">
        {event.text ? <VisibleText text={event.text} /> : <em>{texts.transcript.redacted}</em>}
        <Extras event={event} />
        {event.sample && <p className="sample-note">{texts.transcript.sample}</p>}
        {event.edits !== undefined && <p className="sample-note">{texts.transcript.edited}</p>}
        {event.masked && <p className="sample-note">{texts.transcript.masked}</p>}
      </div>
      {foot}
      <ExplanationOf event={event} asked={asked} />
    </article>
  );
}

function Turn({ line, asked, foot }: Around & { line: Extract<Line, { shape: 'turn' }> }) {
  const texts = useTexts();
  const { event, title, weight } = line;
  return (
    <div className="line line-turn" data-kind={event.kind} data-weight={weight} data-seq={event.seq}
      data-private={isPrivate(event) || undefined}>
      <p className="turn-title"><span>{title} <Time at={event.at} /></span></p>
      {event.text && (
        <p className="turn-text">
          <span className="turn-read">
            {isPrivate(event) ? texts.transcript.toColleagues : texts.transcript.toCitizen}
          </span>{' '}
          <VisibleText text={event.text} />
        </p>
      )}
      {foot}
      <ExplanationOf event={event} asked={asked} />
    </div>
  );
}

function SystemNotice({ event, foot }: { event: DeskEvent; foot: ReactNode }) {
  const texts = useTexts();
  return (
    <div className="line line-notice" data-danger={event.safety ? true : undefined} data-seq={event.seq}>
      <p className="line-who">
        <span className="line-name">
          {event.safety ? <DangerSign /> : <SystemSign />} {texts.transcript.system}
        </span>{' '}
        <Time at={event.at} />
      </p>
      <VisibleText text={event.text ?? ''} />
      {foot}
    </div>
  );
}

export function TranscriptLine({ line, ...around }: Around & { line: Line }) {
  if (line.shape === 'turn') return <Turn line={line} {...around} />;
  if (line.shape === 'notice') return <SystemNotice event={line.event} foot={around.foot} />;
  return <Words speaker={line.speaker} event={line.event} {...around} />;
}

// What the agent wrote and the server has not confirmed.
export function UnconfirmedLine({ conversation, message }: { conversation: string; message: Outgoing }) {
  const texts = useTexts();
  const store = useStore();
  const { me } = useDesk();
  const name = useSpeakerName('agent', { name: me?.display_name, agent: me?.name });
  return (
    <article className="line line-words" data-speaker="agent" data-state={message.state}>
      <p className="line-who"><span className="line-name">{signs.agent} {name}</span></p>
      <div className="bubble"><VisibleText text={message.text} /></div>
      {message.state === 'sending' && <p className="line-state">{texts.transcript.sending}</p>}
      {message.state === 'waiting' && (
        <p className="line-state">
          {texts.transcript.waitingToSend}{' '}
          <Button variant="tertiary" data-size="sm" onClick={() => store.outbox.resend(conversation)}>
            {texts.transcript.sendAgain}
          </Button>
        </p>
      )}
      {message.state === 'refused' && (
        <p className="line-state" data-refused>
          <DangerSign /> {texts.transcript.refused} {message.refusal?.text}{' '}
          <Button variant="tertiary" data-size="sm" onClick={() => store.outbox.retry(conversation, message.id)}>
            {texts.transcript.sendAgain}
          </Button>
          <Button variant="tertiary" data-size="sm" onClick={() => store.takeBack(conversation, message.id)}>
            {texts.transcript.takeBack}
          </Button>
        </p>
      )}
    </article>
  );
}
