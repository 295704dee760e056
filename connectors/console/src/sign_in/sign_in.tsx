// The way in. An ordinary form with ordinary names, so that password managers know it.
import {
  Alert, Button, Field, Heading, Input, Label, Paragraph, ValidationMessage,
} from '@digdir/designsystemet-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { durationOf, useNow } from '../desk/clock';
import { useDesk, useStore } from '../desk/desk_context';
import { LanguageField, SchemeField, type Settings } from '../desk/top_bar';
import type { Texts } from '../texts/nn';
import { useTexts } from '../texts/texts';
import type { Refusal } from '../wire/calls';

const kWaitWhenUntoldMs = 30_000;

function refusalText(refusal: Refusal, texts: Texts): string {
  if (refusal.code === 'wrong_login') return texts.signIn.wrong;
  if (refusal.code === 'unreachable') return texts.signIn.unreachable;
  return refusal.text || texts.signIn.failed;
}

// Local time until which the server wants no more attempts; 0 when it does.
function useWait(refusal: Refusal | null): { until: number; leftMs: number } {
  const [until, setUntil] = useState(0);
  useEffect(() => {
    const wait = refusal?.status === 429 ? (refusal.retry_after_ms ?? kWaitWhenUntoldMs) : 0;
    setUntil(wait && Date.now() + wait);
  }, [refusal]);
  const now = useNow(until > 0);
  return { until, leftMs: Math.max(0, until - now) };
}

function Throttled({ leftMs }: { leftMs: number }) {
  const texts = useTexts();
  const words = leftMs > 0 ? texts.signIn.throttled(durationOf(leftMs + 999, texts)) : texts.signIn.throttledOver;
  const [firstWords] = useState(words);
  // Spoken once when it appears and once when it is over; the seconds in between are only shown.
  return (
    <Alert data-color={leftMs > 0 ? 'warning' : 'info'} data-size="sm">
      <span aria-hidden="true" className="sign-in-wait">{words}</span>
      <span className="ds-sr-only">{leftMs > 0 ? firstWords : texts.signIn.throttledOver}</span>
    </Alert>
  );
}

interface Missing {
  name: boolean;
  password: boolean;
  code: boolean;
}

function Refused({ refusal, wait }: { refusal: Refusal | null; wait: { until: number; leftMs: number } }) {
  const texts = useTexts();
  return (
    <div role="alert" className="sign-in-refusal">
      {refusal && refusal.status !== 429 && (
        <Alert data-color="danger" data-size="sm">{refusalText(refusal, texts)}</Alert>
      )}
      {refusal?.status === 429 && wait.until > 0 && <Throttled leftMs={wait.leftMs} />}
    </div>
  );
}

interface Given {
  name: string;
  password: string;
}

export function SignIn({ settings }: { settings: Settings }) {
  const texts = useTexts();
  const store = useStore();
  const { wasSignedOut, me } = useDesk();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [missing, setMissing] = useState<Missing>({ name: false, password: false, code: false });
  const [given, setGiven] = useState<Given | null>(null);  // right so far; the code is wanted
  const codeField = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [isShown, setShown] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const wait = useWait(refusal);
  useEffect(() => {
    document.title = `${texts.signIn.title} – ${texts.product}`;
  }, [texts]);
  useEffect(() => (me ? passwordField : nameField).current?.focus(), []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy || wait.leftMs > 0) return;
    const name = nameField.current?.value.trim() ?? '';
    const password = passwordField.current?.value ?? '';
    setMissing({ name: !name, password: !password, code: false });
    if (!name || !password) return (name ? passwordField : nameField).current?.focus();
    await attempt({ name, password });
  };

  const attempt = async (given: Given, code = '') => {
    setBusy(true);
    setRefusal(null);
    const refused = await store.signIn(given.name, given.password, code);
    if (!refused) return;
    setBusy(false);
    if (refused.code === 'code_wanted') return setGiven(given);
    setRefusal(refused);
    if (code) return codeField.current?.select();
    passwordField.current?.select();
    passwordField.current?.focus();
  };

  const submitCode = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy || wait.leftMs > 0 || !given) return;
    const code = codeField.current?.value.trim() ?? '';
    setMissing({ ...missing, code: !code });
    if (code) void attempt(given, code);
    else codeField.current?.focus();
  };
  const back = () => {
    setGiven(null);
    setRefusal(null);
  };

  if (given) {
    return (
      <main className="sign-in">
        <form className="sign-in-card" onSubmit={submitCode} noValidate>
          <p className="sign-in-brand"><span className="brand" aria-hidden="true" /> {texts.product}</p>
          <Heading level={1} data-size="sm">{texts.signIn.title}</Heading>
          <Paragraph>{texts.people.codeStep.lead}</Paragraph>
          <Refused refusal={refusal} wait={wait} />
          <Field>
            <Label htmlFor="code">{texts.people.codeStep.label}</Label>
            <Input id="code" name="code" autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} required
              autoFocus aria-invalid={missing.code || undefined} ref={codeField} />
            {missing.code && <ValidationMessage>{texts.people.codeStep.missing}</ValidationMessage>}
          </Field>
          <Button type="submit" loading={isBusy} aria-disabled={wait.leftMs > 0 || isBusy || undefined}>
            {isBusy ? texts.signIn.busy : texts.people.codeStep.submit}
          </Button>
          <Button variant="tertiary" onClick={back}>{texts.people.codeStep.back}</Button>
        </form>
      </main>
    );
  }
  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={(event) => void submit(event)} noValidate>
        <p className="sign-in-brand"><span className="brand" aria-hidden="true" /> {texts.product}</p>
        <Heading level={1} data-size="sm">{texts.signIn.title}</Heading>
        <Paragraph>{texts.signIn.lead}</Paragraph>
        {wasSignedOut && !refusal && <Alert data-color="info" data-size="sm" role="status">{texts.signIn.ended}</Alert>}
        <Refused refusal={refusal} wait={wait} />
        <Field>
          <Label htmlFor="username">{texts.signIn.name}</Label>
          <Input id="username" name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required
            defaultValue={me?.name} aria-invalid={missing.name || undefined} ref={nameField} />
          {missing.name && <ValidationMessage>{texts.signIn.nameMissing}</ValidationMessage>}
        </Field>
        <Field>
          <Label htmlFor="password">{texts.signIn.password}</Label>
          <Input id="password" name="password" type={isShown ? 'text' : 'password'} autoComplete="current-password"
            required aria-invalid={missing.password || undefined} ref={passwordField} />
          {missing.password && <ValidationMessage>{texts.signIn.passwordMissing}</ValidationMessage>}
        </Field>
        <Button variant="tertiary" className="sign-in-show" onClick={() => setShown(!isShown)}>
          {isShown ? texts.signIn.hide : texts.signIn.show}
        </Button>
        <Button type="submit" loading={isBusy} aria-disabled={wait.leftMs > 0 || isBusy || undefined}>
          {isBusy ? texts.signIn.busy : texts.signIn.submit}
        </Button>
      </form>
      <div className="sign-in-settings">
        <LanguageField />
        <SchemeField scheme={settings.scheme} choose={settings.chooseScheme} />
      </div>
    </main>
  );
}
