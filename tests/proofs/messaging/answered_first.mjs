// Proof: a platform's POST is answered as soon as the citizen's words are durable, whatever keeps the bot's outcome;
// and what was accepted before a crash is answered after it.
//
// The store keeps every outcome back for 30 seconds. The control keeps every append back for half a second: then the
// figures must be missed. Exit code: 0 kept and the control caught; 1 findings; 2 misuse.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { freePort, ServiceProcess, until } from '../service_process.mjs';
import { Connection, Platform, readLog } from './platform.mjs';

const USAGE = `usage: node answered_first.mjs --binary F --late F [--posts N]

--late   the product with a store that keeps appends back
--posts  300, or 5000 when the environment has SVAR_LONG; over eight connections
Progress on stderr, one JSON object on stdout.`;

const kConnections = 8;
const kKeptMs = 30_000;
const kControlKeptMs = 500;
const kControlPosts = 16;
const kMedianMsMax = 50;
const kP99MsMax = 250;

function readOptions() {
  try {
    const { values } = parseArgs({ options: { binary: { type: 'string' }, late: { type: 'string' },
      help: { type: 'boolean' }, posts: { type: 'string', default: process.env.SVAR_LONG ? '5000' : '300' } } });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    if (values.binary && values.late) return values;
  } catch (error) {
    console.error(error.message);
  }
  console.error(USAGE);
  return process.exit(2);
}

const options = readOptions();
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** Each post is another citizen's first word. */
async function post(service, count) {
  const times = [];
  let next = 0;
  const one = async () => {
    const connection = new Connection(service);
    while (next < count) {
      const number = next++;
      times.push(await connection.bring([{ contact: String(2_000_000 + number), id: `m_${number}`,
        text: 'når vert bosset tømt', at: 1_795_518_000_000 + number }]));
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: kConnections }, one));
  times.sort((a, b) => a - b);
  return { p50_ms: Number(at(times, 0.5).toFixed(2)), p99_ms: Number(at(times, 0.99).toFixed(2)) };
}

async function run(count, environment) {
  const folder = mkdtempSync(path.join(tmpdir(), 'svarsentral-answered-'));
  const platform = await Platform.start();
  const service = new ServiceProcess(options.late, await freePort(), path.join(folder, 'data'));
  service.config = platform.settings(folder);
  try {
    await service.start(environment);
    const times = await post(service, count);
    await service.kill();
    const { words, replies } = readLog(service.data);
    const early = platform.sent.length;
    service.program = options.binary;
    await service.start();
    // The first reply is the notice that it is a robot.
    const answered = await until(() => platform.sent.length >= 2 * count, 60_000);
    return { posts: count, ...times, stored: words.length, replies_at_the_crash: replies, sent_before: early,
      answered };
  } finally {
    if (!service.isDead) await service.kill();
    platform.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const count = Number(options.posts);
const result = await run(count, { KEEP_MS: String(kKeptMs) });
console.error('control: every append is kept back');
const control = await run(kControlPosts, { KEEP_MS: String(kControlKeptMs), KEEP: 'all' });
const kept = result.p50_ms <= kMedianMsMax && result.p99_ms <= kP99MsMax;
const caught = control.p50_ms > kMedianMsMax;
const good = kept && caught && result.stored === count && result.replies_at_the_crash === 0 && result.answered;
console.log(JSON.stringify({ ...result, kept_back_ms: kKeptMs, control: { p50_ms: control.p50_ms, caught },
  passed: good }));
process.exit(good ? 0 : 1);
