// How long a crisis lasts when nobody ends it by hand.
import { Field, Input, Label } from '@digdir/designsystemet-react';
import { useId } from 'react';
import { useTexts } from '../texts/texts';

const kHoursMax = 72;
const kHoursUsual = 12;

export function HoursField() {
  const texts = useTexts();
  const id = useId();
  return (
    <Field>
      <Label htmlFor={id}>{texts.crisis.hours}</Label>
      <Input id={id} name="hours" type="number" min={1} max={kHoursMax} required defaultValue={kHoursUsual} />
    </Field>
  );
}

// From now on, in a form with an HoursField.
export function lasting(form: FormData): { from: string; to: string } {
  const from = new Date();
  const to = new Date(from.getTime() + Number(form.get('hours')) * 3_600_000);
  return { from: from.toISOString(), to: to.toISOString() };
}
