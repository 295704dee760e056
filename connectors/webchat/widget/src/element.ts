// <svar-chat>: puts launcher, panel and conversation together. Everything visible is in its shadow root, under its own
// constructed style sheets, so the page's content security policy need allow our origin only.
import { Conversation, type Listener, type Settings } from './session/conversation';
import { SessionStore, type OutboxItem } from './session/session_store';
import css from './styles.css';
import { Texts } from './texts';
import type { ChatEvent, Choice, Welcome } from './wire/frames';
import { colourSheet } from './view/colour';
import { element } from './view/dom';
import { Launcher } from './view/launcher';
import type { MenuItem } from './view/menu';
import { Panel, type PanelActions } from './view/panel';
import { saveTranscript } from './view/transcript';

// The panel covers the page here, so focus that leaves it would be lost behind it.
const kCovering = '(max-width: 30em), (max-height: 26em)';

export interface ElementSettings extends Settings {
  colour: string | undefined;
}

export class ChatElement extends HTMLElement implements Listener, PanelActions {
  readonly menu: MenuItem[];
  private readonly store: SessionStore;
  private readonly conversation: Conversation;
  private readonly launcher: Launcher;
  private readonly panel: Panel;
  private readonly colours = new CSSStyleSheet();
  private readonly whisper = element('p', { class: 'hidden', role: 'status' });
  private texts: Texts;
  private started = false;
  private introduced = '';
  private unread = 0;
  private rated = false;
  private name = '';

  constructor(private readonly settings: ElementSettings) {
    super();
    this.store = new SessionStore(settings.site);
    this.menu = this.menuItems();
    this.conversation = new Conversation(settings, this.store, this);
    this.texts = new Texts(this.conversation.language);
    this.launcher = new Launcher(() => this.open());
    this.panel = new Panel(this);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    this.colours.replaceSync(colourSheet(settings.colour));
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet, this.colours];
    root.append(this.launcher.root, this.whisper, this.panel.root);
    window.visualViewport?.addEventListener('resize', () => this.fitKeyboard());
    window.visualViewport?.addEventListener('scroll', () => this.fitKeyboard());
    this.panel.root.addEventListener('keydown', (event) => this.keyPressed(event));
    this.panel.root.addEventListener('focusout', (event) => this.focusLeft(event));
    this.changed();
  }

  // The same tab's next page goes on where the last one was, when there is something to go on with: an open panel, a
  // person to wait for, a word not yet sent. Everybody else has no connection before the button.
  connectedCallback() {
    const { credentials, outbox, owner, open } = this.store.get();
    if (this.started || !(credentials || outbox?.length)) return;
    if (open) this.show();
    if (open || outbox?.length || owner !== 'bot') this.begin();
  }

  open() {
    this.show();
    this.begin();
    this.panel.composer.focus();
  }

  minimise = () => {
    this.panel.menu.show(false);
    this.panel.show(false);
    this.launcher.root.hidden = false;
    this.store.put({ open: false });
    this.launcher.root.focus();
  };

  // PanelActions
  submit = (text: string) => {
    this.panel.announce('');
    this.store.put({ draft: '' });
    this.conversation.say(text);
  };
  typing = (draft: string) => {
    this.store.put({ draft });
    this.conversation.typing();
  };
  choose = (choice: Choice) => {
    this.panel.composer.focus();
    this.conversation.choose(choice);
  };
  ask = (type: 'human' | 'bot') => {
    this.panel.composer.focus();
    this.conversation.ask(type);
  };
  rate = (score: number) => {
    this.rated = true;
    this.panel.announce(this.texts.get('rated'));
    this.panel.composer.focus();
    this.conversation.rate(score);
  };
  retryNow = () => {
    this.panel.composer.focus();
    this.conversation.connection.retryNow();
  };
  startAfresh = () => {
    this.clear();
    this.panel.announce('');
    this.conversation.restart();
    this.panel.composer.focus();
  };
  retry = (id: string) => this.conversation.retry(id);
  edit = (id: string) => {
    this.takeBack([this.conversation.withdraw(id)]);
    this.panel.log.remove(id);
  };

  // Listener
  welcomed(welcome: Welcome, fresh: boolean) {
    if (this.introduced && this.introduced !== welcome.conversation) this.clear();
    this.name = welcome.site?.name ?? this.name;
    if (!this.settings.colour) this.colours.replaceSync(colourSheet(welcome.site?.colour));
    this.changed();
    if (this.introduced !== welcome.conversation) {
      this.introduced = welcome.conversation;
      this.panel.log.introduce(welcome, this.texts);
    }
    if (fresh && welcome.seq > 0) this.panel.log.beginHistory();
  }

  happened(event: ChatEvent) {
    if (!this.panel.log.tell(event, this.texts)) return;
    const news = event.from !== 'citizen' && !this.panel.log.root.hasAttribute('aria-busy');
    if (!this.panel.open && news) {
      this.unread += 1;
      this.whisper.textContent = this.texts.get('newMessage');
    }
    if (this.panel.open && !document.hidden) this.conversation.markSeen();
  }

  sending(item: OutboxItem) {
    if (!item.text) return;
    this.panel.log.send(item, this.texts, this.conversation.connection.state === 'open');
  }

  arrived(id: string, seq: number, text?: string) {
    this.panel.log.arrive(id, seq, text);
  }

  refused(item: OutboxItem) {
    this.panel.log.refuse(item);
    this.panel.announce(item.failed ?? '');
  }

  caughtUp() {
    this.panel.log.endHistory();
  }

  changed() {
    if (!this.panel) return;  // the conversation is being made
    const { conversation } = this;
    if (this.texts.language !== conversation.language) this.texts = new Texts(conversation.language);
    this.launcher.render(this.texts, this.unread);
    this.panel.render({
      texts: this.texts,
      name: this.name,
      owner: conversation.owner,
      phase: conversation.phase,
      agent: conversation.agent || this.texts.get('person'),
      agentTyping: conversation.agentTyping,
      place: conversation.place,
      incidents: conversation.incidents,
      connection: conversation.connection.state,
      askedHuman: conversation.waitsFor('human'),
      askedBot: conversation.waitsFor('bot'),
      rated: this.rated,
    });
  }

  code(code: string) {
    this.panel.sheet.show({
      title: this.texts.get('otherDevice'),
      text: this.texts.get('codeText'),
      body: element('p', { class: 'code' }, code),
      cancel: this.texts.get('cancel'),
    });
    this.changed();
  }

  trouble(text: string) {
    this.panel.announce(text);
    this.changed();
  }

  lost(drafts: string[]) {
    this.clear();
    this.panel.announce(this.texts.get('lost'));
    this.takeBack(drafts);
  }

  erased() {
    this.clear();
    this.panel.announce(this.texts.get('erased'));
    this.changed();
    this.panel.closeSheet();
  }

  private begin() {
    if (this.started) return;
    this.started = true;
    this.panel.composer.text = this.store.get().draft ?? '';
    this.conversation.start();
    this.changed();
  }

  private show() {
    this.unread = 0;
    this.whisper.textContent = '';
    this.store.put({ open: true });
    this.panel.show(true);
    this.launcher.root.hidden = true;
    this.panel.log.toEnd();
    this.changed();
    if (this.started) this.conversation.markSeen();
  }

  private clear() {
    this.introduced = '';
    this.rated = false;
    this.panel.log.clear();
  }

  private takeBack(texts: string[]) {
    const { composer } = this.panel;
    composer.text = [...texts, composer.text].filter(Boolean).join('\n');
    this.store.put({ draft: composer.text });
    if (this.panel.open) composer.focus();
  }

  private menuItems(): MenuItem[] {
    const spoken = () => this.conversation.phase !== 'erased';
    return [
      { key: 'download', drawing: 'save', run: () => void this.download(), offered: spoken },
      { key: 'otherDevice', drawing: 'device', run: () => this.conversation.askCode(), offered: spoken },
      { key: 'haveCode', drawing: 'device', run: () => this.enterCode(), offered: () => true },
      {
        key: 'close', drawing: 'end', run: () => this.conversation.ask('close'),
        offered: () => this.conversation.phase === 'open',
      },
      { key: 'erase', drawing: 'bin', run: () => this.confirmErase(), offered: spoken },
    ];
  }

  private async download() {
    const name = `${this.texts.get('file')}-${this.settings.site}`;
    const saved = await saveTranscript(this.conversation.transcript(), name);
    this.panel.announce(saved ? '' : this.texts.get('failed'));
    this.changed();
  }

  private enterCode() {
    const input = element('input', {
      autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false',
      'aria-label': this.texts.get('codeLabel'),
    });
    this.panel.sheet.show({
      title: this.texts.get('haveCode'),
      text: this.texts.get('codeLabel'),
      body: input,
      act: {
        label: this.texts.get('codeUse'),
        run: () => {
          const code = input.value.trim();
          if (!code) return;
          this.panel.closeSheet();
          this.clear();
          this.conversation.restart(code);
        },
      },
      cancel: this.texts.get('cancel'),
    });
    this.changed();
  }

  private confirmErase() {
    this.panel.sheet.show({
      title: this.texts.get('eraseTitle'),
      text: this.texts.get('eraseText'),
      act: {
        label: this.texts.get('eraseYes'),
        danger: true,
        run: () => {
          this.panel.closeSheet();
          this.conversation.ask('delete');
        },
      },
      cancel: this.texts.get('cancel'),
    });
    this.changed();
  }

  // A phone's keyboard covers half the page without resizing it: the panel keeps to what can be seen.
  private fitKeyboard() {
    const seen = window.visualViewport;
    if (!seen || seen.scale > 1) return;
    this.panel.root.style.setProperty('--seen-top', `${seen.offsetTop}px`);
    this.panel.root.style.setProperty('--seen-height', `${seen.height}px`);
  }

  private keyPressed(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    if (this.panel.sheet.open) this.panel.closeSheet();
    else if (this.panel.menu.open) {
      this.panel.menu.show(false);
      this.panel.menu.toggle.focus();
    } else this.minimise();
  }

  private focusLeft({ relatedTarget }: FocusEvent) {
    const to = relatedTarget as Node | null;
    if (!to) return;
    if (!this.panel.menu.list.contains(to) && to !== this.panel.menu.toggle) this.panel.menu.show(false);
    if (this.panel.root.contains(to) || !matchMedia(kCovering).matches) return;
    this.panel.show(false);
    this.launcher.root.hidden = false;
    this.store.put({ open: false });
  }
}
