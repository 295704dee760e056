// Does a backup disturb the citizens? Turns at a steady rate on a store with a million events, quietly and while
// backups are made one after the other, alternating; and how long a backup and a verification take.
//
// usage: node backup.mjs [--build build/check] [--binary F] [--events 1000000] [--pairs 7] [--seconds 8] [--rate 200]
//        [--any-noise] [--help]
// A pair is void when others took processor time while it was quiet. One JSON object on stdout. Exit code: 0 every goal
// met, 1 a goal missed, a fault, or void, 2 misuse.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { runLoad } from './chat_load.mjs';
import { finish, readCommand } from './command.mjs';
import { goal, median, rounded } from './figures.mjs';
import { startProduct } from './servers.mjs';

const USAGE = 'usage: node backup.mjs [--build build/check] [--binary F] [--events 1000000] [--pairs 7] [--seconds 8]\n'
  + '       [--rate 200] [--any-noise] [--help]';
const EVENTS_A_CONVERSATION = 10;
const CITIZENS = 32;
const { options, programs } = readCommand(USAGE, { events: '1000000', pairs: '7', seconds: '8', rate: '200' });

function fill({ data }) {
  console.error(`filling ${options.events} events`);
  mkdirSync(data, { recursive: true });
  const run = spawnSync(programs.fill, [path.join(data, 'svarsentral.db'), '--conversations',
    String(Math.round(Number(options.events) / EVENTS_A_CONVERSATION)), '--events', String(EVENTS_A_CONVERSATION)],
  { stdio: ['ignore', 'ignore', 'inherit'] });
  if (run.status !== 0) throw new Error(`fill_store ended with ${run.status}`);
}

/** Runs a command of the product with --json; gives what it says, and `code`. As an operator's timer runs it: nice. */
function command(...args) {
  return new Promise((resolve, reject) => {
    const child = spawn('nice', ['-n', '10', programs.service, ...args, '--json'],
      { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.on('data', (data) => { printed += data; });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...(printed ? JSON.parse(printed) : {}) }));
  });
}

const backups = mkdtempSync(path.join(tmpdir(), 'svarsentral-bench-backups-'));
process.on('exit', () => rmSync(backups, { recursive: true, force: true }));
const server = await startProduct(programs, fill);
const load = { connections: CITIZENS, duration: options.seconds, warmup: 1, rate: options.rate };
const made = [];

/** Backups one after the other for as long as `load` runs. */
async function backUpDuring(running) {
  let ended = false;
  running.finally(() => { ended = true; });
  while (!ended) {
    const backup = await command('backup', '--set', `store.path=${server.data}`, '--to', backups);
    made.push(backup);
    if (backup.code !== 0) break;
    rmSync(backup.backup, { recursive: true, force: true });
  }
  return running;
}

await runLoad(programs, server, { ...load, duration: 2 });
const pairs = [];
let voids = 0;
while (pairs.length < Number(options.pairs) && voids <= Number(options.pairs)) {
  const quiet = await runLoad(programs, server, load);
  const during = await backUpDuring(runLoad(programs, server, load));
  const isVoid = !options['any-noise'] && quiet.void;
  console.error(`turn p50 ${quiet.reply_us.p50} → ${during.reply_us.p50} µs, p99 ${quiet.reply_us.p99} → `
    + `${during.reply_us.p99} µs${isVoid ? ': void' : ''}`);
  if (isVoid) voids += 1;
  else pairs.push({ quiet, during });
}
const verified = await command('verify', '--data', server.data);
await server.stop();

const of = (side, figure) => rounded(median(pairs.map((pair) => figure(pair[side]))), 4);
const ratio = (figure) => rounded(median(pairs.map(({ quiet, during }) => figure(during) / figure(quiet))));
const p50 = (run) => run.reply_us.p50;
const p99 = (run) => run.reply_us.p99;
const side = (name) => ({ reply_p50_us: of(name, p50), reply_p99_us: of(name, p99) });
const isVoid = pairs.length < Number(options.pairs);
const faults = pairs.reduce((sum, { quiet, during }) => sum + quiet.faults + during.faults, 0);
const goals = [goal('backups that were not whole', made.filter(({ code }) => code !== 0).length, { most: 0 }),
  goal('backups that the service did not copy itself', made.filter((one) => !one.by_service).length, { most: 0 }),
  goal('findings of the verification', verified.findings_count, { most: 0 }),
  goal('a turn during a backup, p50, ratio', ratio(p50), { most: 2 }),
  goal('a turn during a backup, p99, milliseconds', rounded(of('during', p99) / 1000), { most: 100 })];
finish({ bench: 'backup', passed: !isVoid && faults === 0 && goals.every(({ met }) => met), pairs: pairs.length,
  void_pairs: voids, void: isVoid, noise_counts: options['any-noise'], faults, quiet: side('quiet'),
  during: side('during'), reply_p99_ratio: ratio(p99), backups: made.length,
  backup_seconds: rounded(median(made.map(({ seconds }) => seconds))), backup_bytes: made.at(-1)?.bytes,
  verify_seconds: rounded(verified.seconds), events: verified.events, goals });
