// The less used buttons, folded away: a button that shows and hides a list of buttons.
import type { TextKey, Texts } from '../texts';
import { button, element, freshId, icon, type IconName } from './dom';

export interface MenuItem {
  key: TextKey;
  drawing: IconName;
  run: () => void;
  offered: () => boolean;
}

export class Menu {
  readonly toggle: HTMLButtonElement;
  readonly list = element('div', { class: 'menu', id: freshId(), role: 'group', hidden: true });
  private readonly buttons: HTMLButtonElement[];

  constructor(private readonly items: MenuItem[]) {
    this.toggle = button('round', () => this.show(this.list.hidden), icon('menu'));
    this.toggle.setAttribute('aria-controls', this.list.id);
    this.buttons = items.map((item) =>
      button('item', () => {
        this.show(false);
        this.toggle.focus();
        item.run();
      }, icon(item.drawing), element('span')));
    this.list.append(...this.buttons);
    this.show(false);
  }

  get open(): boolean {
    return !this.list.hidden;
  }

  show(open: boolean) {
    this.list.hidden = !open;
    this.toggle.setAttribute('aria-expanded', String(open));
    if (open) this.buttons.find((item) => !item.hidden)?.focus();
  }

  render(texts: Texts) {
    this.toggle.setAttribute('aria-label', texts.get('menu'));
    this.list.setAttribute('aria-label', texts.get('menu'));
    this.items.forEach((item, index) => {
      const made = this.buttons[index];
      if (!made) return;
      made.hidden = !item.offered();
      (made.lastChild as HTMLElement).textContent = texts.get(item.key);
    });
  }
}
