// One message as an article: who speaks is a word and a drawing, never a colour alone.
import type { Texts } from '../texts';
import type { ChatEvent, Choice } from '../wire/frames';
import { button, element, freshId, icon } from './dom';
import { linkList } from './links';
import { richText } from './rich_text';

export interface MessageActions {
  choose(choice: Choice): void;
  retry(id: string): void;
  edit(id: string): void;
}

type Look = 'bot' | 'agent' | 'mine' | 'system' | 'alarm';

function lookOf(event: ChatEvent): Look {
  if (event.safety || event.kind === 'incident') return 'alarm';
  if (event.from === 'citizen') return 'mine';
  if (event.from === 'agent' && event.kind === 'message') return 'agent';
  return event.from === 'bot' ? 'bot' : 'system';
}

function whoLine(look: Look, event: Partial<ChatEvent>, texts: Texts): HTMLElement {
  const byPerson = look === 'agent';
  const byBot = event.from === 'bot';
  const name = { bot: 'robot', agent: 'person', mine: 'you', system: 'system', alarm: 'important' } as const;
  const drawing = look === 'alarm' ? 'alert' : byPerson ? 'person' : byBot ? 'robot' : undefined;
  const label = texts.get(name[look]);
  return element(
    'p',
    { class: 'who', id: freshId() },
    drawing && element('span', { class: 'face' }, icon(drawing)),
    byPerson && event.name && element('span', { class: 'name' }, `${event.name} `),
    element('span', { class: byPerson || byBot ? 'badge' : 'name' },
      byBot && look === 'alarm' ? `${label} · ${texts.get('robot')}` : label),
    event.at !== undefined &&
      element('time', { datetime: event.at }, ` ${texts.clock(event.at)}`),
  );
}

// What was understood, and whose facts were given. Small talk and warnings have no topic, and need neither.
function facts(event: ChatEvent, texts: Texts): HTMLElement | undefined {
  if (!event.title || event.safety) return undefined;
  const parts = [`${texts.get('topic')}: ${event.title}`];
  if (event.municipality?.name) parts.push(`${texts.get('concerns')}: ${event.municipality.name}`);
  return element('p', { class: 'facts' }, ...parts.map((part) => element('span', {}, part)));
}

function choiceGroup(choices: Choice[], texts: Texts, actions: MessageActions): HTMLElement {
  return element(
    'div',
    { class: 'choices', role: 'group', 'aria-label': texts.get('choices') },
    ...choices.map((choice) => button('choice', () => actions.choose(choice), choice.label)),
  );
}

export class Message {
  readonly article: HTMLElement;
  private readonly bubble: HTMLElement;
  private state: HTMLElement | undefined;

  constructor(
    public seq: number,  // Infinity until the server has said
    private readonly look: Look,
    who: HTMLElement,
    private readonly texts: Texts,
    ...content: (Node | undefined)[]
  ) {
    this.bubble = element('div', { class: 'bubble' }, ...content);
    this.article = element(
      'article', { class: `message ${look}`, 'aria-labelledby': who.id }, who, this.bubble);
  }

  static told(event: ChatEvent, texts: Texts, actions: MessageActions): Message {
    const look = lookOf(event);
    const plain = look === 'mine' || look === 'agent';
    const text = event.text ?? '';
    const message = new Message(
      event.seq, look, whoLine(look, event, texts), texts,
      facts(event, texts),
      ...(plain ? [element('p', {}, text)] : richText(text)),
      linkList(event.links, texts),
      event.sample ? element('p', { class: 'sample' }, icon('info'), texts.get('sample')) : undefined,
    );
    if (event.language) message.article.lang = event.language;
    if (event.choices?.length) {
      message.article.append(choiceGroup(event.choices, texts, actions));
    }
    return message;
  }

  static pending(text: string, texts: Texts): Message {
    const who = whoLine('mine', {}, texts);
    return new Message(Infinity, 'mine', who, texts, element('p', {}, text));
  }

  // What became of a message of the citizen's own; spoken of by the panel's status, so silent here.
  say(state: 'sending' | 'waiting' | 'sent') {
    this.article.classList.remove('failed');
    this.article.classList.toggle('sent', state === 'sent');
    this.show(state === 'sent' && icon('yes'), this.texts.get(state));
  }

  refused(why: string, actions: MessageActions, id: string) {
    this.article.classList.add('failed');
    this.show(
      icon('alert'),
      `${this.texts.get('notSent')}. ${why}`,
      button('plain', () => actions.edit(id), this.texts.get('edit')),
      button('plain', () => actions.retry(id), this.texts.get('resend')),
    );
  }

  replaceText(text: string) {
    this.bubble.replaceChildren(element('p', {}, text));
  }

  redact() {
    this.bubble.replaceChildren(element('p', { class: 'gone' }, this.texts.get('redacted')));
    this.withoutChoices();
  }

  withoutChoices() {
    this.article.querySelector('.choices')?.remove();
  }

  get isMine() {
    return this.look === 'mine';
  }

  private show(...children: (Node | string | false)[]) {
    const line = element('p', { class: 'state', 'aria-live': 'off' }, ...children);
    if (this.state) this.state.replaceWith(line);
    else this.article.append(line);
    this.state = line;
  }
}
