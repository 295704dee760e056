// What a turn costs, counted and not timed: instructions, allocations, syncs, pages and bytes written. The same on
// a busy machine as on a quiet one, so that a test can compare them with the last ones accepted.
//
// usage: node counters.mjs [--build build/check] [--binary F] [--baseline counters.json] [--accept]
//        [--without-instructions] [--help]
// One citizen says a fixed list of messages to the service, over a socket, with a new conversation every eight
// turns; every commit is one turn. Instructions are counted by callgrind, in every thread and library, from the
// first message after a warm-up to the last. Compared with the baseline: more than 5 % above it is a finding; 30 %
// for what depends on the content, when that has changed since. --accept writes what was counted as the baseline.
// One JSON object on stdout. Exit code: 0 within the limits, 1 a finding, 2 misuse. The control is the same
// comparison with a turn that costs 40 % more: it must be found in every counter.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { runLoad } from './chat_load.mjs';
import { finish, readCommand } from './command.mjs';
import { root } from '../proofs/service_process.mjs';
import { startProduct } from './servers.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const USAGE = 'usage: node counters.mjs [--build build/check] [--binary F] [--baseline FILE] [--accept]\n'
  + '       [--without-instructions] [--help]';
const WARM_TURNS = 400;
const COUNTED_TURNS = 2_000;
const INSTRUCTION_TURNS = 400; // some fifty times slower
const PAGE_IN_LOG_BYTES = 4096 + 24;
const LIMIT = 1.05;
const LIMIT_WITH_OTHER_CONTENT = 1.3;
const DEARER = 1.4; // the control

const { options, programs } = readCommand(USAGE, { baseline: path.join(here, 'counters.json'), accept: false,
  'without-instructions': false }, { messages: path.join(here, 'counters.tsv') });

/** Numbers of 64 bits from a file that a preloaded counter writes. */
function numbersOf(file) {
  const bytes = readFileSync(file);
  return Array.from({ length: bytes.length / 8 }, (_, i) => Number(bytes.readBigUInt64LE(i * 8)));
}

const say = (server, turns, seed) => runLoad(programs, server,
  { connections: 1, warmup: 0, duration: 600, turns, seed });

async function countWrites() {
  const server = await startProduct({ ...programs, preload: [programs.syncs, programs.allocations] });
  const read = () => [...numbersOf(server.syncsFile), ...numbersOf(server.allocationsFile)];
  await say(server, WARM_TURNS, 1);
  const before = read();
  const run = await say(server, COUNTED_TURNS, 2);
  const [syncs, , , allocations, allocatedBytes] = read().map((value, i) => value - before[i]);
  const logBytes = run.disk.written_bytes_per_turn;
  await server.end(); // what the log holds is written into the database now, too
  const [, , bytes] = numbersOf(server.syncsFile).map((value, i) => value - before[i]);
  const each = (value) => Number((value / run.turns_in_all).toPrecision(5));
  return { server, counters: { allocations: each(allocations), allocated_bytes: each(allocatedBytes),
    syncs: each(syncs), log_pages: Number((logBytes / PAGE_IN_LOG_BYTES).toPrecision(4)),
    written_bytes: each(bytes) } };
}

/** On the data of a service that has run: making the first account takes a minute under callgrind. */
async function countInstructions(server) {
  const profile = path.join(server.folder, 'callgrind');
  await server.startUnder(['valgrind', '--quiet', '--tool=callgrind', `--callgrind-out-file=${profile}`,
    programs.service]);
  await say(server, WARM_TURNS / 2, 3);
  execFileSync('callgrind_control', ['--zero', String(server.pid)], { stdio: 'ignore' });
  const run = await say(server, INSTRUCTION_TURNS, 4);
  execFileSync('callgrind_control', ['--dump', String(server.pid)], { stdio: 'ignore' });
  const [, instructions] = /^totals: (\d+)/m.exec(readFileSync(`${profile}.1`, 'utf8'));
  return Math.round(Number(instructions) / run.turns_in_all);
}

function digestOf(folder) {
  const hash = createHash('sha256');
  const read = (name) => {
    if (statSync(name).isDirectory()) readdirSync(name).sort().forEach((each) => read(path.join(name, each)));
    else hash.update(path.relative(folder, name)).update(readFileSync(name));
  };
  read(folder);
  return hash.digest('hex').slice(0, 16);
}

function compare(counters, content) {
  if (!existsSync(options.baseline)) return [{ counter: 'all', why: 'there is no baseline: --accept writes one' }];
  const baseline = JSON.parse(readFileSync(options.baseline, 'utf8'));
  const limit = content === baseline.content ? LIMIT : LIMIT_WITH_OTHER_CONTENT;
  return Object.entries(counters).filter(([name, value]) => value > baseline.counters[name] * limit)
    .map(([counter, value]) => ({ counter, counted: value, accepted: baseline.counters[counter], limit }));
}

const content = digestOf(path.join(root, 'config/content'));
const { server, counters } = await countWrites();
if (!options['without-instructions']) counters.instructions = await countInstructions(server);
await server.stop();
if (options.accept) writeFileSync(options.baseline, `${JSON.stringify({ content, counters }, null, 1)}\n`);
const findings = compare(counters, content);
const dearer = Object.fromEntries(Object.entries(counters).map(([name, value]) => [name, value * DEARER]));
const caught = compare(dearer, content).length === Object.keys(counters).length;
finish({ bench: 'counters', passed: findings.length === 0 && caught, per: 'turn', content, counters, findings,
  control_caught: caught });
