// The product as a process that a proof starts, kills and starts again.
import { spawn, spawnSync } from 'node:child_process';
import http from 'node:http';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { bring, keep } from '../web/harness/trained_releases.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const { WebSocket } = createRequire(path.join(root, 'tests/web/package.json'))('ws');

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for a condition of this process; false when it does not come true in time. */
export async function until(condition, ms) {
  const end = performance.now() + ms;
  while (!condition()) {
    if (performance.now() > end) return false;
    await pause(5);
  }
  return true;
}

/** Small and repeatable: mulberry32. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function isReady(port) {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path: '/readyz', timeout: 500 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', () => resolve(false));
    request.on('timeout', () => request.destroy());
  });
}

// At any hour, with as many conversations an agent as a proof likes, and agents that only call.
const kDesk = ['desk.queue=always', 'desk.capacity=100000', 'desk.lost_after_seconds=3600', 'desk.wait_minutes_max=0'];

export class ServiceProcess {
  /** On one port and one data folder for all its lives. `program` may be another build at each start, `settings` are
   * of the form «limits.in_service_max=64». */
  constructor(program, port, data, settings = []) {
    Object.assign(this, { program, port, data, settings, output: '', agents: new Set() });
    this.origin = `http://127.0.0.1:${port}`;
    this.socketUrl = `ws://127.0.0.1:${port}/chat/v1/socket`;
  }

  /** Begins a life; `environment` is added to this process's own. */
  spawn(environment = {}) {
    if (this.onShippedContent) bring(this.program, this.data);
    this.process = spawn(this.program, ['serve', '--config', this.config ?? path.join(root, 'config/svarsentral.yaml'),
      '--set', `http.port=${this.port}`, '--set', `store.path=${this.data}`, '--set', 'limits.enabled=false',
      ...kDesk.flatMap((each) => ['--set', each]),
      '--set', 'log.level=warn', ...this.settings.flatMap((each) => ['--set', each])],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...environment } });
    this.process.stdout.on('data', (bytes) => { this.output += bytes; });
    this.ended = new Promise((resolve) => this.process.on('exit', (code, signal) => resolve({ code, signal })));
  }

  get onShippedContent() {
    return !this.settings.some((each) => each.startsWith('content.path'));
  }

  get isDead() {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  /** Resolves when citizens are served; true, or false when the process died before. */
  async ready() {
    const began = performance.now();
    while (!(await isReady(this.port))) {
      if (this.isDead) return false;
      if (performance.now() - began > 30_000) throw new Error('the service is not ready after 30 s');
      await pause(10);
    }
    if (this.onShippedContent) keep(this.program, this.data);
    return true;
  }

  /** Starts and waits; how long it took, in milliseconds. */
  async start(environment = {}) {
    const began = performance.now();
    this.spawn(environment);
    if (!(await this.ready())) throw new Error(`the service ended with ${JSON.stringify(await this.ended)}`);
    return performance.now() - began;
  }

  async kill() {
    this.process.kill('SIGKILL');
    await this.ended;
  }

  /** A new agent of every municipality, made on the command line while the service runs. */
  addAgent(name = 'kari') {
    const password = 'hest-batteri-stift';
    if (this.agents.has(name)) return { name, password };
    this.agents.add(name);
    const made = spawnSync(this.program, ['user', 'add', name, '--data', this.data, '--right', 'agent:*',
      '--password-stdin'], { cwd: root, input: `${password}\n`, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`${name} was not added: ${made.stderr}`);
    return { name, password };
  }
}
