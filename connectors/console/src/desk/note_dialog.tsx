// A note for colleagues, never shown to the citizen; also why a conversation is parked.
import { Field, Label, Textarea } from '@digdir/designsystemet-react';
import { useId, useState, type RefObject } from 'react';
import { useTexts } from '../texts/texts';
import { CommandDialog } from './command_dialog';

interface NoteDialogProps {
  dialog: RefObject<HTMLDialogElement | null>;
  title: string;
  text: string;
  submit: string;
  mayBeEmpty?: boolean;
  onCommand(words: string): Promise<boolean>;
}

export function NoteDialog({ dialog, title, text, submit, mayBeEmpty, onCommand }: NoteDialogProps) {
  const texts = useTexts();
  const id = useId();
  const [words, setWords] = useState('');
  const [fault, setFault] = useState('');
  const isReady = () => {
    const isMissing = !mayBeEmpty && words.trim() === '';
    setFault(isMissing ? texts.note.missing : '');
    return !isMissing;
  };
  const send = async () => {
    if (await onCommand(words.trim())) setWords('');
  };
  return (
    <CommandDialog dialog={dialog} title={title} submit={submit} fault={fault} isReady={isReady}
      onSubmit={() => void send()}>
      <p>{text}</p>
      <Field>
        <Label htmlFor={id}>{texts.note.label}</Label>
        <Textarea id={id} rows={4} value={words} onChange={(event) => setWords(event.target.value)} />
      </Field>
    </CommandDialog>
  );
}
