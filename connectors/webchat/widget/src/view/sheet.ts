// A question or a piece of news in the composer's place: delete?, the code for another device, the code of one.
// The rest of the panel stays usable; Esc and the last button put it away.
import { button, element, freshId } from './dom';

export interface SheetContent {
  title: string;
  text: string;
  body?: HTMLElement;
  act?: { label: string; danger?: boolean; run: () => void };
  cancel: string;
}

export class Sheet {
  readonly root = element('div', { class: 'sheet', hidden: true });

  constructor(private readonly closed: () => void) {}

  get open(): boolean {
    return !this.root.hidden;
  }

  show({ title, text, body, act, cancel }: SheetContent) {
    const titleId = freshId();
    const textId = freshId();
    const away = button('quiet', () => this.close(), cancel);
    const form = element(
      'form',
      {},
      element('h3', { id: titleId }, title),
      element('p', { id: textId }, text),
      body,
      element(
        'p',
        { class: 'row' },
        act && element('button', { class: act.danger ? 'danger' : 'primary' }, act.label),
        away,
      ),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      act?.run();
    });
    this.root.replaceChildren(element(
      'div',
      { role: 'alertdialog', 'aria-labelledby': titleId, 'aria-describedby': textId },
      form,
    ));
    this.root.hidden = false;
    (form.querySelector('input') ?? away).focus();
  }

  close() {
    if (!this.open) return;
    this.root.hidden = true;
    this.root.replaceChildren();
    this.closed();
  }
}
