// Where things are, seen from the repository's root.
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

export const binary = resolve(
  root, process.env.SVAR_BINARY ?? join(root, 'build/release/svarsentral'));

export function screenshotPath(name) {
  const folder = join(root, 'build/screenshots');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}
