import { Button, Heading, Paragraph } from '@digdir/designsystemet-react';
import { useEffect, useRef } from 'react';
import { useTexts } from '../texts/texts';

// Shown once. Who goes on says to have kept them.
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone(): void }) {
  const texts = useTexts().people;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <section className="recovery-codes">
      <Heading level={2} data-size="xs" tabIndex={-1} ref={title}>{texts.recovery.title}</Heading>
      <Paragraph>{texts.recovery.lead}</Paragraph>
      <ol>{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ol>
      <div className="form-answers">
        <Button onClick={onDone}>{texts.recovery.kept}</Button>
        <Button variant="secondary" onClick={() => void navigator.clipboard?.writeText(codes.join('\n'))}>
          {texts.copy}
        </Button>
      </div>
    </section>
  );
}
