// The real service, started as an operator starts it, on a free loopback port with a folder of its own.
//
//   const service = await startService();
//   service.url          'http://127.0.0.1:41234'
//   service.output()     what it has printed so far (the first login is in it)
//   await service.kill() SIGKILL; await service.start() brings it back on the same port and folder
//   await service.stop() SIGTERM, waits, removes the folder. Call it in `after`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { binary, root } from './paths.mjs';
import { bring, keep } from './trained_releases.mjs';
import { until } from './until.mjs';

const kReadyWithinMs = 30_000;
const kStopWithinMs = 10_000;

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

class Service {
  #child = null;
  #output = '';
  #settings;

  constructor(port, folder, settings, trainsItself, config) {
    this.config = config;
    this.shipped = !trainsItself && !('content.path' in settings);
    this.port = port;
    this.folder = folder;
    this.url = `http://127.0.0.1:${port}`;
    this.#settings = {
      'http.port': port, 'store.path': folder, 'limits.enabled': false, 'desk.queue': 'always', ...settings };
  }

  get pid() { return this.#child?.pid; }
  output() { return this.#output; }

  async start() {
    if (this.shipped) bring(binary, this.folder);
    const sets = Object.entries(this.#settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
    this.#child = spawn(binary, ['serve', '--config', this.config, ...sets],
      { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const child = this.#child;
    let failure = '';
    child.on('error', (error) => { failure = String(error); });
    child.on('exit', (code, signal) => { failure ||= `it ended with ${code ?? signal}`; });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => { this.#output += text; });
    }
    await until(async () => {
      if (failure) throw new Error(`${binary}: ${failure}\n${this.#output.slice(-4000)}`);
      const response = await fetch(`${this.url}/readyz`).catch(() => null);
      return response?.ok;
    }, { withinMs: kReadyWithinMs, what: `${binary} to be ready on ${this.url}` });
    if (this.shipped) keep(binary, this.folder);
    return this;
  }

  // The machine's plug is pulled: nothing is flushed, nobody is told.
  async kill() { await this.#end('SIGKILL'); }

  // As systemd asks: what is under way may end.
  async terminate() { await this.#end('SIGTERM'); }

  async restart() {
    await this.kill();
    await this.start();
  }

  async stop() {
    await this.terminate();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #end(signal) {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), kStopWithinMs);
    await ended;
    clearTimeout(late);
  }
}

// `settings` are further `--set` values: {'queue.size': 3}. `trainsItself`: a first start as on a new machine.
// `config`: another configuration than the shipped one.
export async function startService(
  settings = {}, { trainsItself = false, config = 'config/svarsentral.yaml' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'svarsentral-web-'));
  const service = new Service(await freePort(), folder, settings, trainsItself, config);
  try {
    return await service.start();
  } catch (error) {
    await service.stop();
    throw error;
  }
}
