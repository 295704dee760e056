// Parts that the forms about accounts share.
import { Alert, Field, Input, Label, ValidationMessage } from '@digdir/designsystemet-react';
import { useId, useRef, useState, type FormEvent, type ReactNode, type Ref } from 'react';
import { useTexts } from '../texts/texts';
import type { Answer, Refusal } from '../wire/calls';

// A call at a time, with the refusal of the last.
export function useCall() {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const busy = useRef(false);
  async function run<T>(call: () => Promise<Answer<T>>): Promise<T | null> {
    if (busy.current) return null;
    busy.current = true;
    setBusy(true);
    setRefusal(null);
    const answer = await call();
    busy.current = false;
    setBusy(false);
    if (answer.ok) return answer.value;
    setRefusal(answer.refusal);
    return null;
  }
  return { isBusy, refusal, run };
}

export function RefusalAlert({ refusal }: { refusal: Refusal | null }) {
  const texts = useTexts();
  const words = refusal?.code === 'unreachable' ? texts.signIn.unreachable : refusal?.text;
  return (
    <div role="alert" className="form-refusal">
      {refusal && <Alert data-color="danger" data-size="sm">{words || texts.people.failed}</Alert>}
    </div>
  );
}

interface TextFieldProps {
  label: string;
  name: string;
  type?: 'text' | 'password';
  autoComplete?: string;
  isCode?: boolean;
  isMissing?: boolean;
  description?: ReactNode;
  inputRef?: Ref<HTMLInputElement>;
}

export function TextField(props: TextFieldProps) {
  const { label, name, type = 'text', autoComplete, isCode, isMissing, description, inputRef } = props;
  const texts = useTexts();
  const id = useId();
  return (
    <Field>
      <Label htmlFor={id}>{label}</Label>
      {description && <div data-field="description">{description}</div>}
      <Input id={id} name={name} type={type} autoComplete={autoComplete ?? 'off'} autoCapitalize="none"
        spellCheck={false} inputMode={isCode ? 'numeric' : undefined} aria-invalid={isMissing || undefined}
        ref={inputRef} />
      {isMissing && <ValidationMessage>{texts.people.missing}</ValidationMessage>}
    </Field>
  );
}

// The named fields of a form; the first that is empty gets the focus and is told in `missing`.
export function useFields(names: string[]) {
  const [missing, setMissing] = useState('');
  const read = (event: FormEvent<HTMLFormElement>): Record<string, string> | null => {
    event.preventDefault();
    const form = event.currentTarget;
    const values: Record<string, string> = {};
    for (const name of names) {
      const field = form.elements.namedItem(name) as HTMLInputElement;
      values[name] = field.type === 'password' ? field.value : field.value.trim();
      if (values[name]) continue;
      setMissing(name);
      field.focus();
      return null;
    }
    setMissing('');
    return values;
  };
  return { missing, read };
}
