// What the editors have written for agents, put into the draft with a few keys: words narrow the list, arrows choose,
// Enter inserts. Nothing is sent by it.
import { Button, Dialog, Field, Heading, Input, Label } from '@digdir/designsystemet-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTexts } from '../texts/texts';
import { repliesOf } from '../wire/calls';
import type { Reply } from '../wire/types';
import { VisibleText } from './visible_text';

interface RepliesProps {
  dialog: RefObject<HTMLDialogElement | null>;
  conversation: string;
  isOpen: boolean;  // the list is fetched anew each time: facts and replies change
  onClose(): void;
  onInsert(reply: Reply): void;
}

type Fetched = { state: 'loading' | 'failed' } | { state: 'there'; replies: readonly Reply[] };

function useReplies(conversation: string, isOpen: boolean): Fetched {
  const [fetched, setFetched] = useState<Fetched>({ state: 'loading' });
  useEffect(() => {
    if (!isOpen) return;
    let isLate = false;
    setFetched({ state: 'loading' });
    void repliesOf(conversation).then((answer) => {
      if (!isLate) setFetched(answer.ok ? { state: 'there', replies: answer.value.replies } : { state: 'failed' });
    });
    return () => { isLate = true; };
  }, [conversation, isOpen]);
  return fetched;
}

function matching(replies: readonly Reply[], query: string): Reply[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = ({ id, title, text: own }: Reply) => `${id} ${title} ${own}`.toLowerCase();
  return replies.filter((reply) => words.every((word) => text(reply).includes(word)));
}

interface OptionProps {
  reply: Reply;
  id: string;
  isActive: boolean;
  onChoose(): void;
}

function Option({ reply, id, isActive, onChoose }: OptionProps) {
  const texts = useTexts();
  return (
    <li role="option" id={id} aria-selected={isActive} aria-disabled={reply.missing.length > 0 || undefined}
      className="reply" onClick={onChoose}>
      <span className="reply-title">
        {reply.title} {reply.sample && <span className="sample">{texts.knowledge.sample}</span>}
      </span>
      <span lang={reply.language}><VisibleText text={reply.text} /></span>
      {reply.missing.length > 0 && <span className="none">{texts.knowledge.missing}</span>}
    </li>
  );
}

export function RepliesDialog({ dialog, conversation, isOpen, onClose, onInsert }: RepliesProps) {
  const texts = useTexts();
  const id = useId();
  const fetched = useReplies(conversation, isOpen);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const found = fetched.state === 'there' ? matching(fetched.replies, query) : [];
  const at = Math.min(active, found.length - 1);
  // A dialog gives focus to its first button; the words are wanted first.
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isOpen) field.current?.focus();
  }, [isOpen]);
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  const close = () => {
    setQuery('');
    setActive(0);
    onClose();
  };
  const choose = (reply: Reply | undefined) => {
    if (!reply || reply.missing.length > 0) return;
    dialog.current?.close();
    onInsert(reply);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 5, PageUp: at - 5 };
    const to = moves[event.key];
    if (to !== undefined) setActive(Math.max(0, Math.min(found.length - 1, to)));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(found[at]);
    else return;
    event.preventDefault();
  };
  const words = fetched.state === 'there' ? texts.context.hits(found.length)
    : fetched.state === 'failed' ? texts.replies.failed : texts.loading;
  return (
    <Dialog ref={dialog} closeButton={texts.dialog.dismiss} aria-labelledby={`${id}-title`} className="confirm replies"
      onClose={close}>
      <Heading level={2} data-size="xs" id={`${id}-title`}>{texts.replies.title}</Heading>
      <Field>
        <Label htmlFor={`${id}-find`}>{texts.replies.find}</Label>
        <Input id={`${id}-find`} type="text" role="combobox" aria-expanded={found.length > 0} aria-autocomplete="list"
          aria-controls={`${id}-list`} aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined} autoComplete="off"
          value={query} onKeyDown={onKeyDown} ref={field}
          onChange={(event) => { setQuery(event.target.value); setActive(0); }} />
      </Field>
      <p className="none" role="status">{words}</p>
      <ul role="listbox" id={`${id}-list`} aria-label={texts.replies.title} className="reply-list" tabIndex={-1}>
        {found.map((reply, index) => (
          <Option key={reply.id} reply={reply} id={`${id}-${index}`} isActive={index === at}
            onChoose={() => choose(reply)} />
        ))}
      </ul>
      <p className="none">{texts.replies.how}</p>
      <div className="confirm-answers">
        <Button onClick={() => choose(found[at])} aria-disabled={!found[at] || found[at].missing.length > 0}>
          {texts.replies.insert}
        </Button>
        <Button variant="secondary" onClick={() => dialog.current?.close()}>{texts.dialog.no}</Button>
      </div>
    </Dialog>
  );
}
