// Runs the load generator against one server and gives what it reports.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

import { writeMessages } from './messages.mjs';

const flags = (options) => Object.entries(options).flatMap(([name, value]) =>
  (value === true ? [`--${name}`] : [`--${name}`, String(value)]));

/** @param options the generator's own, without dashes. @param whenWaiting is given the
 *  conversations that wait for a person, and gives the line that says that they have one; or is called when the
 *  crowd is inside. */
export function runLoad(programs, server, options, whenWaiting) {
  return new Promise((resolve, reject) => {
    const child = spawn(programs.load, flags({ dialect: server.dialect, port: server.port, pid: server.pid,
      syncs: server.syncsFile, messages: programs.messages, ...options }), { stdio: ['pipe', 'pipe', 'pipe'] });
    let printed = '';
    let faults = '';
    child.stdin.on('error', () => {}); // it may have ended; its exit code tells
    child.stdout.on('data', (data) => { printed += data; });
    child.stderr.on('data', (data) => {
      faults += data;
      const waiting = /^(?:waiting|inside)(.*)\n/m.exec(faults);
      if (!waiting || !whenWaiting) return;
      faults = '';
      whenWaiting(waiting[1].trim().split(' ')).then((line) => child.stdin.write(`${line}\n`), reject);
    });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 || (code === 1 && printed) ? resolve(JSON.parse(printed))
      : reject(new Error(`chat_load ended with ${code}: ${faults}`))));
  });
}

/** The messages beside the programs, made again when the product is newer. */
export function messagesFor(programs, build) {
  const file = path.join(build, 'tests/bench/messages.tsv');
  if (!existsSync(file) || statSync(file).mtimeMs < statSync(programs.service).mtimeMs) {
    console.error(`making the messages: ${file}`);
    writeMessages(file, { binary: programs.service });
  }
  return file;
}
