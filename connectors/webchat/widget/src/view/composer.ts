// Where the citizen writes: Enter sends, Shift+Enter breaks the line, and the words stay until they are sent.
import type { Texts } from '../texts';
import { element, freshId, icon } from './dom';

export const kCodePointsMax = 4_000;
const kCounterFrom = 3_500;

export interface ComposerActions {
  submit(text: string): void;
  typing(draft: string): void;
}

export class Composer {
  readonly root: HTMLFormElement;
  private readonly input: HTMLTextAreaElement;
  private readonly label = element('label', { class: 'hidden' });
  private readonly counter = element('p', { class: 'counter', role: 'status', id: freshId() });
  private readonly sendButton: HTMLButtonElement;
  private readonly sendText = element('span');
  private texts: Texts | undefined;

  constructor(private readonly actions: ComposerActions) {
    const id = freshId();
    this.label.htmlFor = id;
    this.input = element('textarea', {
      id, rows: '1', autocomplete: 'off', enterkeyhint: 'send', 'aria-describedby': this.counter.id,
    });
    this.sendButton = element('button', { type: 'submit', class: 'send' }, this.sendText, icon('send'));
    this.root = element(
      'form', { class: 'composer' }, this.label, this.input, this.sendButton, this.counter);
    this.root.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener('input', () => this.edited());
  }

  relabel(texts: Texts) {
    this.texts = texts;
    this.label.textContent = texts.get('input');
    this.input.placeholder = texts.get('input');
    this.sendText.textContent = texts.get('send');
    this.count();
  }

  focus() {
    this.input.focus();
  }

  get text(): string {
    return this.input.value;
  }

  set text(text: string) {
    this.input.value = text;
    this.fit();
    this.count();
  }

  private submit() {
    const text = this.text.trim();
    if (text && this.count() <= kCodePointsMax) {
      this.text = '';
      this.actions.submit(text);
    }
    this.focus();
  }

  private edited() {
    this.fit();
    this.count();
    this.actions.typing(this.text);
  }

  private fit() {
    this.input.style.height = 'auto';
    this.input.style.height = `${this.input.scrollHeight + 2}px`;
  }

  // Says how much is left when it begins to matter.
  private count(): number {
    const used = [...this.text.trim()].length;
    const left = kCodePointsMax - used;
    const key = left < 0 ? 'tooLong' : 'left';
    this.counter.textContent =
      used > kCounterFrom ? (this.texts?.get(key, { n: Math.abs(left) }) ?? '') : '';
    this.counter.classList.toggle('over', left < 0);
    if (left < 0) this.input.setAttribute('aria-invalid', 'true');
    else this.input.removeAttribute('aria-invalid');
    return used;
  }
}
