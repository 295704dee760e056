// Does signing in disturb the citizens? Times web chat turns quietly and while fifty people sign in, alternating.
//
// usage: node sign_in_load.mjs [--build build/check] [--binary F] [--pairs 7] [--seconds 1.5] [--citizens 16]
//        [--people 50] [--rate 0] [--any-noise] [--help]
// Closed loop (--rate 0) asks for all the machine has, so that whatever log-ins take is missed; an open loop of some
// messages a second is what citizens feel. Citizens, people and service are three processes. The window begins with the
// log-ins; sign_in_ms says how much of it they filled (the first 0.2 s of it are not counted). One JSON object: medians
// over the pairs, and the median ratios: times are for reading, the ratios are what is compared.
// Exit code: 0 measured, 1 void or a fault, 2 misuse.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { runLoad } from './chat_load.mjs';
import { finish, readCommand } from './command.mjs';
import { median, medians, rounded } from './figures.mjs';
import { startProduct } from './servers.mjs';

const USAGE = 'usage: node sign_in_load.mjs [--build build/check] [--binary F] [--pairs 7] [--seconds 1.5]\n'
  + '       [--citizens 16] [--people 50] [--rate 0] [--any-noise] [--help]';
const { options, programs } = readCommand(USAGE,
  { pairs: '7', seconds: '1.5', citizens: '16', people: '50', rate: '0' });
const FIGURES = { reply_p50_us: (run) => run.reply_us.p50, reply_p99_us: (run) => run.reply_us.p99,
  turns_per_second: (run) => run.turns_per_second };

const server = await startProduct(programs);
const people = fork(path.join(path.dirname(fileURLToPath(import.meta.url)), 'sign_ins.mjs'));
const load = () => runLoad(programs, server,
  { connections: options.citizens, duration: options.seconds, warmup: 0.2, rate: options.rate });

async function pairOf(round) {
  const quiet = await load();
  const began = performance.now();
  const answered = once(people, 'message').then(([{ answers }]) => ({ answers, took: performance.now() - began }));
  people.send({ origin: server.service.origin, count: Number(options.people), round });
  const signingIn = await load();
  const { answers, took } = await answered;
  // While people sign in, hashing is the service's own work; what is foreign shows in the quiet half.
  const isVoid = quiet.void && !options['any-noise'];
  console.error(`p99 ${quiet.reply_us.p99} µs, while signing in ${signingIn.reply_us.p99} µs; `
    + `${JSON.stringify(answers)} in ${Math.round(took)} ms` + (quiet.void ? `: ${quiet.void_because}` : ''));
  return { quiet, signingIn, answers, took, isVoid };
}

await load(); // warm
const pairs = [];
const answers = {};
let voids = 0;
for (let round = 0; pairs.length < Number(options.pairs) && voids <= Number(options.pairs); ++round) {
  const pair = await pairOf(round);
  if (pair.isVoid) voids += 1;
  else pairs.push(pair);
  for (const [status, count] of Object.entries(pair.answers)) answers[status] = (answers[status] ?? 0) + count;
}
people.disconnect();
await server.stop();
const ratio = (figure) => rounded(median(pairs.map(({ quiet, signingIn }) => figure(signingIn) / figure(quiet))));
const isVoid = pairs.length < Number(options.pairs);
const faults = pairs.reduce((sum, { quiet, signingIn }) => sum + quiet.faults + signingIn.faults, 0);
finish({ bench: 'sign_in_load', passed: !isVoid && faults === 0, pairs: pairs.length, void_pairs: voids, void: isVoid,
  noise_counts: options['any-noise'], citizens: Number(options.citizens), people: Number(options.people),
  rate: Number(options.rate), faults,
  quiet: medians(pairs.map((pair) => pair.quiet), FIGURES),
  signing_in: medians(pairs.map((pair) => pair.signingIn), FIGURES),
  p50_ratio: ratio(FIGURES.reply_p50_us), p99_ratio: ratio(FIGURES.reply_p99_us),
  turns_ratio: ratio(FIGURES.turns_per_second),
  sign_in_ms: Math.round(median(pairs.map(({ took }) => took))), sign_in_answers: answers });
