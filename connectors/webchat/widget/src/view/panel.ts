// The open chat: header, status, log, buttons, composer. Draws what the conversation is; what the citizen presses goes
// out through PanelActions.
import type { Phase } from '../session/conversation';
import type { TextKey, Texts } from '../texts';
import type { State } from '../wire/connection';
import type { IncidentNews, Owner, Place } from '../wire/frames';
import { Composer, type ComposerActions } from './composer';
import { button, element, freshId, icon } from './dom';
import { IncidentBanner } from './incidents';
import { Log } from './log';
import { Menu, type MenuItem } from './menu';
import type { MessageActions } from './message';
import { Sheet } from './sheet';

export interface PanelActions extends ComposerActions, MessageActions {
  minimise(): void;
  ask(type: 'human' | 'bot'): void;
  rate(score: number): void;
  startAfresh(): void;
  retryNow(): void;
  menu: MenuItem[];
}

// All that decides how the panel looks.
export interface PanelState {
  texts: Texts;
  name: string;
  owner: Owner;
  phase: Phase;
  agent: string;
  agentTyping: boolean;
  place: Place | undefined;
  incidents: IncidentNews | undefined;
  connection: State;
  askedHuman: boolean;
  askedBot: boolean;
  rated: boolean;
}

function setText(node: HTMLElement, text: string) {
  if (node.textContent !== text) node.textContent = text;
}

export class Panel {
  readonly root: HTMLElement;
  readonly log: Log;
  readonly composer: Composer;
  readonly sheet: Sheet;
  readonly menu: Menu;

  private readonly title = element('h2', { id: freshId() });
  private readonly face = element('span', { class: 'face' });
  private readonly speaker = element('p', { class: 'speaker', id: freshId() });
  private readonly minimise: HTMLButtonElement;
  private readonly status = element('p', { role: 'status' });
  private readonly retry: HTMLButtonElement;
  private readonly bar: HTMLElement;
  private readonly incidents = new IncidentBanner();
  private readonly typing = element('p', { class: 'typing' });
  private readonly human: HTMLButtonElement;
  private readonly bot: HTMLButtonElement;
  private readonly fresh: HTMLButtonElement;
  private readonly rating: HTMLElement;
  private readonly foot: HTMLElement;
  private news = '';  // a passing text that belongs to no message

  constructor(actions: PanelActions) {
    this.log = new Log(actions);
    this.composer = new Composer(actions);
    this.sheet = new Sheet(() => this.sheetClosed());
    this.menu = new Menu(actions.menu);
    this.minimise = button('round', actions.minimise, icon('down'));
    this.retry = button('plain', actions.retryNow);
    this.bar = element('div', { class: 'bar' }, this.status, this.retry);
    this.human = button('quiet', () => actions.ask('human'), icon('person'), element('span'));
    this.bot = button('quiet', () => actions.ask('bot'), icon('robot'), element('span'));
    this.fresh = button('quiet', actions.startAfresh, icon('chat'), element('span'));
    this.rating = element(
      'div', { class: 'rating', role: 'group' }, element('span'),
      button('quiet', () => actions.rate(5)), button('quiet', () => actions.rate(1)));
    this.foot = element(
      'div', { class: 'foot' }, this.typing,
      element('div', { class: 'row' }, this.human, this.bot, this.fresh, this.rating),
      this.composer.root);
    this.root = element(
      'div',
      {
        class: 'panel', role: 'dialog', hidden: true,
        'aria-labelledby': this.title.id, 'aria-describedby': this.speaker.id,
      },
      element(
        'div', { class: 'head' }, this.face, element('div', {}, this.title, this.speaker),
        this.menu.toggle, this.minimise),
      element('div', { class: 'under' }, this.menu.list), this.incidents.root, this.bar,
      this.log.root, this.foot, this.sheet.root);
  }

  get open(): boolean {
    return !this.root.hidden;
  }

  show(open: boolean) {
    this.root.hidden = !open;
  }

  // A sentence in the status line, until something else is to be said there.
  announce(text: string) {
    this.news = text;
  }

  render(state: PanelState) {
    const { texts } = state;
    this.root.lang = texts.language;
    setText(this.title, state.name || texts.get('chat'));
    this.minimise.setAttribute('aria-label', texts.get('minimise'));
    this.log.root.setAttribute('aria-label', texts.get('log'));
    this.composer.relabel(texts);
    this.menu.render(texts);
    this.incidents.render(state.incidents, texts);
    this.renderSpeaker(state);
    this.renderStatus(state);
    this.renderButtons(state);
    this.log.waitingIs(state.connection === 'open');
  }

  closeSheet() {
    this.sheet.close();
  }

  private sheetClosed() {
    this.foot.hidden = false;
    if (this.composer.root.hidden) this.fresh.focus();
    else this.composer.focus();
  }

  private renderSpeaker({ texts, owner, phase, agent }: PanelState) {
    const person = owner === 'agent' && phase === 'open';
    let text = texts.get('withRobot');
    if (phase === 'erased') text = texts.get('isErased');
    else if (phase === 'closed') text = texts.get('isClosed');
    else if (owner === 'queue') text = texts.get('inQueue');
    else if (person) text = texts.get('withPerson', { name: agent }) + texts.get('personSuffix');
    setText(this.speaker, text);
    if (this.face.dataset.of !== String(person)) {
      this.face.dataset.of = String(person);
      this.face.replaceChildren(icon(person ? 'person' : 'robot'));
    }
  }

  private renderStatus(state: PanelState) {
    const { texts, connection } = state;
    const away = connection === 'waiting' && state.phase !== 'erased';
    let text = this.news || this.placeText(state);
    if (connection === 'connecting') text = texts.get('connecting');
    else if (away) text = texts.get('offline');
    else if (connection === 'refused') text = texts.get('refused');
    setText(this.status, text);
    setText(this.retry, texts.get('retry'));
    this.retry.hidden = !away;
    this.bar.classList.toggle('away', away || connection === 'refused');
    this.bar.hidden = text === '';
    setText(this.typing, state.agentTyping ? texts.get('typing', { name: state.agent }) : '');
  }

  private placeText({ texts, owner, place }: PanelState): string {
    if (owner !== 'queue' || !place) return '';
    const text = texts.get('place', { n: place.waiting + 1 });
    if (!place.minutes) return text;
    const [a, b] = place.minutes;
    return `${text} ${texts.get(a === b ? 'waitOne' : 'wait', { a, b })}`;
  }

  private renderButtons({ texts, owner, phase, ...state }: PanelState) {
    const open = phase === 'open';
    const label = (made: HTMLElement, key: TextKey) =>
      setText(made.querySelector('span') as HTMLElement, texts.get(key));
    label(this.human, 'human');
    label(this.bot, owner === 'queue' ? 'leaveQueue' : 'bot');
    label(this.fresh, 'fresh');
    label(this.rating, 'rate');
    const [, yes, no] = this.rating.children as unknown as HTMLElement[];
    if (yes) setText(yes, texts.get('rateYes'));
    if (no) setText(no, texts.get('rateNo'));
    this.human.hidden = !open || owner !== 'bot';
    this.human.setAttribute('aria-disabled', String(state.askedHuman));
    this.bot.hidden = !open || owner === 'bot';
    this.bot.setAttribute('aria-disabled', String(state.askedBot));
    this.fresh.hidden = open;
    this.rating.hidden = phase !== 'closed' || state.rated;
    this.composer.root.hidden = phase === 'erased';
    this.foot.hidden = this.sheet.open;
  }
}
