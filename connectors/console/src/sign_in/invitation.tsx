// Where an invited person chooses a password. The link's token stands behind «#», so no server's log has it.
import { Alert, Button, Heading, Paragraph } from '@digdir/designsystemet-react';
import { useEffect, useState, type FormEvent } from 'react';
import { LanguageField, SchemeField, type Settings } from '../desk/top_bar';
import { RefusalAlert, TextField, useCall, useFields } from '../people/form_parts';
import { useTexts } from '../texts/texts';
import { acceptInvitation, showInvitation } from '../wire/people_calls';

// The token of the address, taken away from it.
export function takeInvitation(): string {
  const token = /^#invitation=([\w-]+)$/.exec(location.hash)?.[1] ?? '';
  if (token) history.replaceState(null, '', location.pathname);
  return token;
}

export function Invitation({ token, settings, onDone }: { token: string; settings: Settings; onDone(): void }) {
  const texts = useTexts();
  const words = texts.people.invitation;
  const [invitee, setInvitee] = useState<{ name: string; display_name: string } | null>(null);
  const [isDone, setDone] = useState(false);
  const { isBusy, refusal, run } = useCall();
  const { missing, read } = useFields(['new_password']);
  useEffect(() => {
    document.title = `${words.title} – ${texts.product}`;
  }, [texts, words]);
  useEffect(() => {
    void run(() => showInvitation(token)).then(setInvitee);
  }, []);  // eslint-disable-line
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    const values = read(event);
    if (values && (await run(() => acceptInvitation(token, values.new_password!)))) setDone(true);
  };
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <p className="sign-in-brand"><span className="brand" aria-hidden="true" /> {texts.product}</p>
        <Heading level={1} data-size="sm">{words.title}</Heading>
        <RefusalAlert refusal={refusal} />
        {isDone && <Alert data-color="success" data-size="sm" role="status">{words.done}</Alert>}
        {(isDone || !invitee) && <Button onClick={onDone}>{texts.signIn.submit}</Button>}
        {invitee && !isDone && (
          <form className="form" onSubmit={(event) => void submit(event)} noValidate>
            <Paragraph>{words.lead(invitee.display_name, invitee.name)}</Paragraph>
            <input type="text" name="username" autoComplete="username" value={invitee.name} readOnly hidden />
            <TextField label={texts.people.password.next} name="new_password" type="password"
              autoComplete="new-password" description={texts.people.password.rules}
              isMissing={missing === 'new_password'} />
            <Button type="submit" loading={isBusy}>{words.submit}</Button>
          </form>
        )}
      </div>
      <div className="sign-in-settings">
        <LanguageField />
        <SchemeField scheme={settings.scheme} choose={settings.chooseScheme} />
      </div>
    </main>
  );
}
