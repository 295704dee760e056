// The servers that are measured, each started fresh on a free port with a folder of its own, and ended with this
// process.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { freePort, pause, root, ServiceProcess } from '../proofs/service_process.mjs';

const SLOW_STARTS_MAX = 6; // of half a minute each
const running = new Set();
process.on('exit', () => running.forEach((server) => server.clear()));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(2));

/** Where the build put what is measured and what measures. */
export function programsOf(build, service = path.join(build, 'svarsentral')) {
  const programs = { service: path.resolve(service), load: path.join(build, 'tests/bench/chat_load'),
    fill: path.join(build, 'tests/bench/fill_store'), syncs: path.join(build, 'tests/bench/libcount_syncs.so'),
    allocations: path.join(build, 'tests/bench/libcount_allocations.so') };
  for (const [what, file] of Object.entries(programs)) {
    if (!existsSync(file)) throw new Error(`${file} (${what}) is not built: cmake --build --preset check`);
  }
  return programs;
}

class Server {
  constructor(name) {
    this.name = name;
    this.folder = mkdtempSync(path.join(tmpdir(), `svarsentral-bench-${name}-`));
    this.syncsFile = path.join(this.folder, 'syncs');
    this.allocationsFile = path.join(this.folder, 'allocations');
    running.add(this);
  }

  environment(programs) {
    return { LD_PRELOAD: (programs.preload ?? [programs.syncs]).join(' '), COUNT_SYNCS: this.syncsFile,
      COUNT_ALLOCATIONS: this.allocationsFile };
  }

  get pid() { return this.process.pid; }

  clear() {
    running.delete(this);
    if (this.process && this.process.exitCode === null) this.process.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Ends the process in its own order; the folder stays. */
  async end() {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    if (this.process.exitCode === null && this.process.kill('SIGTERM')) await ended;
  }

  async stop() {
    await this.end();
    this.clear();
  }
}

class Product extends Server {
  constructor() {
    super('product');
    this.dialect = 'product';
    this.data = path.join(this.folder, 'data');
  }

  async start(programs) {
    this.service = new ServiceProcess(programs.service, await freePort(), this.data);
    this.port = this.service.port;
    return this.life(programs);
  }

  async life(programs) {
    this.startedMs = await this.service.start(this.environment(programs));
    this.process = this.service.process;
    return this;
  }

  /** Another life on the same folder, inside a tool that runs it: words of a command, the service's last. */
  async startUnder(command) {
    const program = path.join(this.folder, 'under-tool');
    writeFileSync(program, `#!/bin/sh\nexec ${command.map((word) => `'${word}'`).join(' ')} "$@"\n`, { mode: 0o700 });
    this.service.program = program;
    this.service.spawn();
    this.process = this.service.process;
    for (let tries = 0; tries < SLOW_STARTS_MAX; ++tries) {
      if (await this.service.ready().catch(() => false)) return;
      if (this.service.isDead) break;
    }
    throw new Error(`the service did not start inside ${command[0]}`);
  }

  /** Killed without warning, and started again on the same port and folder. */
  async restart(programs) {
    await this.service.kill();
    return this.life(programs);
  }
}

const answers = (port) => new Promise((resolve) => {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('connect', () => { socket.destroy(); resolve(true); });
  socket.on('error', () => resolve(false));
});

class Ideal extends Server {
  constructor() {
    super('ideal');
    this.dialect = 'ideal';
  }

  // Two rows a message, chained, group commit, checkpoints in a thread of their own; an ack and a reply as two frames.
  async start(programs) {
    this.port = await freePort();
    this.process = spawn(programs.ideal, [String(this.port), 'fullbg', path.join(this.folder, 'ideal.db'), '2'],
      { cwd: root, stdio: 'ignore', env: { ...process.env, ...this.environment(programs), TWO_FRAMES: '1' } });
    const until = performance.now() + 10_000;
    while (!(await answers(this.port))) {
      if (performance.now() > until || this.process.exitCode !== null) throw new Error('the yardstick did not start');
      await pause(10);
    }
    return this;
  }
}

/** @param prepare called with the product before its start: it may fill `data`. */
export const startProduct = async (programs, prepare = () => {}) => {
  const product = new Product();
  await prepare(product);
  return product.start(programs);
};
export const startIdeal = (programs) => new Ideal().start(programs);
