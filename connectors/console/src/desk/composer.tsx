// Where the agent writes. Locked, with the reason, until the conversation is the agent's own.
import { Button, Label, Textarea } from '@digdir/designsystemet-react';
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { Texts } from '../texts/nn';
import type { Reply } from '../wire/types';
import { useTexts } from '../texts/texts';
import { useDesk, useStore } from './desk_context';
import { holderOf, type Holder } from './holder';
import { behind, sampleMark } from './insertion';
import { RepliesDialog } from './replies';
import { useReplyWindow } from './reply_window';
import { shortcut } from './shortcuts';
import { SendSign } from './symbols';
import type { Thread } from './thread';

const kTextMax = 4000;  // code points, as the web chat's protocol says
const kCountFrom = 3500;
const kOwnChannels: readonly string[] = ['webchat', 'phone'];  // what is said on the others lies with a platform too

function lockOf(holder: Holder, texts: Texts): string | null {
  switch (holder.who) {
    case 'me':
      return null;
    case 'queue':
      return texts.composer.lockedQueue;
    case 'other':
      return texts.composer.lockedOther(holder.name);
    case 'bot':
      return texts.composer.lockedBot;
    case 'ended':
      return texts.composer.lockedEnded;
  }
}

// As high as its text, between what the style sheet allows.
function useOwnHeight(field: RefObject<HTMLTextAreaElement | null>, text: string) {
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [field, text]);
}

function Count({ text }: { text: string }) {
  const texts = useTexts();
  const length = [...text].length;
  if (length < kCountFrom) return null;
  const over = length - kTextMax;
  return (
    <span className="composer-count" data-over={over > 0 || undefined} role="status">
      {over > 0 ? texts.composer.tooLong(over) : texts.composer.left(-over)}
    </span>
  );
}

interface ComposerProps {
  thread: Thread;
  field: RefObject<HTMLTextAreaElement | null>;
}

export function Composer({ thread, field }: ComposerProps) {
  const texts = useTexts();
  const store = useStore();
  const { drafts, me, connection } = useDesk();
  const hintId = useId();
  const fieldId = useId();
  const text = drafts.get(thread.id) ?? '';
  const window = useReplyWindow(thread.card);
  const channel = texts.channel(thread.card?.channel ?? '');
  const isPlatform = thread.card !== null && !kOwnChannels.includes(thread.card.channel);
  const generalId = useId();
  const closed = window?.isClosed ? texts.delivery.closed(channel, window.when) : null;
  const lock = lockOf(holderOf(thread, me), texts) ?? closed;
  const canSend = !lock && text.trim() !== '' && [...text].length <= kTextMax;
  useOwnHeight(field, text);
  const replies = useRef<HTMLDialogElement>(null);
  const [isChoosing, setChoosing] = useState(false);
  const send = () => {
    if (!canSend) return;
    store.say(thread.id);
    field.current?.focus();
  };
  const openReplies = () => {
    setChoosing(true);
    replies.current?.showModal();
  };
  const insert = (reply: Reply) => {
    const mark = reply.sample ? `\n${sampleMark(reply.language)}` : '';
    store.draft(thread.id, behind(text, reply.text + mark));
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === '/' && !lock && text === '') {
      event.preventDefault();
      return openReplies();
    }
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const hint = lock ?? (connection === 'live' ? texts.composer.hint : texts.composer.offline);
  return (
    <>
      <form className="composer" data-locked={lock ? true : undefined}
        onSubmit={(event) => { event.preventDefault(); send(); }}>
        <Label htmlFor={fieldId} className="ds-sr-only">{texts.composer.label}</Label>
        <div className="composer-row">
          <Textarea id={fieldId} ref={field} {...shortcut('write')} rows={1}
            value={text} readOnly={lock !== null} aria-describedby={`${generalId} ${hintId}`}
            placeholder={lock ? undefined : texts.composer.placeholder} enterKeyHint="send" autoComplete="off"
            onChange={(event) => store.draft(thread.id, event.target.value)} onKeyDown={onKeyDown} />
          <Button type="submit" aria-disabled={!canSend || undefined} className="composer-send">
            <SendSign /> <span>{texts.composer.send}</span>
          </Button>
        </div>
        <div className="composer-foot">
          <p className="composer-hint">
            <span id={hintId} data-keys={hint === texts.composer.hint || undefined}>{hint}</span>{' '}
            {isPlatform && !lock && <span id={generalId}>{texts.delivery.generalOnly(channel)} </span>}
            {window && !lock && (
              <span className="composer-until">{texts.delivery.mayAnswerUntil(window.when)} </span>
            )}
            <Count text={text} />
          </p>
          {!lock && (
            <Button variant="tertiary" data-size="sm" aria-haspopup="dialog" {...shortcut('replies')}
              onClick={openReplies}>
              {texts.replies.open}
            </Button>
          )}
        </div>
      </form>
      <RepliesDialog dialog={replies} conversation={thread.id} isOpen={isChoosing} onClose={() => setChoosing(false)}
        onInsert={insert} />
    </>
  );
}
