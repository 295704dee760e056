import { Button, Dialog, Heading, Paragraph } from '@digdir/designsystemet-react';
import { useId, useRef } from 'react';
import { useTexts } from '../texts/texts';

interface ConfirmCloseProps {
  hasDraft: boolean;
  isOpen: boolean;
  onAnswer(close: boolean): void;
}

// Escape and the cross mean no; the browser gives focus back to what opened the dialog.
export function ConfirmClose({ hasDraft, isOpen, onAnswer }: ConfirmCloseProps) {
  const texts = useTexts();
  const titleId = useId();
  const answered = useRef(false);
  const answer = (close: boolean) => {
    answered.current = true;
    onAnswer(close);
  };
  const onClosed = () => {
    if (!answered.current) onAnswer(false);
    answered.current = false;
  };
  return (
    <Dialog open={isOpen} onClose={onClosed} closeButton={texts.confirmClose.dismiss} aria-labelledby={titleId}
      className="confirm">
      <Heading level={2} data-size="xs" id={titleId}>{texts.confirmClose.title}</Heading>
      <Paragraph>{texts.confirmClose.text}</Paragraph>
      {hasDraft && <Paragraph><strong>{texts.confirmClose.draft}</strong></Paragraph>}
      <div className="confirm-answers">
        <Button data-color="danger" onClick={() => answer(true)}>{texts.confirmClose.yes}</Button>
        <Button variant="secondary" onClick={() => answer(false)}>{texts.confirmClose.no}</Button>
      </div>
    </Dialog>
  );
}
