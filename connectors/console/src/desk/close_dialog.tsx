// Ends a conversation: what came of it, and what it was about.
import { Field, Label, Paragraph, Radio, Select } from '@digdir/designsystemet-react';
import { useId, useState, type RefObject } from 'react';
import { useTexts } from '../texts/texts';
import { CommandDialog } from './command_dialog';
import type { Details } from './commands';
import type { Thread } from './thread';

const kOutcomes = ['resolved', 'passed_on', 'not_resolved', 'no_reply', 'other'] as const;

interface CloseDialogProps {
  dialog: RefObject<HTMLDialogElement | null>;
  thread: Thread;
  hasDraft: boolean;
  onCommand(details: Details): Promise<boolean>;
}

// The topics the robot understood come first to mind; the last is what it was about, as far as anybody knows.
function topicsOf(thread: Thread): { id: string; title: string }[] {
  const topics = new Map<string, string>();
  for (const understood of thread.packet?.understood ?? []) {
    const [id] = understood.topics;
    if (id && understood.title) topics.set(id, understood.title);
  }
  for (const article of thread.packet?.articles_shown ?? []) topics.set(article.id, article.title || article.id);
  return [...topics].map(([id, title]) => ({ id, title })).reverse();
}

export function CloseDialog({ dialog, thread, hasDraft, onCommand }: CloseDialogProps) {
  const texts = useTexts();
  const name = useId();
  const topicId = useId();
  const [outcome, setOutcome] = useState('');
  const [topic, setTopic] = useState<string | null>(null);
  const topics = topicsOf(thread);
  const chosen = topic ?? topics[0]?.id ?? '';
  const submit = () => void onCommand({ ...(outcome && { outcome }), ...(chosen && { topic: chosen }) });
  return (
    <CommandDialog dialog={dialog} title={texts.confirmClose.title} submit={texts.confirmClose.yes} danger
      onSubmit={submit}>
      <Paragraph>{texts.confirmClose.text}</Paragraph>
      {hasDraft && <Paragraph><strong>{texts.confirmClose.draft}</strong></Paragraph>}
      <fieldset className="choices-field">
        <legend>{texts.confirmClose.outcome}</legend>
        {kOutcomes.map((one) => (
          <Radio key={one} id={`${name}-${one}`} name={name} value={one} label={texts.confirmClose.outcomes[one]}
            checked={outcome === one} onChange={() => setOutcome(one)} />
        ))}
      </fieldset>
      <Field>
        <Label htmlFor={topicId}>{texts.confirmClose.topic}</Label>
        <Select id={topicId} value={chosen} onChange={(event) => setTopic(event.target.value)}>
          <Select.Option value="">{texts.confirmClose.noTopic}</Select.Option>
          {topics.map((one) => <Select.Option key={one.id} value={one.id}>{one.title}</Select.Option>)}
        </Select>
      </Field>
    </CommandDialog>
  );
}
