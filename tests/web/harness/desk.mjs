// The desk as an agent meets it: by roles and names.
import { spawnSync } from 'node:child_process';

import { binary, root } from './paths.mjs';
import { until } from './until.mjs';

export class Desk {
  constructor(page) {
    this.page = page;
    this.name = page.getByLabel('Brukarnamn');
    this.password = page.getByLabel('Passord', { exact: true });
    this.input = page.getByRole('textbox', { name: 'Svar til innbyggjaren' });
    this.log = page.getByRole('log');
    this.context = page.getByRole('complementary', { name: 'Om samtalen' });
    this.news = page.locator('.announcer');
    this.connection = page.locator('.connection');
  }

  static async open(page, url) {
    await page.goto(`${url}/desk/`);
    return new Desk(page);
  }

  async signIn({ name, password }) {
    await this.name.fill(name);
    await this.password.fill(password);
    await this.password.press('Enter');
    await this.list('Ventar').waitFor({ state: 'attached' });
    await this.live();
  }

  async live() { await this.connection.and(this.page.locator('[data-state=live]')).waitFor(); }

  button(name) { return this.page.getByRole('button', { name, exact: true }); }
  list(name) { return this.page.getByRole('region', { name: new RegExp(`^${name}`) }); }
  row(list, text) { return this.list(list).getByRole('button').filter({ hasText: text }); }

  async open(list, text) {
    await this.row(list, text).click();
    await this.log.waitFor();
  }

  async take() {
    await this.button('Ta samtalen').click();
    await this.page.locator('textarea:focus').waitFor();
  }

  async say(text) {
    await this.input.fill(text);
    await this.input.press('Enter');
  }

  async sees(text) {
    const line = this.log.locator('.line').filter({ hasText: text }).last();
    await line.waitFor();
    return line;
  }

  // Everybody's words in order: who, and what.
  words() {
    return this.log.getByRole('article').evaluateAll((articles) => articles.map((article) => ({
      speaker: article.dataset.speaker,
      state: article.dataset.state ?? 'sent',
      text: article.querySelector('.words').innerText,
    })));
  }

  focused() {
    return this.page.evaluate(() => {
      const at = document.activeElement;
      return at?.labels?.[0]?.textContent ?? at?.getAttribute('aria-label') ?? at?.innerText ?? '';
    });
  }

  // Goes forward with Tab, or back with Shift and Tab, until what has focus is called so.
  async tabTo(name, key = 'Tab') {
    for (let presses = 0; presses < 80; presses += 1) {
      if (name.test(await this.focused())) return;
      await this.page.keyboard.press(key);
    }
    throw new Error(`80 presses of ${key} did not reach ${name}`);
  }
}

// An agent of every municipality, made on the command line beside the running service.
const madeFor = {};
export async function agentLogin(service, name = 'kari') {
  const password = 'hest-batteri-stift';
  const made = (madeFor[service.folder] ??= new Set());
  if (!made.has(name)) addUser(service, name, password, ['agent:*']);
  made.add(name);
  return { name, password };
}

export function addUser(service, name, password, rights, displayName = 'Kari Nordås') {
  const made = spawnSync(binary, ['user', 'add', name, '--data', service.folder, '--password-stdin',
    '--display-name', displayName, ...rights.flatMap((right) => ['--right', right])],
  { cwd: root, input: `${password}\n`, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`${name} was not added: ${made.stderr}`);
}

// What the service made at its first start and printed once: an agent, and an administrator.
const printed = async (service, what) => {
  const found = await until(() => new RegExp(`^first ${what}: (\\S+) (\\S+)$`, 'm').exec(service.output()), {
    what: `the line with the first ${what}` });
  return { name: found[1], password: found[2] };
};
export const firstLogin = (service) => printed(service, 'login');
export const firstAdministrator = (service) => printed(service, 'administrator');
