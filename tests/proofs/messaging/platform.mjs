// Messenger as the service meets it: brings signed batches over connections of its own, and takes what is answered.
import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { pause } from '../service_process.mjs';

export const kPage = '555';
export const kAppSecret = '0123456789abcdef0123456789abcdef';
const kReader = path.join(path.dirname(fileURLToPath(import.meta.url)), 'read_words.py');
const kTriesMax = 100;

export class Platform {
  /** The messages that citizens were sent: { contact, text, token }. */
  sent = [];

  static async start() {
    const platform = new Platform();
    platform.server = http.createServer((request, response) => platform.#called(request, response));
    platform.server.keepAliveTimeout = 60_000;
    await new Promise((resolve) => { platform.server.listen(0, '127.0.0.1', resolve); });
    return platform;
  }

  stop() {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** Settings of a service that has the page for Osterøy. */
  settings(folder) {
    mkdirSync(folder, { recursive: true });
    const secret = (name, value) => {
      writeFileSync(path.join(folder, name), value, { mode: 0o600 });
      return path.join(folder, name);
    };
    const account = { site: 'osteroy', page: kPage, app: '99', token_file: secret('token', 'EAA-a-token-of-a-trial'),
      app_secret_file: secret('app', kAppSecret), verify_token_file: secret('verify', 'a-word-of-our-own') };
    const origin = `http://127.0.0.1:${this.server.address().port}`;
    const config = path.join(folder, 'channels.yaml');
    writeFileSync(config, JSON.stringify({ channels: { messenger: [account], graph_api: origin,
      internal_origins: [origin] } }));
    return config;
  }

  #called(request, response) {
    let text = '';
    request.on('data', (bytes) => { text += bytes; });
    request.on('end', () => {
      const body = text ? JSON.parse(text) : {};
      if (body.message) this.sent.push({ contact: body.recipient.id, text: body.message.text,
        token: body.message.metadata });
      response.writeHead(200, { 'Content-Type': 'application/json' })
        .end(JSON.stringify({ recipient_id: '1', message_id: `m.${this.sent.length}` }));
    });
  }
}

/** One of the platform's connections: a request at a time, the next when the last is answered. */
export class Connection {
  constructor(service) {
    this.service = service;
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    this.refused = 0;
  }

  /** Brings a batch until it is taken; how long the last try took, in milliseconds. */
  async bring(events) {
    const body = JSON.stringify({ object: 'page', entry: [{ id: kPage, time: Date.now(), messaging: events.map(
      ({ contact, id, text, at }) => ({ sender: { id: contact }, recipient: { id: kPage }, timestamp: at,
        message: { mid: id, text } })) }] });
    for (let tries = 0; tries < kTriesMax; tries += 1) {
      const began = performance.now();
      const { status, wait } = await this.#post(body);
      if (status === 200) return performance.now() - began;
      if (status !== 503) throw new Error(`a batch was answered with ${status}`);
      this.refused += 1;
      await pause(wait * 1_000);
    }
    throw new Error('a batch was never taken');
  }

  #post(body) {
    const signature = `sha256=${createHmac('sha256', kAppSecret).update(body).digest('hex')}`;
    return new Promise((resolve, reject) => {
      const request = http.request({ agent: this.agent, host: '127.0.0.1', port: this.service.port, method: 'POST',
        path: '/channels/v1/messenger/osteroy', headers: { 'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body), 'X-Hub-Signature-256': signature } }, (response) => {
        response.resume().on('end', () => resolve({ status: response.statusCode,
          wait: Number(response.headers['retry-after'] ?? 1) }));
      });
      request.on('error', reject).end(body);
    });
  }

  close() { this.agent.destroy(); }
}

/** What the log holds, by a reader that shares nothing with the service: conversation → its citizen's words, and how
 * many replies of the bot there are. */
export function readLog(data) {
  const read = spawnSync('python3', [kReader, path.join(data, 'svarsentral.db')],
    { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (read.status !== 0) throw new Error(`the log was not read: ${read.stderr}`);
  return JSON.parse(read.stdout);
}
