// The people of my municipalities: invite, change, shut out.
import { Button, Dialog, Heading, Paragraph, Input, Label, Field } from '@digdir/designsystemet-react';
import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { useTexts } from '../texts/texts';
import * as calls from '../wire/people_calls';
import type { Link, People, Person, Right } from '../wire/people_calls';
import { RefusalAlert, TextField, useCall, useFields } from './form_parts';
import { RightsFields } from './rights_fields';
import { Sessions } from './sessions';
import { useWhen } from './when';

// Shown once: whoever gives it to the right person is the administrator.
function LinkShown({ link }: { link: Link }) {
  const texts = useTexts().people;
  const when = useWhen();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const address = `${location.origin}/desk/#invitation=${link.token}`;
  useEffect(() => field.current?.focus(), []);
  return (
    <div className="link-shown">
      <Paragraph>{texts.link.lead(link.person?.display_name ?? '', when(link.expires))}</Paragraph>
      <Field>
        <Label htmlFor={id}>{texts.link.label}</Label>
        <Input id={id} readOnly value={address} ref={field} onFocus={(event) => event.currentTarget.select()} />
      </Field>
      <Button variant="secondary" onClick={() => void navigator.clipboard?.writeText(address)}>{texts.copy}</Button>
    </div>
  );
}

function InviteForm({ people, onDone }: { people: People; onDone(): void }) {
  const texts = useTexts().people;
  const [rights, setRights] = useState<Right[]>([]);
  const [link, setLink] = useState<Link | null>(null);
  const { isBusy, refusal, run } = useCall();
  const { missing, read } = useFields(['display_name', 'user_name']);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    const values = read(event);
    if (!values) return;
    const made = await run(() => calls.invitePerson(values.user_name!, values.display_name!, rights));
    setLink(made);
    if (made) onDone();
  };
  if (link) return <LinkShown link={link} />;
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      <TextField label={texts.invite.displayName} name="display_name" isMissing={missing === 'display_name'} />
      <TextField label={texts.invite.name} name="user_name" description={texts.invite.nameRules}
        isMissing={missing === 'user_name'} />
      <RightsFields people={people} rights={rights} onChange={setRights} />
      <RefusalAlert refusal={refusal} />
      <Button type="submit" loading={isBusy}>{texts.invite.submit}</Button>
    </form>
  );
}

interface ChangeProps {
  person: Person;
  people: People;
  onDone(): void;
  onGone(): void;
}

function ChangePerson({ person, people, onDone, onGone }: ChangeProps) {
  const texts = useTexts().people;
  const [rights, setRights] = useState(person.rights);
  const [link, setLink] = useState<Link | null>(null);
  const [asked, setAsked] = useState<'remove' | 'reset' | null>(null);
  const { isBusy, refusal, run } = useCall();
  const save = async () => {
    if (await run(() => calls.setRights(person.name, rights))) onGone();
  };
  const act = async (what: calls.PersonAct) => {
    if (!(await run(() => calls.actOnPerson(person.name, what)))) return;
    if (what === 'remove') onGone();
    else onDone();
  };
  const reset = async () => {
    const made = await run(() => calls.resetPassword(person.name));
    setLink(made);
    if (made) onDone();
  };
  if (link) return <LinkShown link={link} />;
  return (
    <div className="form">
      <RightsFields people={people} rights={rights} onChange={setRights} />
      <RefusalAlert refusal={refusal} />
      <div className="form-answers">
        <Button onClick={() => void save()} loading={isBusy}>{texts.change.save}</Button>
      </div>
      {person.manageable && (
        <>
          <Heading level={3} data-size="2xs">{texts.change.access}</Heading>
          <div className="form-answers">
            <Button variant="secondary" onClick={() => void act(person.disabled ? 'enable' : 'disable')}>
              {person.disabled ? texts.change.enable : texts.change.disable}
            </Button>
            <Button variant="secondary" onClick={() => setAsked('reset')}>{texts.change.reset}</Button>
            {person.second_factor && (
              <Button variant="secondary" onClick={() => void act('reset-second-factor')}>
                {texts.change.resetFactor}
              </Button>
            )}
            <Button variant="secondary" data-color="danger" onClick={() => setAsked('remove')}>
              {texts.change.remove}
            </Button>
          </div>
          {asked && (
            <div className="form-answers" role="group" aria-label={texts.change.sure[asked]}>
              <Paragraph>{texts.change.sure[asked]}</Paragraph>
              <Button data-color="danger" onClick={() => void (asked === 'reset' ? reset() : act('remove'))}>
                {asked === 'reset' ? texts.change.reset : texts.change.remove}
              </Button>
              <Button variant="tertiary" onClick={() => setAsked(null)}>{texts.cancel}</Button>
            </div>
          )}
          <Heading level={3} data-size="2xs">{texts.sessions.title}</Heading>
          <Sessions load={() => calls.sessionsOf(person.name)} end={(id) => calls.endSessionOf(person.name, id)} />
        </>
      )}
    </div>
  );
}

function PersonRow({ person, people, onOpen }: { person: Person; people: People; onOpen(): void }) {
  const texts = useTexts().people;
  const where = (id: string | null) =>
    id === null ? texts.everywhere : (people.municipalities.find((each) => each.id === id)?.name ?? id);
  const roles = [...new Set(person.rights.map(({ role }) => role))].map((role) => {
    const places = person.rights.filter((right) => right.role === role).map(({ municipality }) => where(municipality));
    return role === 'system' ? texts.roles.system : `${texts.roles[role]}: ${places.join(', ')}`;
  });
  return (
    <li className="row">
      <span className="row-words">
        <strong>{person.display_name}</strong> <span className="quiet">{person.name}</span>
        {person.disabled && <span className="tag">{texts.state.disabled}</span>}
        {person.invited_until && !person.has_password && <span className="tag">{texts.state.invited}</span>}
        {person.second_factor && <span className="tag">{texts.state.factor}</span>}
        <span className="quiet">{roles.join(' · ')}</span>
      </span>
      <Button variant="secondary" onClick={onOpen}>
        {texts.change.open}<span className="ds-sr-only"> {person.display_name}</span>
      </Button>
    </li>
  );
}

export function PeoplePage() {
  const texts = useTexts().people;
  const [people, setPeople] = useState<People | null>(null);
  const [shown, setShown] = useState<'invite' | string | null>(null);
  const { refusal, run } = useCall();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const reload = async () => setPeople((await run(calls.listPeople)) ?? people);
  useEffect(() => void reload(), []);  // eslint-disable-line
  const open = (what: string) => {
    setShown(what);
    dialog.current?.showModal();
  };
  const gone = () => {
    dialog.current?.close();
    void reload();
  };
  const person = people?.people.find(({ name }) => name === shown);
  return (
    <>
      <RefusalAlert refusal={refusal} />
      {people && (
        <div className="form-answers"><Button onClick={() => open('invite:')}>{texts.invite.open}</Button></div>
      )}
      <ul className="rows">
        {people?.people.map((each) => (
          <PersonRow key={each.name} person={each} people={people} onOpen={() => open(each.name)} />
        ))}
      </ul>
      <Dialog ref={dialog} closeButton={texts.close} aria-labelledby={titleId} className="person-dialog"
        onClose={() => setShown(null)}>
        <Heading level={2} data-size="xs" id={titleId}>{person ? person.display_name : texts.invite.title}</Heading>
        {people && shown === 'invite:' && <InviteForm people={people} onDone={() => void reload()} />}
        {people && person && (
          <ChangePerson key={person.name} person={person} people={people} onDone={() => void reload()} onGone={gone} />
        )}
      </Dialog>
    </>
  );
}
