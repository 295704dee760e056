// «Notat til saka»: the conversation as text, to be copied into the case system.
import { Button, Dialog, Field, Heading, Label, Radio, Textarea } from '@digdir/designsystemet-react';
import { useId, useRef, useState, type RefObject } from 'react';
import { useTexts } from '../texts/texts';
import { caseNote, type NoteScope } from './case_note';
import type { Thread } from './thread';

const kScopes: readonly NoteScope[] = ['last', 'whole'];

// A page that is not served over TLS has no clipboard: then the text is selected for the agent.
async function copied(text: string, field: HTMLTextAreaElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field?.focus();
    field?.select();
    return false;
  }
}

export function CaseNoteDialog({ dialog, thread }: { dialog: RefObject<HTMLDialogElement | null>; thread: Thread }) {
  const texts = useTexts();
  const titleId = useId();
  const textId = useId();
  const scopeName = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [scope, setScope] = useState<NoteScope>('last');
  const [told, setTold] = useState('');
  const text = caseNote(thread, scope, texts);
  const copy = async () => {
    setTold('');
    setTold((await copied(text, field.current)) ? texts.caseNote.copied : texts.caseNote.selected);
  };
  const choose = (next: NoteScope) => {
    setTold('');
    setScope(next);
  };
  return (
    <Dialog ref={dialog} closeButton={texts.dialog.dismiss} aria-labelledby={titleId} className="confirm case-note"
      onClose={() => setTold('')}>
      <Heading level={2} data-size="xs" id={titleId}>{texts.caseNote.open}</Heading>
      <fieldset className="choices-field">
        <legend>{texts.caseNote.scope}</legend>
        {kScopes.map((one) => (
          <Radio key={one} id={`${scopeName}-${one}`} name={scopeName} value={one}
            label={texts.caseNote.scopes[one]} checked={scope === one} onChange={() => choose(one)} />
        ))}
      </fieldset>
      <Field>
        <Label htmlFor={textId}>{texts.caseNote.text}</Label>
        <Textarea id={textId} ref={field} readOnly rows={10} value={text} />
      </Field>
      <p role="status">{told}</p>
      <div className="confirm-answers">
        <Button onClick={() => void copy()}>{texts.caseNote.copy}</Button>
        <Button variant="secondary" onClick={() => dialog.current?.close()}>{texts.caseNote.done}</Button>
      </div>
    </Dialog>
  );
}
