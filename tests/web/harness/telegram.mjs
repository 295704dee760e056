// A server that behaves like Telegram's, and a municipality's bot that is attached to it.
//
//   const telegram = await Telegram.start();
//   telegram.answer = (path, body) => ({ status: 401, … });   how calls end from now on; a promise may wait
//   const service = await startService({}, { config: telegram.config() });
//   await telegram.writes(service, 501, 'når vert bosset tømt');
//   telegram.sentTo(501)                                      the texts that the citizen was sent
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const kToken = '123456789:AAExampleTokenOfATrialBot_0123456789abc';
export const kSecret = 'a-secret-that-only-telegram-knows';

export class Telegram {
  calls = [];
  answer = this.taken;
  #updates = 0;
  #folder = mkdtempSync(join(tmpdir(), 'svarsentral-telegram-'));
  #server = createServer((request, response) => this.#called(request, response));

  static async start() {
    const telegram = new Telegram();
    await new Promise((resolve) => { telegram.#server.listen(0, '127.0.0.1', resolve); });
    telegram.origin = `http://127.0.0.1:${telegram.#server.address().port}`;
    return telegram;
  }

  stop() {
    this.#server.close();
    this.#server.closeAllConnections();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  // A configuration with one account: Osterøy's.
  config() {
    const secret = (name, value) => {
      writeFileSync(join(this.#folder, name), `${value}\n`, { mode: 0o600 });
      return join(this.#folder, name);
    };
    const file = join(this.#folder, 'svarsentral.yaml');
    writeFileSync(file, `channels:
  telegram:
    - site: osteroy
      token_file: ${secret('token', kToken)}
      secret_file: ${secret('secret', kSecret)}
  telegram_api: ${this.origin}
  internal_origins: ["${this.origin}"]
`);
    return file;
  }

  taken() { return { status: 200, body: { ok: true, result: { message_id: this.calls.length } } }; }

  message(chat, text, id = ++this.#updates) {
    const person = { id: chat, first_name: 'Prøve' };
    return { update_id: id, message: { message_id: id, date: 1795518000 + id, text,
      chat: { ...person, type: 'private' }, from: { ...person, is_bot: false } } };
  }

  bring(service, update, secret = kSecret) {
    return fetch(`${service.url}/channels/v1/telegram/osteroy`, { method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': secret },
      body: JSON.stringify(update) });
  }
  writes(service, chat, text) { return this.bring(service, this.message(chat, text)); }

  sentTo(chat) {
    return this.calls.filter(({ path, body }) => path.endsWith('/sendMessage') && body.chat_id == chat)
      .map(({ body }) => body.text);
  }

  #called(request, response) {
    let text = '';
    request.on('data', (bytes) => { text += bytes; });
    request.on('end', async () => {
      const body = text ? JSON.parse(text) : {};
      this.calls.push({ path: request.url, body });
      const answer = await this.answer(request.url, body);
      if (answer === 'cut') return request.socket.destroy();
      return response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer.body));
    });
  }
}
