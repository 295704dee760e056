// My account: password, second factor, sessions.
import { Alert, Button, Heading, Paragraph } from '@digdir/designsystemet-react';
import { useState, type FormEvent } from 'react';
import { useDesk, useStore } from '../desk/desk_context';
import { useTexts } from '../texts/texts';
import * as calls from '../wire/people_calls';
import { Confirm } from './enrolment';
import { RefusalAlert, TextField, useCall, useFields } from './form_parts';
import { RecoveryCodes } from './recovery_codes';
import { Sessions } from './sessions';

function PasswordForm() {
  const texts = useTexts().people;
  const { isBusy, refusal, run } = useCall();
  const { missing, read } = useFields(['password', 'new_password']);
  const [isDone, setDone] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    const form = event.currentTarget;
    const values = read(event);
    setDone(false);
    if (!values) return;
    if (!(await run(() => calls.changePassword(values.password!, values.new_password!)))) return;
    form.reset();
    setDone(true);
  };
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      <RefusalAlert refusal={refusal} />
      <div role="status">{isDone && <Alert data-color="success" data-size="sm">{texts.password.done}</Alert>}</div>
      <TextField label={texts.password.now} name="password" type="password" autoComplete="current-password"
        isMissing={missing === 'password'} />
      <TextField label={texts.password.next} name="new_password" type="password" autoComplete="new-password"
        description={texts.password.rules} isMissing={missing === 'new_password'} />
      <Button type="submit" loading={isBusy}>{texts.password.submit}</Button>
    </form>
  );
}

type Wish = 'enrol' | 'codes' | 'remove';
const kSubmit = { enrol: 'goOn', codes: 'newCodes', remove: 'remove' } as const;

function SecondFactor() {
  const texts = useTexts().people;
  const store = useStore();
  const { me } = useDesk();
  const [wish, setWish] = useState<Wish | null>(null);
  const [enrolling, setEnrolling] = useState<{ key: string; address: string } | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const { isBusy, refusal, run } = useCall();
  const { missing, read } = useFields(['password']);
  const end = () => {
    setWish(null);
    setEnrolling(null);
    setCodes(null);
    void store.refreshMe();
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    const password = read(event)?.password;
    if (!password) return;
    if (wish === 'enrol') setEnrolling(await run(() => calls.beginEnrolment(password)));
    if (wish === 'codes') setCodes((await run(() => calls.renewRecoveryCodes(password)))?.recovery_codes ?? null);
    if (wish === 'remove' && (await run(() => calls.removeSecondFactor(password)))) end();
  };
  if (codes) return <RecoveryCodes codes={codes} onDone={end} />;
  if (enrolling) return <Confirm enrolling={enrolling} onCodes={setCodes} />;
  const isOn = me?.second_factor ?? false;
  return (
    <>
      <Paragraph>{isOn ? texts.factor.on(me?.recovery_codes_left ?? 0) : texts.factor.off}</Paragraph>
      <div className="form-answers">
        <Button variant="secondary" onClick={() => setWish('enrol')}>
          {isOn ? texts.factor.again : texts.factor.setUp}
        </Button>
        {isOn && <Button variant="secondary" onClick={() => setWish('codes')}>{texts.factor.newCodes}</Button>}
        {isOn && <Button variant="secondary" onClick={() => setWish('remove')}>{texts.factor.remove}</Button>}
      </div>
      {wish && (
        <form className="form" onSubmit={(event) => void submit(event)} noValidate>
          <RefusalAlert refusal={refusal} />
          <TextField label={texts.password.now} name="password" type="password" autoComplete="current-password"
            isMissing={missing === 'password'} />
          <div className="form-answers">
            <Button type="submit" loading={isBusy}>{texts.factor[kSubmit[wish]]}</Button>
            <Button variant="tertiary" onClick={() => setWish(null)}>{texts.cancel}</Button>
          </div>
        </form>
      )}
    </>
  );
}

export function AccountPage() {
  const texts = useTexts().people;
  return (
    <>
      <section className="block" aria-labelledby="password-title">
        <Heading level={3} data-size="xs" id="password-title">{texts.password.title}</Heading>
        <PasswordForm />
      </section>
      <section className="block" aria-labelledby="factor-title">
        <Heading level={3} data-size="xs" id="factor-title">{texts.factor.title}</Heading>
        <SecondFactor />
      </section>
      <section className="block" aria-labelledby="sessions-title">
        <Heading level={3} data-size="xs" id="sessions-title">{texts.sessions.title}</Heading>
        <Sessions load={calls.mySessions} end={calls.endMySession} />
      </section>
    </>
  );
}
