// An agent at the desk, as the desk's wire has it (connectors/desk/README.md): one session, plain requests.
import http from 'node:http';

import { pause } from './service_process.mjs';

export class DeskAgent {
  constructor(service, { name, password }) {
    Object.assign(this, { service, name, password, cookie: '' });
  }

  /** {status, body}; status 0 when there was no answer. */
  call(method, path, body) {
    return new Promise((resolve) => {
      const headers = { Cookie: this.cookie };
      if (method === 'POST') {
        Object.assign(headers, { Origin: this.service.origin, 'Content-Type': 'application/json', 'X-Svar-Desk': '1' });
      }
      const request = http.request(`${this.service.origin}/desk/v1${path}`, { method, headers, timeout: 5_000 },
        (response) => {
          let text = '';
          response.on('data', (bytes) => { text += bytes; });
          response.on('error', () => resolve({ status: 0 }));
          response.on('end', () => {
            const [set] = response.headers['set-cookie'] ?? [];
            if (set) this.cookie = set.split(';')[0];
            resolve({ status: response.statusCode, body: text ? JSON.parse(text) : null });
          });
        });
      request.on('error', () => resolve({ status: 0 }));
      request.on('timeout', () => request.destroy());
      request.end(body ? JSON.stringify(body) : undefined);
    });
  }

  async signIn() {
    const answer = await this.call('POST', '/login', { name: this.name, password: this.password });
    if (answer.status !== 200) throw new Error(`${this.name} was not let in: ${JSON.stringify(answer)}`);
  }

  /** Again and again until there is an answer that a retry would not change; null when stopped. */
  async persistently(method, path, body, isStopped = () => false) {
    while (!isStopped()) {
      const answer = await this.call(method, path, body);
      if (answer.status === 401) await this.signIn().catch(() => {});
      else if (answer.status !== 0 && answer.status !== 503) return answer;
      await pause(10);
    }
    return null;
  }
}

/** A conversation's number at the desk, from the web chat's name of it. */
export const deskNumber = (conversation) => conversation.split('.')[0];
