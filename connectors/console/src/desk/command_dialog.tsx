// A dialog that asks for what a command needs. Escape and the cross mean no; the browser gives focus back to what
// opened the dialog.
import { Alert, Button, Dialog, Heading } from '@digdir/designsystemet-react';
import { useId, type FormEvent, type ReactNode, type RefObject } from 'react';
import { useTexts } from '../texts/texts';

export interface CommandDialogProps {
  dialog: RefObject<HTMLDialogElement | null>;  // opened with showModal()
  title: string;
  submit: string;
  danger?: boolean;
  fault?: string;  // why it could not be submitted
  isReady?(): boolean;  // false: something is missing, and the dialog stays open
  // It is closed by then, so that focus can go where the command leads. A refusal is told in the conversation.
  onSubmit(): void;
  children: ReactNode;
}

export function CommandDialog(props: CommandDialogProps) {
  const { dialog, title, submit, danger, fault, isReady, onSubmit, children } = props;
  const texts = useTexts();
  const titleId = useId();
  const onForm = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && !isReady()) return;
    dialog.current?.close();
    onSubmit();
  };
  return (
    <Dialog ref={dialog} closeButton={texts.dialog.dismiss} aria-labelledby={titleId} className="confirm">
      <form onSubmit={onForm} className="command-form">
        <Heading level={2} data-size="xs" id={titleId}>{title}</Heading>
        {children}
        {fault && <Alert data-color="warning" data-size="sm" role="alert">{fault}</Alert>}
        <div className="confirm-answers">
          <Button type="submit" data-color={danger ? 'danger' : undefined}>{submit}</Button>
          <Button type="button" variant="secondary" data-command="close" onClick={() => dialog.current?.close()}>
            {texts.dialog.no}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
