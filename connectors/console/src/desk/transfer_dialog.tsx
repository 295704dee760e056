// Passes the conversation on to a colleague who is at the desk, or to a unit of the municipality.
import { Field, Label, Radio, Select, Textarea } from '@digdir/designsystemet-react';
import { useId, useState, type RefObject } from 'react';
import { useTexts } from '../texts/texts';
import { unitsOf } from '../wire/calls';
import { CommandDialog } from './command_dialog';
import type { Details } from './commands';
import { useDesk } from './desk_context';
import type { Thread } from './thread';

interface DialogProps {
  dialog: RefObject<HTMLDialogElement | null>;
  thread: Thread;
  onCommand(details: Details): Promise<boolean>;
}

export interface Unit {
  id: string;
  name: string;
}

// The units of this conversation's municipality, asked for when the dialog is opened.
export function useUnits(conversation: string): [Unit[], () => void] {
  const [units, setUnits] = useState<Unit[]>([]);
  const ask = () => {
    void unitsOf(conversation).then((answer) => { if (answer.ok) setUnits(answer.value.units); });
  };
  return [units, ask];
}

export function TransferDialog({ dialog, units, onCommand }: DialogProps & { units: Unit[] }) {
  const texts = useTexts();
  const { colleagues, me } = useDesk();
  const ids = { to: useId(), note: useId(), kind: useId() };
  const [to, setTo] = useState('');
  const [kind, setKind] = useState<'warm' | 'cold'>('warm');
  const [note, setNote] = useState('');
  const [fault, setFault] = useState('');
  const others = colleagues.filter((one) => one.name !== me?.name && one.availability !== 'offline');
  const isReady = () => {
    setFault(to ? '' : texts.transfer.missing);
    return to !== '';
  };
  const submit = async () => {
    const [target, name] = [to.slice(0, to.indexOf(':')), to.slice(to.indexOf(':') + 1)];
    if (await onCommand({ kind, [target]: name, note })) setNote('');
  };
  return (
    <CommandDialog dialog={dialog} title={texts.transfer.title} submit={texts.transfer.submit} fault={fault}
      isReady={isReady} onSubmit={() => void submit()}>
      <Field>
        <Label htmlFor={ids.to}>{texts.transfer.to}</Label>
        <Select id={ids.to} value={to} onChange={(event) => setTo(event.target.value)}>
          <Select.Option value="">{texts.transfer.choose}</Select.Option>
          <Select.Optgroup label={texts.transfer.colleagues}>
            {others.map((one) => (
              <Select.Option key={one.name} value={`to:${one.name}`}>
                {one.display_name} ({texts.team.availability[one.availability]},{' '}
                {texts.team.load(one.load, one.capacity)})
              </Select.Option>
            ))}
          </Select.Optgroup>
          <Select.Optgroup label={texts.transfer.units}>
            {units.map((unit) => <Select.Option key={unit.id} value={`unit:${unit.id}`}>{unit.name}</Select.Option>)}
          </Select.Optgroup>
        </Select>
      </Field>
      <fieldset className="choices-field">
        <legend>{texts.transfer.kind}</legend>
        {(['warm', 'cold'] as const).map((one) => (
          <Radio key={one} id={`${ids.kind}-${one}`} name={ids.kind} value={one} label={texts.transfer.kinds[one]}
            description={texts.transfer.kindTexts[one]} checked={kind === one} onChange={() => setKind(one)} />
        ))}
      </fieldset>
      <Field>
        <Label htmlFor={ids.note}>{texts.transfer.note}</Label>
        <Textarea id={ids.note} rows={3} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
    </CommandDialog>
  );
}

export function InviteDialog({ dialog, thread, onCommand }: DialogProps) {
  const texts = useTexts();
  const { colleagues, me } = useDesk();
  const ids = { to: useId(), note: useId() };
  const [colleague, setColleague] = useState('');
  const [note, setNote] = useState('');
  const [fault, setFault] = useState('');
  const invited = thread.card?.invited ?? [];
  const others = colleagues.filter((one) => one.name !== me?.name && !invited.includes(one.name));
  const isReady = () => {
    setFault(colleague ? '' : texts.invite.missing);
    return colleague !== '';
  };
  const submit = async () => {
    if (await onCommand({ colleague, note })) setNote('');
  };
  return (
    <CommandDialog dialog={dialog} title={texts.invite.title} submit={texts.invite.submit} fault={fault}
      isReady={isReady} onSubmit={() => void submit()}>
      <p>{texts.invite.text}</p>
      <Field>
        <Label htmlFor={ids.to}>{texts.invite.colleague}</Label>
        <Select id={ids.to} value={colleague} onChange={(event) => setColleague(event.target.value)}>
          <Select.Option value="">{texts.transfer.choose}</Select.Option>
          {others.map((one) => <Select.Option key={one.name} value={one.name}>{one.display_name}</Select.Option>)}
        </Select>
      </Field>
      <Field>
        <Label htmlFor={ids.note}>{texts.transfer.note}</Label>
        <Textarea id={ids.note} rows={3} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
    </CommandDialog>
  );
}
