// Setting up the second factor: a code to photograph or a key to type, a first code as proof, the recovery codes.
import { Button, Heading, Paragraph } from '@digdir/designsystemet-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useDesk, useStore } from '../desk/desk_context';
import { LanguageField, SchemeField, type Settings } from '../desk/top_bar';
import { useTexts } from '../texts/texts';
import { beginEnrolment, confirmEnrolment } from '../wire/people_calls';
import { RefusalAlert, TextField, useCall, useFields } from './form_parts';
import { QrCode } from './qr_code';
import { RecoveryCodes } from './recovery_codes';

const groupsOfFour = (key: string) => key.replace(/(.{4})(?=.)/g, '$1 ');

interface Enrolling {
  key: string;
  address: string;
}

export function Confirm({ enrolling, onCodes }: { enrolling: Enrolling; onCodes(codes: string[]): void }) {
  const texts = useTexts().people;
  const { isBusy, refusal, run } = useCall();
  const { missing, read } = useFields(['code']);
  const field = useRef<HTMLInputElement>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    const values = read(event);
    if (!values) return;
    const given = await run(() => confirmEnrolment(values.code!.replace(/\s/g, '')));
    if (given) return onCodes(given.recovery_codes);
    field.current?.select();
    field.current?.focus();
  };
  return (
    <form className="enrolment" onSubmit={(event) => void submit(event)} noValidate>
      <ol className="enrolment-steps">
        <li>{texts.enrol.app}</li>
        <li>{texts.enrol.scan}</li>
        <li>{texts.enrol.write}</li>
      </ol>
      <QrCode text={enrolling.address} label={texts.enrol.qr} />
      <p className="enrolment-key">
        {texts.enrol.key} <code>{groupsOfFour(enrolling.key)}</code>
      </p>
      <RefusalAlert refusal={refusal} />
      <TextField label={texts.code} name="code" autoComplete="one-time-code" isCode isMissing={missing === 'code'}
        inputRef={field} />
      <Button type="submit" loading={isBusy}>{texts.enrol.submit}</Button>
    </form>
  );
}

// The page of an account that can do nothing else.
export function EnrolmentPage({ settings }: { settings: Settings }) {
  const texts = useTexts();
  const store = useStore();
  const { me } = useDesk();
  const [enrolling, setEnrolling] = useState<Enrolling | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const { refusal, run } = useCall();
  const begin = async () => setEnrolling(await run(() => beginEnrolment('')));
  useEffect(() => {
    document.title = `${texts.people.enrol.title} – ${texts.product}`;
  }, [texts]);
  return (
    <main className="sign-in">
      <div className="sign-in-card enrolment-card">
        <p className="sign-in-brand"><span className="brand" aria-hidden="true" /> {texts.product}</p>
        <Heading level={1} data-size="sm">{texts.people.enrol.title}</Heading>
        {codes && <RecoveryCodes codes={codes} onDone={() => void store.refreshMe()} />}
        {!codes && <Paragraph>{texts.people.enrol.lead(me?.display_name ?? '')}</Paragraph>}
        <RefusalAlert refusal={refusal} />
        {!codes && enrolling && <Confirm enrolling={enrolling} onCodes={setCodes} />}
        {!codes && !enrolling && <Button onClick={() => void begin()}>{texts.people.enrol.begin}</Button>}
        {!codes && (
          <Button variant="tertiary" onClick={() => void store.signOut()}>{texts.header.signOut}</Button>
        )}
      </div>
      <div className="sign-in-settings">
        <LanguageField />
        <SchemeField scheme={settings.scheme} choose={settings.chooseScheme} />
      </div>
    </main>
  );
}
