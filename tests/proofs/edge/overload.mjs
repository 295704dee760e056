// Proof: a flood on one site's page leaves the other sites' answers quick; who is not served is told when to come back.
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

import { pause } from '../service_process.mjs';
import { Place, metrics } from './figures.mjs';

const usage = `usage: node overload.mjs --binary F [--connections 1600] [--outstanding 30] [--seconds 6] [--long]

Every connection of the flood keeps so many messages outstanding, and asks again as soon as it is answered, whatever it
was told. The control is the same service with everything in service at once: whoever comes waits behind the flood.
--long: a minute each. Prints one JSON object; exit 0 only when the product holds and the control is caught, 1 when
not, 2 for misuse.`;

const P99_MS_MAX = 300;
const WITHOUT_LINES = ['limits.in_service_max=1000000'];

function readOptions() {
  try {
    const { values } = parseArgs({ options: {
      binary: { type: 'string' }, connections: { type: 'string', default: '1600' },
      outstanding: { type: 'string', default: '30' }, seconds: { type: 'string', default: '6' },
      long: { type: 'boolean' }, help: { type: 'boolean' } } });
    if (values.help) { console.log(usage); process.exit(0); }
    if (!values.binary) throw new Error('--binary is needed');
    const long = values.long || Boolean(process.env.SVAR_LONG);
    return { binary: values.binary, connections: Number(values.connections), outstanding: Number(values.outstanding),
      seconds: long ? 60 : Number(values.seconds) };
  } catch (error) {
    console.error(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
}

const counted = (flooder) => new Promise((resolve) => {
  flooder.once('message', resolve);
  flooder.postMessage('count');
});

const PAGE = /^svarsentral_(inputs_\w+|resident_bytes)/;

async function prove(name, { binary, connections, outstanding, seconds }, settings) {
  const place = await Place.open(binary, { site: 'fedje', count: 20, pauseMs: 200, settings });
  const { port, origin } = place.service;
  const flooder = new Worker(new URL('./flooder.mjs', import.meta.url),
    { workerData: { port, origin, site: 'osteroy', connections, outstanding } });
  while ((await counted(flooder)).open < connections) await pause(50);
  place.citizens.forget();
  await pause(seconds * 250);
  const before = place.citizens.summary();
  flooder.postMessage('flood');
  await pause(1000);
  place.citizens.forget();
  for (let second = 0; second < seconds; ++second) {
    await pause(1000);
    const now = await counted(flooder);
    console.error(`  ${name}: ${now.acknowledged} of the flood served, ${now.shed} told to come back`);
  }
  // Before anything ends: those who wait still are what the flood does to them.
  const during = { ...place.citizens.summary(), waiting_ms_max: place.citizens.longestWait() };
  const flood = await counted(flooder);
  const figures = Object.fromEntries(Object.entries(await metrics(origin)).filter(([key]) => PAGE.test(key)));
  await flooder.terminate();
  await place.close();
  return { outstanding: connections * outstanding, flood, before, ...during, figures };
}

/** The longest of those who were answered, but for one in a hundred, and of those who wait still. */
const slowness = (result) => Math.max(result.ack_p99_ms ?? 0, result.waiting_ms_max);
const isOrderly = ({ flood, acknowledged, refused, cut_off: cutOff }) => acknowledged > 0 && refused === 0
  && cutOff === 0 && flood.acknowledged > 0
  && flood.without_retry === 0 && flood.other_errors === 0 && flood.ended === 0;

const options = readOptions();
const product = await prove('product', options, []);
const control = await prove('control', options, WITHOUT_LINES);
// On a machine that is busy with other things both are slow; the lines must still make the difference.
const quick = product.ack_p99_ms <= Math.max(P99_MS_MAX, slowness(control) / 2);
// How slow the control is hangs on the machine alone; that it is slower does not.
const caught = slowness(control) >= 2 * product.ack_p99_ms;
const passed = isOrderly(product) && product.flood.shed > 0 && quick && caught;
console.log(JSON.stringify({ proof: 'overload', passed, limits: { ack_p99_ms: P99_MS_MAX },
  product: { quick, ...product },
  control: { caught, ...control } }, null, 1));
process.exit(passed ? 0 : 1);
