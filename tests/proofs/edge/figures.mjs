// What is measured at the edge: latencies of citizens who behave, and the service's own figures.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ServiceProcess, freePort, until } from '../service_process.mjs';
import { TalkingSocket } from './raw_socket.mjs';

/** A folder for the data in memory where there is such: the edge is measured here, not the disk. */
export function dataFolder() {
  return mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'svarsentral-edge-'));
}

export function percentile(values, share) {
  if (!values.length) return null;
  const rising = [...values].sort((a, b) => a - b);
  return Number(rising[Math.min(rising.length - 1, Math.floor(rising.length * share))].toFixed(1));
}

/** The service's /metrics: name with labels → number. */
export async function metrics(origin) {
  const text = await (await fetch(`${origin}/metrics`)).text();
  const figures = {};
  for (const line of text.split('\n')) {
    const cut = line.lastIndexOf(' ');
    if (cut > 0 && !line.startsWith('#')) figures[line.slice(0, cut)] = Number(line.slice(cut + 1));
  }
  return figures;
}

const TEXTS = ['når vert bosset tømt', 'kva kostar barnehageplass', 'opningstider', 'takk', 'hei'];

/** Citizens who write now and then and measure how long the acknowledgement takes. */
export class Citizens {
  constructor({ port, origin, site, count, pauseMs }) {
    Object.assign(this, { port, origin, site, count, pauseMs, latencies: [], refused: 0, ended: 0, open: 0 });
    this.stopped = false;
    this.asked = new Map();
    this.all = Array.from({ length: count }, () => this.one());
  }

  one() {
    let at = 0;
    let number = 0;
    let timer;
    const say = (socket) => {
      if (this.stopped || socket.closed) return;
      at = performance.now();
      this.asked.set(socket, at);
      number += 1;
      socket.say({ type: 'say', id: `m${number}`, text: TEXTS[number % TEXTS.length] });
    };
    const next = (socket) => { timer = setTimeout(() => say(socket), this.pauseMs * (0.5 + Math.random())); };
    const onFrame = (frame, socket) => {
      if (frame.type === 'ack' || frame.type === 'error') this.asked.delete(socket);
      if (frame.type === 'welcome') { this.open += 1; next(socket); }
      if (frame.type === 'ack') { this.latencies.push(performance.now() - at); next(socket); }
      if (frame.type === 'error') { this.refused += 1; next(socket); }
    };
    return new TalkingSocket({ port: this.port, origin: this.origin, hello: { type: 'hello', site: this.site }, onFrame,
      onClose: () => { clearTimeout(timer); if (!this.stopped) this.ended += 1; } });
  }

  /** How long the one who has waited longest is without an answer now. */
  longestWait() {
    return Math.round(performance.now() - Math.min(performance.now(), ...this.asked.values()));
  }

  /** Begins to count anew. */
  forget() {
    this.latencies = [];
  }

  stop() {
    this.stopped = true;
    this.all.forEach((socket) => socket.destroy());
  }

  summary() {
    return { citizens: this.count, acknowledged: this.latencies.length, refused: this.refused, cut_off: this.ended,
      ack_p50_ms: percentile(this.latencies, 0.5), ack_p99_ms: percentile(this.latencies, 0.99) };
  }
}

/** A service on its own data, with citizens who behave. */
export class Place {
  static async open(program, { site = 'fedje', count, pauseMs, settings = [] }) {
    const place = new Place();
    place.data = dataFolder();
    place.service = new ServiceProcess(program, await freePort(), place.data, settings);
    await place.service.start();
    const { port, origin } = place.service;
    place.citizens = new Citizens({ port, origin, site, count, pauseMs });
    if (!(await until(() => place.citizens.open === count, 60_000))) throw new Error('not every citizen got in');
    return place;
  }

  async close() {
    this.citizens.stop();
    await this.service.kill();
    rmSync(this.data, { recursive: true, force: true });
    return this.citizens.summary();
  }
}

/** Nobody cut off or refused, and quick: as the limit says or, on a machine that is busy with other things, nearly as
 * quick as at a place that nobody harms, measured in the same moments. */
export function areUnharmed(harmed, calm, p99MsMax) {
  return harmed.cut_off === 0 && harmed.refused === 0 && harmed.acknowledged > 0
    && harmed.ack_p99_ms <= Math.max(p99MsMax, 3 * calm.ack_p99_ms);
}
