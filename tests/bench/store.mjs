// What age does to the store: start, memory, a turn and the pages of a commit with a million stored events against
// an empty store; and the bytes that a message leaves in the database.
//
// usage: node store.mjs [--build build/check] [--binary F] [--events 1000000] [--pairs 5] [--seconds 4]
//        [--any-noise] [--help]
// Empty and old store alternate; one citizen writes, so that every commit is one turn. The old one is filled once
// (ten events a conversation) and copied for each run. One JSON object on stdout. Exit code: 0 every goal met, 1 a
// goal missed, a fault, or void, 2 misuse.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { runLoad } from './chat_load.mjs';
import { finish, readCommand } from './command.mjs';
import { goal, median, rounded } from './figures.mjs';
import { startProduct } from './servers.mjs';

const USAGE = 'usage: node store.mjs [--build build/check] [--binary F] [--events 1000000] [--pairs 5] [--seconds 4]\n'
  + '       [--any-noise] [--help]';
const EVENTS_A_CONVERSATION = 10;
const MESSAGES_A_TURN = 2;
const PAGE_IN_LOG_BYTES = 4096 + 24;
const { options, programs } = readCommand(USAGE, { events: '1000000', pairs: '5', seconds: '4' });

function fill(folder) {
  console.error(`filling ${options.events} events`);
  const run = spawnSync(programs.fill, [path.join(folder, 'svarsentral.db'), '--conversations',
    String(Math.round(Number(options.events) / EVENTS_A_CONVERSATION)), '--events', String(EVENTS_A_CONVERSATION)],
  { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (run.status !== 0) throw new Error(`fill_store ended with ${run.status}`);
  return JSON.parse(run.stdout);
}

const sizeOf = (data) => statSync(path.join(data, 'svarsentral.db')).size;

async function measure(from) {
  const server = await startProduct(programs, ({ data }) => from && cpSync(from, data, { recursive: true }));
  const before = sizeOf(server.data);
  const load = { connections: 1, duration: options.seconds, warmup: 1 };
  const run = await runLoad(programs, server, load);
  await server.end(); // the log is then in the database
  const grown = sizeOf(server.data) - before;
  server.clear();
  return { ...run, started_ms: server.startedMs, resident_bytes: run.server.resident_bytes_before,
    pages_per_sync: run.disk.written_bytes_per_turn * run.turns / run.disk.syncs / PAGE_IN_LOG_BYTES,
    database_bytes_per_message: grown / (run.turns_in_all * MESSAGES_A_TURN) };
}

const folder = mkdtempSync(path.join(tmpdir(), 'svarsentral-bench-old-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
mkdirSync(folder, { recursive: true });
const filled = fill(folder);
const pairs = [];
let voids = 0;
while (pairs.length < Number(options.pairs) && voids <= Number(options.pairs)) {
  const empty = await measure(null);
  const old = await measure(folder);
  const isVoid = !options['any-noise'] && (empty.void || old.void);
  console.error(`started in ${Math.round(old.started_ms)} ms (empty ${Math.round(empty.started_ms)}), turn p50 `
    + `${old.reply_us.p50} µs (${empty.reply_us.p50}), pages ${old.pages_per_sync.toFixed(2)} `
    + `(${empty.pages_per_sync.toFixed(2)})${isVoid ? ': void' : ''}`);
  if (isVoid) voids += 1;
  else pairs.push({ empty, old });
}
const of = (side, figure) => rounded(median(pairs.map((pair) => figure(pair[side]))), 4);
const ratio = (figure) => rounded(median(pairs.map(({ empty, old }) => figure(old) / figure(empty))));
const sides = Object.fromEntries(['empty', 'old'].map((side) => [side, {
  started_ms: of(side, (run) => run.started_ms), resident_bytes: of(side, (run) => run.resident_bytes),
  reply_p50_us: of(side, (run) => run.reply_us.p50),
  server_cpu_us_per_turn: of(side, (run) => run.server.cpu_us_per_turn),
  pages_per_sync: of(side, (run) => run.pages_per_sync),
  database_bytes_per_message: of(side, (run) => run.database_bytes_per_message) }]));
const goals = [goal('seconds to start', sides.old.started_ms / 1000, { most: 3 }),
  goal('resident megabytes', sides.old.resident_bytes / 1e6, { most: 200 }),
  goal('a turn, ratio', ratio((run) => run.reply_us.p50), { most: 1.25 }),
  goal('pages a commit, ratio', ratio((run) => run.pages_per_sync), { least: 0.9, most: 1.1 })];
const isVoid = pairs.length < Number(options.pairs);
const faults = pairs.reduce((sum, { empty, old }) => sum + empty.faults + old.faults, 0);
finish({ bench: 'store', passed: !isVoid && faults === 0 && goals.every(({ met }) => met), pairs: pairs.length,
  void_pairs: voids, void: isVoid, noise_counts: options['any-noise'], faults, filled, ...sides, goals });
