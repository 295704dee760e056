// The button that all begins with. Until it is pressed the widget has stored nothing and called nobody.
import type { Texts } from '../texts';
import { button, element, icon } from './dom';

export class Launcher {
  readonly root: HTMLButtonElement;
  private readonly label = element('span');
  private readonly badge = element('span', { class: 'unread', hidden: true });

  constructor(pressed: () => void) {
    this.root = button('launcher', pressed, icon('chat'), this.label, this.badge);
    this.root.setAttribute('aria-haspopup', 'dialog');
    this.root.setAttribute('aria-expanded', 'false');
  }

  render(texts: Texts, unread: number) {
    const news = texts.get(unread === 1 ? 'unreadOne' : 'unread', { n: unread });
    const label = texts.get('launchLabel');
    this.label.textContent = texts.get('launch');
    this.badge.hidden = unread === 0;
    this.badge.textContent = unread === 0 ? '' : news;
    this.root.lang = texts.language;
    this.root.setAttribute('aria-label', unread === 0 ? label : `${label} (${news})`);
  }
}
