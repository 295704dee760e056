// What every measurement's command line has in common: --build, --binary, --any-noise, --help, and a way to end.
import path from 'node:path';
import { parseArgs } from 'node:util';

import { messagesFor } from './chat_load.mjs';
import { programsOf } from './servers.mjs';

/** @param usage what --help prints. @param own {name: default}; a default of false makes a flag.
 *  @param messages a file of fixed ones, instead of those made beside the programs.
 *  @returns {options, programs}; ends the process with 2 on misuse. */
export function readCommand(usage, own, { messages } = {}) {
  const declared = Object.fromEntries(Object.entries(own).map(([name, value]) =>
    [name, value === false ? { type: 'boolean', default: false } : { type: 'string', default: value }]));
  try {
    const { values: options } = parseArgs({ options: { ...declared, build: { type: 'string', default: 'build/check' },
      binary: { type: 'string' }, messages: { type: 'string' }, 'any-noise': { type: 'boolean', default: false },
      help: { type: 'boolean' } } });
    if (options.help) {
      console.log(usage);
      process.exit(0);
    }
    const build = path.resolve(options.build);
    const programs = programsOf(build, options.binary);
    programs.messages = options.messages ?? messages ?? messagesFor(programs, build);
    return { options, programs };
  } catch (error) {
    console.error(`${error.message}\n\n${usage}`);
    return process.exit(2);
  }
}

/** Prints the result and ends: 0 when it has passed, 1 otherwise. */
export function finish(result) {
  console.log(JSON.stringify(result, null, 1));
  process.exit(result.passed ? 0 : 1);
}
