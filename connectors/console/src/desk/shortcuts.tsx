// Alt and a letter, from anywhere on the desk, and the overview of them. A shortcut does what its button or field
// would: it finds it by its mark, so that what is not there, or not allowed now, does nothing.
import { Button, Dialog, Heading } from '@digdir/designsystemet-react';
import { useEffect, useId, useRef } from 'react';
import { useTexts } from '../texts/texts';

export const kShortcuts = {
  next: 'N',
  take: 'T',
  list: 'L',
  write: 'M',
  replies: 'R',
  lookUp: 'O',
  close: 'A',
  phone: 'P',
} as const;
export type Shortcut = keyof typeof kShortcuts;

// Of a button that is pressed, or of a field that gets focus.
export const shortcut = (name: Shortcut) => ({ 'data-shortcut': name, 'aria-keyshortcuts': `Alt+${kShortcuts[name]}` });

function perform(name: string): void {
  const element = document.querySelector<HTMLElement>(`[data-shortcut="${name}"]`);
  if (!element?.getClientRects().length) return;
  element.focus();
  if (element instanceof HTMLButtonElement) element.click();
}

// By the key's place on the board: with Alt some systems write another letter.
function nameOf(event: KeyboardEvent): string | undefined {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
  if (event.code === 'KeyH') return 'overview';
  return Object.entries(kShortcuts).find(([, letter]) => event.code === `Key${letter}`)?.[0];
}

export function Shortcuts() {
  const texts = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const name = nameOf(event);
      if (!name || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      if (name === 'overview') dialog.current?.showModal();
      else perform(name);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const rows = [...Object.entries(kShortcuts), ['overview', 'H']] as [Shortcut | 'overview', string][];
  return (
    <Dialog ref={dialog} closeButton={texts.dialog.dismiss} aria-labelledby={titleId} className="confirm">
      <Heading level={2} data-size="xs" id={titleId}>{texts.shortcuts.title}</Heading>
      <dl className="shortcuts">
        {rows.map(([name, letter]) => (
          <div key={name} className="item"><dt>Alt + {letter}</dt><dd>{texts.shortcuts.names[name]}</dd></div>
        ))}
        <div className="item"><dt>/</dt><dd>{texts.shortcuts.slash}</dd></div>
      </dl>
      <Button variant="secondary" onClick={() => dialog.current?.close()}>{texts.caseNote.done}</Button>
    </Dialog>
  );
}
