// A bridge, as a supplier would write it for deploy/channels/webhook.md: an SMS gateway that signs what it brings,
// checks what it is given, and honours ids.
//
//   const bridge = await Bridge.start();
//   const service = await startService({}, { config: bridge.config() });
//   await bridge.writes(service, '+4790', 'når vert bosset tømt');
//   bridge.sentTo('+4790')          the texts that the citizen was shown, each once
//   bridge.answer = () => 503;      how calls end from now on; 'cut' cuts the connection after the message was taken
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const kKey = 'canary0123456789abcdef0123456789abcdef0123456789abcdef0123456789';

export function signature(key, id, timestamp, body) {
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

export class Bridge {
  calls = [];  // every request, also those that come again
  shown = [];  // what citizens saw
  answer = () => 200;
  #taken = new Set();
  #events = 0;
  #folder = mkdtempSync(join(tmpdir(), 'svarsentral-bridge-'));
  #server = createServer((request, response) => this.#called(request, response));

  static async start() {
    const bridge = new Bridge();
    await bridge.listen();
    bridge.port = bridge.#server.address().port;
    bridge.origin = `http://127.0.0.1:${bridge.port}`;
    return bridge;
  }

  listen() { return new Promise((resolve) => { this.#server.listen(this.port ?? 0, '127.0.0.1', resolve); }); }
  fall() {
    const closed = new Promise((resolve) => { this.#server.close(resolve); });
    this.#server.closeAllConnections();
    return closed;
  }
  async stop() {
    if (this.#server.listening) await this.fall();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  config() {
    const secret = join(this.#folder, 'key');
    writeFileSync(secret, `${kKey}\n`, { mode: 0o600 });
    const file = join(this.#folder, 'svarsentral.yaml');
    writeFileSync(file, `channels:
  webhook:
    - site: osteroy
      url: ${this.origin}/in
      secret_file: ${secret}
  internal_origins: ["${this.origin}"]
`);
    return file;
  }

  message(contact, text, id = `sms-${++this.#events}`) { return { type: 'message', id, contact, text }; }

  bring(service, events, { key = kKey, age = 0, body = JSON.stringify({ version: 1, events }) } = {}) {
    const timestamp = String(Math.floor(Date.now() / 1000) - age);
    return fetch(`${service.url}/channels/v1/webhook/osteroy`, { method: 'POST', body, headers: {
      'Content-Type': 'application/json', 'webhook-id': 'req', 'webhook-timestamp': timestamp,
      'webhook-signature': signature(key, 'req', timestamp, body) } });
  }
  writes(service, contact, text) { return this.bring(service, [this.message(contact, text)]); }

  sentTo(contact) { return this.shown.filter((one) => one.contact === contact).map(({ text }) => text); }

  #called(request, response) {
    let text = '';
    request.setEncoding('utf8').on('data', (bytes) => { text += bytes; });
    request.on('end', () => {
      const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': given } = request.headers;
      if (given !== signature(kKey, id, timestamp, text)) return response.writeHead(401).end();
      const body = JSON.parse(text);
      this.calls.push({ id, body });
      const answer = this.answer(body);
      if (answer === 'cut' || answer < 300) this.#take(id, body);
      if (answer === 'cut') return request.socket.destroy();
      return response.writeHead(answer).end();
    });
  }

  #take(id, body) {
    if (this.#taken.has(id)) return;
    this.#taken.add(id);
    this.shown.push(body);
  }
}
