// Turns a second, against a yardstick that does the least an honest durable chat server can do.
//
// usage: node turns.mjs [--build build/check] [--binary F] [--perf DIR] [--connections 64,1000] [--pairs 7]
//        [--seconds 8] [--warmup 2] [--agent-held] [--messages FILE] [--any-noise] [--help]
// --build is the folder with the programs; --binary is another service than the one in it. Product and yardstick
// run alternately, fresh each time, under the same citizens: different messages, a new conversation every eight
// turns. --perf is the folder that holds the built `ideal_bot`; without it the product is measured alone.
// --agent-held measures conversations that an agent has taken through the desk, with one desk socket read; a turn
// is over with its ack, and the yardstick's conversations go on for ever, too. A pair during which other programs
// take 0.3 cores or more is void and taken again, as often as there are pairs; --any-noise counts it all the same.
// One JSON object on stdout, progress on stderr. Exit code: 0 every goal met, 1 a goal missed, a fault, or void, 2
// misuse.
import { existsSync } from 'node:fs';
import path from 'node:path';

import { runLoad } from './chat_load.mjs';
import { finish, readCommand } from './command.mjs';
import { takeAll } from './desk.mjs';
import { goal, medians, ratios } from './figures.mjs';
import { startIdeal, startProduct } from './servers.mjs';

const USAGE = 'usage: node turns.mjs [--build build/check] [--binary F] [--perf DIR] [--connections 64,1000]\n'
  + '       [--pairs 7] [--seconds 8] [--warmup 2] [--agent-held] [--messages FILE] [--any-noise] [--help]';

const HELD_FIGURES = {
  desk_frames_per_turn: (run) => run.desk_frames / run.turns,
  desk_ends: (run) => run.desk_ends,
};

const FIGURES = {
  turns_per_second: (run) => run.turns_per_second,
  server_cpu_us_per_turn: (run) => run.server.cpu_us_per_turn,
  reply_p50_us: (run) => run.reply_us.p50,
  reply_p99_us: (run) => run.reply_us.p99,
  ack_p99_us: (run) => run.ack_us.p99,
  turns_per_sync: (run) => run.disk.turns_per_sync,
  written_bytes_per_turn: (run) => run.disk.written_bytes_per_turn,
};

async function measure(start, connections) {
  const server = await start(programs);
  try {
    const load = { connections, duration: options.seconds, warmup: options.warmup };
    if (!options['agent-held']) return await runLoad(programs, server, load);
    load['turns-per-conversation'] = 0;
    if (server.dialect === 'ideal') return await runLoad(programs, server, load);
    return await runLoad(programs, server, { ...load, 'agent-held': true },
      (conversations) => takeAll(server.service, conversations));
  } finally {
    await server.stop();
  }
}

async function pairOf(connections) {
  const product = await measure(startProduct, connections);
  const ideal = programs.ideal ? await measure(startIdeal, connections) : null;
  const isVoid = !options['any-noise'] && (product.void || Boolean(ideal?.void));
  console.error(`${connections} connections: ${product.turns_per_second} turns/s, ${product.server.cpu_us_per_turn} µs`
    + (ideal ? `; yardstick ${ideal.turns_per_second}, ${ideal.server.cpu_us_per_turn} µs` : '')
    + `; others took ${product.foreign_cores}${ideal ? ` and ${ideal.foreign_cores}` : ''} cores`
    + (isVoid ? ': void' : ''));
  return { product, ideal, isVoid };
}

function goalsOf(connections, ratio, product) {
  const of = (name) => ratio[name]?.median;
  if (options['agent-held']) {
    return [goal('turns a second, ratio', of('turns_per_second'), { least: 0.7 }),
      goal('times the desk was cut off', product.desk_ends, { most: 0 })];
  }
  if (connections === 1000) return [goal('turns a second, ratio', of('turns_per_second'), { least: 0.5 })];
  if (connections !== 64) return [];
  return [goal('turns a second, ratio', of('turns_per_second'), { least: 0.5 }),
    goal('server CPU a turn, ratio', of('server_cpu_us_per_turn'), { most: 2 }),
    goal('p99, ratio', of('reply_p99_us'), { most: 2 }),
    goal('turns a sync, ratio', of('turns_per_sync'), { least: 0.4 })];
}

async function measureAt(connections) {
  const pairs = [];
  let voids = 0;
  while (pairs.length < pairsWanted && voids <= pairsWanted) {
    const pair = await pairOf(connections);
    if (pair.isVoid) voids += 1;
    else pairs.push(pair);
  }
  const ratio = programs.ideal ? ratios(pairs, FIGURES) : null;
  const products = pairs.map((pair) => pair.product);
  const product = medians(products, options['agent-held'] ? { ...FIGURES, ...HELD_FIGURES } : FIGURES);
  const sum = (count) => products.reduce((total, run) => total + count(run), 0);
  return { connections, pairs: pairs.length, void_pairs: voids, void: pairs.length < pairsWanted,
    product,
    yardstick: programs.ideal ? medians(pairs.map((pair) => pair.ideal), FIGURES) : null, ratio,
    faults: sum((run) => run.faults), handed_off: sum((run) => run.handed_off), turns: sum((run) => run.turns),
    labels: products[0]?.labels, first_fault: products.find((run) => run.first_fault)?.first_fault ?? '',
    goals: ratio ? goalsOf(connections, ratio, product) : [] };
}

const { options, programs } = readCommand(USAGE, { perf: undefined, connections: '64,1000', pairs: '7', seconds: '8',
  warmup: '2', 'agent-held': false });
const pairsWanted = Number(options.pairs);
if (options.perf) programs.ideal = path.resolve(options.perf, 'ideal_bot');
if (!programs.ideal || !existsSync(programs.ideal)) {
  console.error('No yardstick: --perf must name the folder with the built ideal_bot. The product is measured alone.');
  programs.ideal = null;
}
const results = [];
for (const connections of options.connections.split(',').map(Number)) results.push(await measureAt(connections));
const passed = results.every((each) => !each.void && each.faults === 0 && each.goals.every(({ met }) => met));
finish({ bench: options['agent-held'] ? 'turns_agent_held' : 'turns', passed, compared: Boolean(programs.ideal),
  seconds: Number(options.seconds), noise_counts: options['any-noise'], results });
