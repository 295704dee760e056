// Builds the widget into one file and refuses to make it heavier than a municipal page should carry.
//
//   node build.mjs        -> <repository>/build/web/widget.js and widget.json {hash, integrity}
//   SVAR_WEB_OUT=<folder> another folder, absolute or relative to the repository's root
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import * as esbuild from 'esbuild';

const kGzipBytesMax = 20_000;

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../../..');
const out = resolve(root, process.env.SVAR_WEB_OUT ?? 'build/web');
const theme = readFileSync(
  createRequire(import.meta.url).resolve('@digdir/designsystemet-theme'), 'utf8');

// The tokens of one colour scheme: the first block of that scheme's layer.
function tokensOf(scheme) {
  const start = theme.indexOf(`@layer ds.theme.color-scheme.${scheme} {`);
  if (start < 0) throw new Error(`the theme has no colour scheme ${scheme}`);
  const block = theme.slice(start, theme.indexOf('}', start));
  return new Map([...block.matchAll(/(--ds-[\w-]+):\s*([^;]+);/g)].map((hit) => [hit[1], hit[2]]));
}

// Only the tokens that the style sheet uses, light first, dark when the reader prefers it.
function tokenSheet(css) {
  const used = [...new Set([...css.matchAll(/var\((--ds-[\w-]+)/g)].map((hit) => hit[1]))];
  const block = (scheme) => {
    const tokens = tokensOf(scheme);
    const lines = used.map((name) => {
      if (!tokens.has(name)) throw new Error(`styles.css uses ${name}, which the theme lacks`);
      return `${name}:${tokens.get(name)};`;
    });
    return `:host{color-scheme:${scheme};${lines.join('')}}`;
  };
  return `${block('light')}@media (prefers-color-scheme:dark){${block('dark')}}`;
}

// styles.css becomes a string in the bundle, tokens under their short names.
const stylesAsText = {
  name: 'styles-as-text',
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const css = readFileSync(path, 'utf8');
      const { code } = await esbuild.transform(tokenSheet(css) + css, { loader: 'css', minify: true });
      return { contents: code.trim().replaceAll('--ds-color-', '--'), loader: 'text' };
    });
  },
};

const result = await esbuild.build({
  entryPoints: [join(here, 'src/main.ts')],
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2020',
  charset: 'utf8',
  legalComments: 'none',
  write: false,
  plugins: [stylesAsText],
  logLevel: 'warning',
});
const code = result.outputFiles[0].contents;
const digest = (algorithm) => createHash(algorithm).update(code).digest();
const gzipBytes = gzipSync(code, { level: 9 }).length;
console.log(`widget.js ${code.length} bytes, ${gzipBytes} gzip (at most ${kGzipBytesMax})`);
if (gzipBytes > kGzipBytesMax) {
  console.error('widget.js is too heavy');
  process.exit(1);
}

// Renamed into place, so that a running service never reads half a file.
mkdirSync(out, { recursive: true });
function put(name, contents) {
  writeFileSync(join(out, `${name}.new`), contents);
  renameSync(join(out, `${name}.new`), join(out, name));
}
put('widget.js', code);
put('widget.json', `${JSON.stringify({
  hash: digest('sha256').toString('hex').slice(0, 16),
  integrity: `sha384-${digest('sha384').toString('base64')}`,
})}\n`);
