import { Button, Dialog, Heading, Paragraph } from '@digdir/designsystemet-react';
import { useId, type RefObject } from 'react';
import { useTexts } from '../texts/texts';

interface ConfirmCloseProps {
  dialog: RefObject<HTMLDialogElement | null>;  // opened with showModal()
  hasDraft: boolean;
  onConfirm(): void;
}

// Escape and the cross mean no; the browser gives focus back to what opened the dialog.
export function ConfirmClose({ dialog, hasDraft, onConfirm }: ConfirmCloseProps) {
  const texts = useTexts();
  const titleId = useId();
  const confirm = () => {
    dialog.current?.close();
    onConfirm();
  };
  return (
    <Dialog ref={dialog} closeButton={texts.confirmClose.dismiss} aria-labelledby={titleId} className="confirm">
      <Heading level={2} data-size="xs" id={titleId}>{texts.confirmClose.title}</Heading>
      <Paragraph>{texts.confirmClose.text}</Paragraph>
      {hasDraft && <Paragraph><strong>{texts.confirmClose.draft}</strong></Paragraph>}
      <div className="confirm-answers">
        <Button data-color="danger" onClick={confirm}>{texts.confirmClose.yes}</Button>
        <Button variant="secondary" data-command="close">{texts.confirmClose.no}</Button>
      </div>
    </Dialog>
  );
}
