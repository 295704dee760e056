// A service that says exactly what a test tells it to, on a municipality's page of another origin whose content
// security policy allows the service and nothing else. For what the real service cannot be made to do on demand.
//
//   const service = await ScriptedService.on(page);
//   const chat = await service.open();          the page, the button pressed, hello answered
//   service.socket.send({ type: 'event', … });  say something
//   await service.heard('say');                 wait for a frame
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Chat } from './chat.mjs';
import { root } from './paths.mjs';
import { until } from './until.mjs';

const kHost = 'https://www.kommune.example';
const kService = 'https://chat.example';
const kPolicy = `default-src 'none'; script-src ${kService}; connect-src ${kService} wss://chat.example; `
  + "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

export const kWelcome = {
  type: 'welcome', conversation: 'c1', token: 't1', seq: 0, language: 'nn', owner: 'bot',
  site: { id: 'vaksdal', name: 'Vaksdal kommune', colour: '#1d5a3c' },
  notice: {
    version: '1', controller: 'Vaksdal kommune', days: 30,
    text: 'Eg er ein robot.\n\nVaksdal kommune er ansvarleg for opplysningane.',
  },
  agents: 'open',
};

class ScriptedSocket {
  heard = [];
  closed = false;

  constructor(route) {
    this.route = route;
    route.onClose(() => { this.closed = true; });
  }

  send(frame) { this.route.send(JSON.stringify(frame)); }
  close(code, reason) { return this.route.close({ code, reason }); }
  frames(type) { return this.heard.filter((frame) => frame.type === type); }
}

export class ScriptedService {
  sockets = [];
  requests = [];
  welcome = kWelcome;
  answersHello = true;
  attributes = 'data-site="vaksdal" data-language="nn"';

  // sockets: 'blocked' leaves the page's own WebSocket (openPage's blocked one) alone.
  static async on(page, { sockets = 'allowed' } = {}) {
    const service = new ScriptedService();
    service.page = page;
    page.on('request', (request) => service.requests.push(request.url()));
    await page.route(`${kHost}/**`, (route) => route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'Content-Security-Policy': kPolicy },
      body: `<!doctype html><html lang="nn"><title>Vaksdal</title><main><h1>Vaksdal</h1>
        <a href="/annan">Ei anna side</a></main>
        <script src="${kService}/chat/v1/widget.js" ${service.attributes} defer></script>`,
    }));
    await page.route(`${kService}/chat/v1/widget.js`, (route) => route.fulfill({
      contentType: 'text/javascript; charset=utf-8',
      body: readFileSync(join(root, 'build/web/widget.js')),
    }));
    if (sockets === 'allowed') {
      await page.routeWebSocket('wss://chat.example/chat/v1/socket', (route) => service.#connected(route));
    }
    return service;
  }

  get address() { return `${kHost}/tenester?namn=hemmeleg#del`; }
  get socket() { return this.sockets.at(-1); }

  async open() { return Chat.open(this.page, this.address); }

  // The frame of this type that was heard last, on whichever socket; waits for the `count`th on the newest.
  async heard(type, count = 1) {
    await until(() => (this.socket?.frames(type).length ?? 0) >= count, { what: `a frame «${type}»` });
    return this.socket.frames(type)[count - 1];
  }

  async connections(count) {
    await until(() => this.sockets.length >= count, { what: `connection number ${count}` });
    return this.socket;
  }

  event(seq, fields) {
    this.socket.send({
      type: 'event', seq, at: '2026-11-23T10:15:02.123Z', from: 'bot', kind: 'message', ...fields });
  }

  #connected(route) {
    const socket = new ScriptedSocket(route);
    this.sockets.push(socket);
    route.onMessage((text) => {
      const frame = JSON.parse(text);
      socket.heard.push(frame);
      if (frame.type === 'hello' && this.answersHello) socket.send(this.welcome);
    });
  }
}
