// Durable signed POSTs of a messaging platform a second, against a yardstick that stores two rows a POST and answers.
//
// usage: node webhooks.mjs --perf DIR [--build build/check] [--binary F] [--connections 64] [--pairs 7] [--seconds 8]
//        [--contacts 2000] [--help]
// Needs wrk. Product and yardstick run alternately, fresh each time. Each POST to the product is one new message of one
// of the contacts, signed as Messenger signs; the bot answers them all, and what it answers is sent to a server of this
// process, so that the product does its whole work meanwhile. One JSON object on stdout, progress on stderr. Exit code:
// 0 the goal met, 1 missed or a fault, 2 misuse.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Platform, kAppSecret, kPage } from '../proofs/messaging/platform.mjs';
import { freePort, pause, ServiceProcess } from '../proofs/service_process.mjs';
import { finish, readCommand } from './command.mjs';
import { goal, medians, ratios } from './figures.mjs';

const USAGE = 'usage: node webhooks.mjs --perf DIR [--build build/check] [--binary F] [--connections 64] [--pairs 7]\n'
  + '       [--seconds 8] [--contacts 2000] [--help]';

const kScript = path.join(path.dirname(fileURLToPath(import.meta.url)), 'webhooks.lua');
const kPostsMaxASecond = 25_000;
const kTicksASecond = 100;  // of /proc, on every machine that Debian runs on

const FIGURES = {
  posts_per_second: (run) => run.posts_per_second,
  server_cpu_us_per_post: (run) => run.server_cpu_us_per_post,
  p50_us: (run) => run.p50_us,
  p99_us: (run) => run.p99_us,
};

/** What is asked: the texts of the load's messages, each time of another contact. */
function writeRequests(file, ofProduct) {
  const texts = readFileSync(programs.messages, 'utf8').trim().split('\n').map((line) => line.split('\t')[2]);
  const count = Number(options.seconds) * kPostsMaxASecond;
  const lines = [];
  for (let number = 0; number < count; number += 1) {
    const text = texts[number % texts.length];
    if (!ofProduct) {
      lines.push(`\t${JSON.stringify({ type: 'message', id: String(number), text })}`);
      continue;
    }
    const at = 1_795_518_000_000 + number;
    const contact = String(1_000_000 + (number * 7919) % Number(options.contacts));
    const body = JSON.stringify({ object: 'page', entry: [{ id: kPage, time: at, messaging: [{ sender: { id: contact },
      recipient: { id: kPage }, timestamp: at, message: { mid: `m_${number}`, text } }] }] });
    lines.push(`sha256=${createHmac('sha256', kAppSecret).update(body).digest('hex')}\t${body}`);
  }
  writeFileSync(file, lines.join('\n'));
}

const cpuTicks = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return Number(fields[11]) + Number(fields[12]);
};

async function load(port, where, requests, pid) {
  const before = cpuTicks(pid);
  const wrk = spawn('wrk', ['-t', '1', '-c', options.connections, '-d', `${options.seconds}s`, '-s', kScript,
    `http://127.0.0.1:${port}`, '--', where, requests], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  wrk.stdout.on('data', (bytes) => { output += bytes; });
  const status = await new Promise((resolve) => { wrk.on('exit', resolve); });
  const found = /^JSON(.*)$/m.exec(output);
  if (status !== 0 || !found) throw new Error(`wrk ended with ${status}: ${output}`);
  const run = JSON.parse(found[1]);
  const cpuSeconds = (cpuTicks(pid) - before) / kTicksASecond;
  return { ...run, posts_per_second: Math.round(run.requests / run.seconds),
    server_cpu_us_per_post: Number((cpuSeconds * 1e6 / run.requests).toFixed(1)) };
}

async function measureProduct() {
  const folder = mkdtempSync(path.join(tmpdir(), 'svarsentral-webhooks-'));
  const platform = await Platform.start();
  const service = new ServiceProcess(programs.service, await freePort(), path.join(folder, 'data'));
  service.config = platform.settings(folder);
  try {
    await service.start();
    const run = await load(service.port, '/channels/v1/messenger/osteroy', productRequests, service.process.pid);
    return { ...run, sent_meanwhile: platform.sent.length };
  } finally {
    if (!service.isDead) await service.kill();
    platform.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureIdeal() {
  const folder = mkdtempSync(path.join(tmpdir(), 'svarsentral-webhooks-ideal-'));
  const port = await freePort();
  const ideal = spawn(programs.ideal, [String(await freePort()), 'fullbg', path.join(folder, 'ideal.db'), '2',
    String(port)], { stdio: 'ignore' });
  try {
    await pause(500);
    return await load(port, '/', idealRequests, ideal.pid);
  } finally {
    ideal.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

const { options, programs } = readCommand(USAGE, { perf: '', connections: '64', pairs: '7', seconds: '8',
  contacts: '2000' });
programs.ideal = path.resolve(options.perf, 'ideal_bot');
if (!existsSync(programs.ideal)) {
  console.error(`No yardstick: --perf must name the folder with the built ideal_bot.\n\n${USAGE}`);
  process.exit(2);
}
const requestFolder = mkdtempSync(path.join(tmpdir(), 'svarsentral-requests-'));
process.on('exit', () => rmSync(requestFolder, { recursive: true, force: true }));
const productRequests = path.join(requestFolder, 'product');
const idealRequests = path.join(requestFolder, 'ideal');
writeRequests(productRequests, true);
writeRequests(idealRequests, false);
const pairs = [];
while (pairs.length < Number(options.pairs)) {
  const pair = { product: await measureProduct(), ideal: await measureIdeal() };
  pairs.push(pair);
  console.error(`${pair.product.posts_per_second} POSTs/s, ${pair.product.server_cpu_us_per_post} µs; yardstick `
    + `${pair.ideal.posts_per_second}, ${pair.ideal.server_cpu_us_per_post} µs`);
}
const ratio = ratios(pairs, FIGURES);
const faults = pairs.reduce((sum, { product, ideal }) => sum + product.refused + product.broken + ideal.broken, 0);
const goals = [goal('POSTs a second, ratio', ratio.posts_per_second?.median, { least: 0.5 })];
finish({ bench: 'webhooks', passed: faults === 0 && goals.every(({ met }) => met),
  connections: Number(options.connections), seconds: Number(options.seconds), pairs: pairs.length,
  product: medians(pairs.map(({ product }) => product), { ...FIGURES, sent_meanwhile: (run) => run.sent_meanwhile,
    refused: (run) => run.refused }),
  yardstick: medians(pairs.map(({ ideal }) => ideal), FIGURES), ratio, faults, goals });
