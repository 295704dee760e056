// Who did what: the audit log of my municipalities, newest first.
import { Button, Field, Label, Select } from '@digdir/designsystemet-react';
import { useEffect, useId, useState, type FormEvent } from 'react';
import { useTexts } from '../texts/texts';
import { readAudit, type AuditEntry } from '../wire/people_calls';
import { RefusalAlert, TextField, useCall } from './form_parts';
import { useWhen } from './when';

export function AuditPage() {
  const texts = useTexts().people;
  const when = useWhen();
  const kindId = useId();
  const [filter, setFilter] = useState<Record<string, string>>({});
  const [entries, setEntries] = useState<AuditEntry[]>([]);
  const [before, setBefore] = useState<number | null>(null);
  const { isBusy, refusal, run } = useCall();
  const load = async (wanted: Record<string, string>, sofar: AuditEntry[], from: number | null) => {
    const page = await run(() => readAudit({ ...wanted, before: from ? String(from) : '' }));
    if (!page) return;
    setEntries([...sofar, ...page.entries]);
    setBefore(page.before);
  };
  useEffect(() => void load({}, [], null), []);  // eslint-disable-line
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const wanted = { kind: String(data.get('kind')), agent: String(data.get('agent')).trim() };
    setFilter(wanted);
    void load(wanted, [], null);
  };
  return (
    <>
      <form className="form-row" onSubmit={submit}>
        <Field>
          <Label htmlFor={kindId}>{texts.audit.kind}</Label>
          <Select id={kindId} name="kind">
            <Select.Option value="">{texts.audit.all}</Select.Option>
            {Object.entries(texts.kinds).map(([kind, words]) => (
              <Select.Option key={kind} value={kind}>{words}</Select.Option>
            ))}
          </Select>
        </Field>
        <TextField label={texts.audit.agent} name="agent" />
        <Button type="submit" variant="secondary" loading={isBusy}>{texts.audit.show}</Button>
      </form>
      <RefusalAlert refusal={refusal} />
      <p role="status" className="quiet">{texts.audit.count(entries.length)}</p>
      <ol className="rows">
        {entries.map((entry) => (
          <li key={entry.number} className="row">
            <span className="row-words">
              <time dateTime={entry.at} className="quiet">{when(entry.at)}</time>
              <strong>{texts.kinds[entry.kind] ?? entry.kind}</strong>
              <span>
                {entry.who || texts.audit.nobody}{entry.about && entry.about !== entry.who && ` → ${entry.about}`}
              </span>
              {entry.conversation && <span>{texts.audit.conversation(entry.conversation)}</span>}
              {entry.why && <span className="quiet">{texts.whys[entry.why] ?? entry.why}</span>}
            </span>
          </li>
        ))}
      </ol>
      {before !== null && (
        <Button variant="secondary" loading={isBusy} onClick={() => void load(filter, entries, before)}>
          {texts.audit.more}
        </Button>
      )}
    </>
  );
}
