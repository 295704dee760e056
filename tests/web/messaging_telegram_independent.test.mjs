// Telegram once more, against a server that others have written after Telegram's documentation: telegram-test-api. What
// its users write becomes updates in its own words; what the bot sends is read back through its own client.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import TelegramServer from 'telegram-test-api';

import { freePort } from '../proofs/service_process.mjs';
import { startService, until } from './harness/index.mjs';
import { kSecret, kToken } from './harness/telegram.mjs';

let server, service, folder;
before(async () => {
  server = new TelegramServer({ host: '127.0.0.1', port: await freePort(), storage: 'RAM' });
  await server.start();
  folder = mkdtempSync(join(tmpdir(), 'svarsentral-telegram-'));
  const secret = (name, value) => {
    writeFileSync(join(folder, name), value, { mode: 0o600 });
    return join(folder, name);
  };
  const config = join(folder, 'svarsentral.yaml');
  writeFileSync(config, `channels:
  telegram:
    - site: osteroy
      token_file: ${secret('token', kToken)}
      secret_file: ${secret('secret', kSecret)}
  telegram_api: ${server.config.apiURL}
  internal_origins: ["${server.config.apiURL}"]
`);
  service = await startService({}, { config });
});
after(async () => {
  await service?.stop();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

// Brings the server's updates as Telegram's webhook would: it knows no secret of its own.
async function bringUpdates() {
  const { result } = await (await fetch(`${server.config.apiURL}/bot${kToken}/getUpdates`)).json();
  for (const update of result) {
    const response = await fetch(`${service.url}/channels/v1/telegram/osteroy`, { method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': kSecret },
      body: JSON.stringify(update) });
    assert.equal(response.status, 200, JSON.stringify(update));
  }
  return result.length;
}

const userOf = (id) => server.getClient(kToken, { userId: id, chatId: id, firstName: 'Prøve', type: 'private' });
const sentTo = (id) => server.storage.botMessages.filter(({ message }) => Number(message.chat_id) === id)
  .map(({ message }) => message);

test('a question is understood from its updates, and the answers are taken by its sendMessage', async () => {
  const user = userOf(701);
  await user.sendMessage(user.makeMessage('når vert bosset tømt'));
  assert.equal(await bringUpdates(), 1);
  await until(() => sentTo(701).length >= 2, { what: 'two messages' });
  const [notice, reply] = sentTo(701).map(({ text }) => text);
  assert.match(notice, /robot/);
  assert.match(reply, /BIR/);
});

test('a button that it hands out comes back as its callback query and is answered', async () => {
  const user = userOf(702);
  await user.sendMessage(user.makeMessage('bosset'));
  await bringUpdates();
  const keyboard = () => sentTo(702).map(({ reply_markup: markup }) =>
    (typeof markup === 'string' ? JSON.parse(markup) : markup)?.inline_keyboard).find(Boolean);
  await until(() => keyboard(), { what: 'buttons' });
  const before = sentTo(702).length;
  const [[button]] = keyboard();
  const message = { message_id: 2, chat: { id: 702, type: 'private' }, text: 'kva meiner du?' };
  await user.sendCallback(user.makeCallbackQuery(button.callback_data, { message }));
  await bringUpdates();
  await until(() => sentTo(702).length > before, { what: 'an answer to the choice' });
});
