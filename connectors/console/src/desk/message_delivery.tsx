// How far a message has come on its messaging platform, and a way to send again what did not arrive.
import { Button, Paragraph } from '@digdir/designsystemet-react';
import { useId, useRef } from 'react';
import type { Texts } from '../texts/nn';
import { useTexts } from '../texts/texts';
import type { MessageState } from '../wire/types';
import { CommandDialog } from './command_dialog';
import { useDesk, useStore } from './desk_context';
import { holderOf } from './holder';
import { useReplyWindow } from './reply_window';
import { DangerSign } from './symbols';
import type { Thread } from './thread';

const kTroubled = new Set<MessageState['state']>(['failed', 'uncertain']);

// What platforms call what agents can understand. Other numbers are shown, for whoever looks into it; sentences of the
// machine's own are not.
const kNumber = /^(telegram |http )?\d+(\/\d+)?$/;
const kPlatformCodes: Record<string, string> = {
  'telegram 403': 'unreachable',
  '551': 'unreachable',
  '131026': 'unreachable',
  '10/2018278': 'outside_window',
  '10/2534022': 'outside_window',
  '131047': 'outside_window',
};

function wordsOf({ state, why }: MessageState, { delivery }: Texts): string {
  switch (state) {
    case 'pending':
    case 'sending':
      return delivery.waiting;
    case 'failed': {
      const code = kPlatformCodes[why] ?? why;
      return delivery.failed(kNumber.test(code) ? delivery.reasonWith(code) : delivery.reason(code));
    }
    case 'uncertain':
      return delivery.uncertain(why === 'interrupted' ? delivery.reason(why) : delivery.noAnswer);
    default:
      return delivery[state];
  }
}

function SendAgain({ thread, message, describedBy }: { thread: Thread; message: MessageState; describedBy: string }) {
  const texts = useTexts();
  const store = useStore();
  const dialog = useRef<HTMLDialogElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const isUncertain = message.state === 'uncertain';
  // The button goes when the message is on its way; focus stays in the conversation.
  const send = async () => {
    const log = button.current?.closest<HTMLElement>('[role=log]');
    if (await store.commands.sendAgain(thread.id, message.seq, isUncertain)) log?.focus();
  };
  const onClick = () => (isUncertain ? dialog.current?.showModal() : void send());
  return (
    <>
      <Button variant="tertiary" data-size="sm" ref={button} aria-describedby={describedBy}
        aria-haspopup={isUncertain ? 'dialog' : undefined} onClick={onClick}>
        {texts.delivery.sendAgain}
      </Button>
      {isUncertain && (
        <CommandDialog dialog={dialog} title={texts.delivery.confirmTitle} submit={texts.delivery.confirmYes}
          onSubmit={() => void send()}>
          <Paragraph>{texts.delivery.confirmText}</Paragraph>
        </CommandDialog>
      )}
    </>
  );
}

// Only trouble is read aloud as it happens: that each message was sent and delivered would drown the words.
export function MessageDelivery({ thread, message }: { thread: Thread; message: MessageState }) {
  const texts = useTexts();
  const { me } = useDesk();
  const id = useId();
  const isTroubled = kTroubled.has(message.state);
  const { who } = holderOf(thread, me);
  const isClosed = useReplyWindow(isTroubled ? thread.card : null)?.isClosed;
  const maySend = isTroubled && !isClosed && (who === 'me' || who === 'ended');
  return (
    <div className="line-state" data-delivery={message.state} data-refused={isTroubled || undefined}
      aria-live={isTroubled ? undefined : 'off'}>
      <span id={id}>{isTroubled && <DangerSign />} {wordsOf(message, texts)}</span>
      {maySend && <SendAgain thread={thread} message={message} describedBy={id} />}
    </div>
  );
}
