// Ten thousand citizens: what they cost while they are quiet, and how fast all are back when they were cut off or
// the service was killed and started again.
//
// usage: node crowd.mjs [--build build/check] [--binary F] [--connections 10000] [--seconds 50] [--runs 3]
//        [--only idle,return,restart] [--any-noise] [--help]
// Idle: everybody has a conversation with one turn and pings every 25 s. Return: each has just written when all
// are cut off; they come back with the widget's jitter, and all is well when each is welcomed and has got what it
// missed and its answer, once. One JSON object on stdout. Exit code: 0 every goal met, 1 a goal missed, a fault,
// or void, 2 misuse.
import { runLoad } from './chat_load.mjs';
import { finish, readCommand } from './command.mjs';
import { goal, median } from './figures.mjs';
import { startProduct } from './servers.mjs';

const USAGE = 'usage: node crowd.mjs [--build build/check] [--binary F] [--connections 10000] [--seconds 50]\n'
  + '       [--runs 3] [--only idle,return,restart] [--any-noise] [--help]';
const { options, programs } = readCommand(USAGE, { connections: '10000', seconds: '50', runs: '3',
  only: 'idle,return,restart' });

async function measure(mode) {
  const server = await startProduct(programs);
  const load = { mode, connections: options.connections, duration: options.seconds };
  try {
    return await runLoad(programs, server, load, mode === 'restart' ? () => server.restart(programs) : null);
  } finally {
    await server.stop();
  }
}

async function repeated(mode) {
  const runs = [];
  let voids = 0;
  while (runs.length < Number(options.runs) && voids <= Number(options.runs)) {
    const run = await measure(mode);
    const isVoid = run.void && !options['any-noise'];
    console.error(`${mode}: ${JSON.stringify(run)}`);
    if (isVoid) voids += 1;
    else runs.push(run);
  }
  return { runs, voids };
}

const middle = (runs, name) => median(runs.map((run) => run[name]));

function idleResult({ runs, voids }) {
  const bytes = middle(runs, 'resident_bytes_per_connection');
  const cores = middle(runs, 'server_cores');
  return { runs: runs.length, void_runs: voids, void: runs.length === 0, resident_bytes_per_connection: bytes,
    server_cores: cores, resident_bytes: middle(runs, 'resident_bytes'), faults: 0,
    goals: [goal('resident bytes a connection', bytes, { most: 8192 }), goal('cores, pings', cores, { most: 0.01 })] };
}

function returnResult({ runs, voids }) {
  const complete = middle(runs, 'all_complete_seconds');
  const sum = (name) => runs.reduce((total, run) => total + run[name], 0);
  return { runs: runs.length, void_runs: voids, void: runs.length === 0, all_complete_seconds: complete,
    all_welcome_seconds: middle(runs, 'all_welcome_seconds'),
    complete_p50_ms: median(runs.map((run) => run.complete_us.p50)) / 1000, attempts: middle(runs, 'attempts'),
    lost: sum('lost'), doubled: sum('doubled'), reordered: sum('reordered'), faults: sum('faults'),
    goals: [goal('seconds until all are back', complete, { most: 15 }), goal('lost', sum('lost'), { most: 0 })] };
}

const results = {};
for (const mode of options.only.split(',')) {
  const measured = await repeated(mode);
  results[mode] = mode === 'idle' ? idleResult(measured) : returnResult(measured);
}
const passed = Object.values(results).every((each) => !each.void && each.faults === 0
  && each.goals.every(({ met }) => met));
finish({ bench: 'crowd', passed, connections: Number(options.connections), noise_counts: options['any-noise'],
  results });
