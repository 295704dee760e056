// The widget as a citizen meets it: by roles and names, never by its insides.
import { until } from './until.mjs';

export class Chat {
  constructor(page) {
    this.page = page;
    this.launcher = page.getByRole('button', { name: /^(Spør oss|Ask us)/ });
    this.panel = page.getByRole('dialog');
    this.input = this.panel.getByRole('textbox');
    this.log = this.panel.getByRole('log');
    this.status = this.panel.locator('.bar [role=status]');
  }

  // Presses the button and waits until the service has welcomed us.
  static async open(page, url) {
    const chat = new Chat(page);
    await page.goto(url);
    await chat.begin();
    return chat;
  }

  async begin() {
    await this.launcher.click();
    await this.notice.waitFor();
  }

  get notice() { return this.log.locator('.notice'); }
  get articles() { return this.log.getByRole('article'); }

  async say(text) {
    await this.input.fill(text);
    await this.input.press('Enter');
  }

  button(name) { return this.panel.getByRole('button', { name, exact: true }); }

  async menu(name) {
    await this.button('Val').click();
    await this.button(name).click();
  }

  // The newest message with these words in it.
  async answer(pattern) {
    const article = this.articles.filter({ hasText: pattern }).last();
    await article.waitFor();
    return article;
  }

  // Every message on the screen in order: its sender's line and its text.
  transcript() {
    return this.articles.evaluateAll((articles) => articles.map((article) => ({
      look: article.classList[1],
      who: article.querySelector('.who').innerText.replace(/\s+/g, ' ').replace(/ ?\d\d[:.]\d\d$/, ''),
      text: article.querySelector('.bubble').innerText,
    })));
  }

  async texts() { return (await this.transcript()).map((message) => message.text); }

  async waitForTexts(count) {
    await until(async () => (await this.articles.count()) >= count, { what: `${count} messages` });
    return this.texts();
  }

  // By itself, but with the citizen's own «try now», so that no test waits for a long pause.
  async reconnected() {
    const away = this.panel.locator('.bar.away');
    await until(async () => {
      if (await away.isVisible()) await this.button('Prøv no').click({ timeout: 500 }).catch(() => null);
      return !(await away.isVisible()) && !/^Koplar/.test(await this.status.textContent());
    }, { withinMs: 30_000, what: 'the connection to be back' });
  }

  // Where the focus is, through shadow roots: the element's accessible name or text.
  focus() {
    return this.page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at?.getAttribute('aria-label') ?? at?.labels?.[0]?.textContent ?? at?.textContent ?? '';
    });
  }
}

// All that a browser can keep for a site.
export function stored(page) {
  return page.evaluate(async () => ({
    cookies: document.cookie,
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: (await indexedDB.databases()).length,
    caches: window.caches ? (await caches.keys()).length : 0,
  }));
}

export const kNothingStored = { cookies: '', local: {}, session: {}, databases: 0, caches: 0 };
