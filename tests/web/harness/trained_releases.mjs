// The first start on a content trains its model for seconds; tests that start the service on the shipped content
// in a new folder take over the release that an earlier one trained. What the service does with it is its own
// business: a release of another content, or of other hyper-parameters, it trains anew.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const content = path.join(root, 'config/content');
const kept = path.join(root, 'build/trained-releases');

function nameOf(program) {
  const names = readdirSync(content, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name)).sort();
  const hash = createHash('sha256');
  for (const file of [...names, program]) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** Before a start: gives a data folder without releases the one that was trained before, if there is one. */
export function bring(program, data) {
  const from = path.join(kept, nameOf(program));
  const to = path.join(data, 'releases');
  if (existsSync(from) && !existsSync(to)) cpSync(from, to, { recursive: true });
}

/** Once the service is ready: keeps what it trained for the next. */
export function keep(program, data) {
  const to = path.join(kept, nameOf(program));
  const from = path.join(data, 'releases');
  if (existsSync(to) || !existsSync(from)) return;
  if (!readdirSync(from).some((name) => name.endsWith('.model'))) return;
  mkdirSync(kept, { recursive: true });
  const aside = mkdtempSync(path.join(kept, 'new-'));
  cpSync(from, aside, { recursive: true });
  try {
    renameSync(aside, to);
  } catch { // another test was first
    rmSync(aside, { recursive: true, force: true });
  }
  for (const name of readdirSync(kept)) {
    if (name !== path.basename(to) && Date.now() - statSync(path.join(kept, name)).mtimeMs > 3_600_000)
      rmSync(path.join(kept, name), { recursive: true, force: true });
  }
}
