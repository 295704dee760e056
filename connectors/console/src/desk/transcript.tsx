// The conversation as a log: oldest first, following the newest line unless the agent has scrolled up to read.
import { Button } from '@digdir/designsystemet-react';
import { Fragment, useLayoutEffect, useRef, useState } from 'react';
import { useTexts } from '../texts/texts';
import { dayOf, useNow } from './clock';
import { useDesk } from './desk_context';
import { TranscriptLine, UnconfirmedLine } from './line';
import { lineOf, readerOf } from './lines';
import { MessageDelivery } from './message_delivery';
import { DownSign } from './symbols';
import type { Thread } from './thread';

const kNearEndPx = 48;

function Lines({ thread }: { thread: Thread }) {
  const texts = useTexts();
  const { me } = useDesk();
  const reader = readerOf(thread.events, texts, me?.name ?? '');
  const written = new Map(thread.events.map((event) => [event.id ?? '', event.text ?? '']));
  let day = '';
  return thread.events.map((event) => {
    const line = lineOf(event, reader);
    if (!line) return null;
    const thisDay = dayOf(event.at, texts);
    const isNewDay = thisDay !== day;
    day = thisDay;
    const message = thread.delivery.get(event.seq);
    return (
      <Fragment key={event.seq}>
        {isNewDay && <p className="day"><span>{thisDay}</span></p>}
        <TranscriptLine line={line} asked={event.reply_to ? (written.get(event.reply_to) ?? '') : ''}
          foot={message && <MessageDelivery thread={thread} message={message} />} />
      </Fragment>
    );
  });
}

function Typing({ thread }: { thread: Thread }) {
  const texts = useTexts();
  const until = thread.citizenTypingUntil;
  const isTyping = until > useNow(until > 0);
  return (
    <p className="typing" data-typing={isTyping || undefined} aria-hidden={!isTyping || undefined}>
      {isTyping && (
        <>
          <span className="typing-dots" aria-hidden="true"><i /><i /><i /></span>
          {texts.transcript.typing}
        </>
      )}
    </p>
  );
}

export function Transcript({ thread }: { thread: Thread }) {
  const texts = useTexts();
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [isBehind, setBehind] = useState(false);
  const toEnd = () => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
  };
  useLayoutEffect(() => {
    if (follows.current) toEnd();
  }, [thread.events, thread.outgoing, thread.delivery]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => follows.current && toEnd());
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    follows.current = element.scrollHeight - element.scrollTop - element.clientHeight < kNearEndPx;
    setBehind(!follows.current);
  };
  return (
    <div className="transcript-frame">
      <div className="transcript" role="log" aria-label={texts.transcript.label} tabIndex={0} ref={box}
        onScroll={onScroll}>
        <Lines thread={thread} />
        {thread.outgoing.map((message) => (
          <UnconfirmedLine key={message.id} conversation={thread.id} message={message} />
        ))}
      </div>
      {isBehind && (
        <Button className="to-newest" variant="secondary" data-size="sm" onClick={toEnd}>
          <DownSign /> {texts.transcript.toNewest}
        </Button>
      )}
      <Typing thread={thread} />
    </div>
  );
}
