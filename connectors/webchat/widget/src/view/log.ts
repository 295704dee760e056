// The conversation on the screen, in the order of the server's seq whatever order it came in; what is not
// acknowledged yet stands last.
import type { OutboxItem } from '../session/session_store';
import type { Texts } from '../texts';
import type { ChatEvent, Welcome } from '../wire/frames';
import { element, icon } from './dom';
import { Message, type MessageActions } from './message';
import { richText } from './rich_text';

const kHistoryMsMax = 1_500;
const kMarginPx = 12;

export class Log {
  readonly root: HTMLElement;
  private readonly intro = element('div', { class: 'intro' });
  private readonly list = element('div', { class: 'list' });
  private messages: Message[] = [];
  private pending = new Map<string, Message>();
  private busyTimer = 0;
  private atEnd = true;
  private height = 0;

  constructor(private readonly actions: MessageActions) {
    this.root = element(
      'div',
      { class: 'log', role: 'log', 'aria-live': 'polite', tabindex: '0' },
      this.intro,
      this.list,
    );
    // What stood at the end stays in view when a line under it comes or goes, or a phone's keyboard.
    this.root.addEventListener('scroll', () => {
      if (this.root.clientHeight === this.height) this.atEnd = this.toGo() < kMarginPx;
    });
    new ResizeObserver(() => {
      this.height = this.root.clientHeight;
      if (this.atEnd) this.toEnd();
    }).observe(this.root);
  }

  // First of all: that it is a robot, and who answers for the data.
  introduce(welcome: Welcome, texts: Texts) {
    const { notice, agents, opens } = welcome;
    const card = element(
      'section',
      { class: 'notice', 'aria-label': texts.get('noticeTitle') },
      element('p', { class: 'title' }, icon('robot'), texts.get('noticeTitle')),
      ...(notice ? richText(notice.text) : []),
    );
    if (notice?.controller) {
      card.append(element(
        'p', { class: 'facts' }, `${texts.get('responsible')}: `,
        element('strong', {}, notice.controller)));
    }
    const closed = agents === 'closed' && element(
      'p', { class: 'hours' },
      opens ? texts.get('nobody', { when: texts.moment(opens) }) : texts.get('nobodyNow'));
    this.intro.replaceChildren(
      card, ...(closed ? [closed] : []), element('p', { class: 'ask' }, texts.get('ask')));
  }

  // While the history is told again nobody needs it read aloud.
  beginHistory() {
    this.root.setAttribute('aria-busy', 'true');
    clearTimeout(this.busyTimer);
    this.busyTimer = window.setTimeout(() => this.endHistory(), kHistoryMsMax);
  }

  endHistory() {
    clearTimeout(this.busyTimer);
    this.root.removeAttribute('aria-busy');
  }

  // False when the event has nothing to show.
  tell(event: ChatEvent, texts: Texts): boolean {
    if (event.kind === 'redacted') {
      const gone = new Set(event.seqs);
      for (const message of this.messages) if (gone.has(message.seq)) message.redact();
      return false;
    }
    if (!event.text) return false;
    const message = Message.told(event, texts, this.actions);
    this.withdrawOldChoices(message);
    this.insert(message);
    return true;
  }

  send(item: OutboxItem, texts: Texts, connected: boolean) {
    const message = Message.pending(item.text, texts);
    this.pending.set(item.deed.id, message);
    this.withdrawOldChoices(message);
    this.insert(message);
    if (item.failed === undefined) message.say(connected ? 'sending' : 'waiting');
    else message.refused(item.failed, this.actions, item.deed.id);
  }

  arrive(id: string, seq: number, text: string | undefined) {
    const message = this.pending.get(id);
    if (!message) return;
    this.pending.delete(id);
    message.seq = seq;
    if (text !== undefined) message.replaceText(text);
    message.say('sent');
    this.putInPlace(message);
  }

  refuse(item: OutboxItem) {
    this.pending.get(item.deed.id)?.refused(item.failed ?? '', this.actions, item.deed.id);
  }

  // The connection came or went: the waiting messages say so.
  waitingIs(connected: boolean) {
    for (const message of this.pending.values()) {
      if (!message.article.classList.contains('failed')) message.say(connected ? 'sending' : 'waiting');
    }
  }

  remove(id: string) {
    const message = this.pending.get(id);
    this.pending.delete(id);
    this.messages = this.messages.filter((other) => other !== message);
    message?.article.remove();
  }

  clear() {
    this.messages = [];
    this.pending.clear();
    this.list.replaceChildren();
    this.intro.replaceChildren();
  }

  toEnd() {
    this.atEnd = true;
    this.root.scrollTop = this.root.scrollHeight;
  }

  private toGo(): number {
    return this.root.scrollHeight - this.root.clientHeight - this.root.scrollTop;
  }

  private insert(message: Message) {
    this.messages.push(message);
    this.list.append(message.article);
    this.putInPlace(message);
    this.follow(message);
  }

  // Moves the article only when it must: a moved article would be read aloud again.
  private putInPlace(message: Message) {
    this.messages.sort((a, b) => (a.seq === b.seq ? 0 : a.seq - b.seq));
    const next = this.messages[this.messages.indexOf(message) + 1]?.article ?? null;
    if (message.article.nextElementSibling !== next) this.list.insertBefore(message.article, next);
  }

  // The citizen has moved on: only the newest message's choices can be pressed.
  private withdrawOldChoices(next: Message) {
    for (const message of this.messages) {
      if (message.seq < next.seq) message.withoutChoices();
    }
  }

  // The end in view, but never the beginning of a long answer out of it.
  private follow({ article, isMine }: Message) {
    if (getComputedStyle(this.root).overflowY === 'visible') {
      article.scrollIntoView({ block: 'nearest' });  // a page so low that the whole panel scrolls
      return;
    }
    const end = this.toGo() + this.root.scrollTop;
    const top = article.offsetTop - kMarginPx;
    this.atEnd = isMine || top >= end;
    this.root.scrollTop = this.atEnd ? end : top;
  }
}
