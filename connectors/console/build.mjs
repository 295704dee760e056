// Builds the console into <web out>/console: index.html, app.<hash>.js, app.<hash>.css, served at /desk/.
// Nothing is inlined in the page, so that it runs under script-src 'self'; style-src 'self'.
import { build } from 'esbuild';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const kScriptGzipMax = 250 * 1000;
const here = dirname(fileURLToPath(import.meta.url));
const webOut = resolve(process.env.SVAR_WEB_OUT ?? join(here, '../../build/web'));
const outdir = join(webOut, 'console');

// The design system's package does not declare that its modules are free of side effects; without
// that, one button would pull in every component and, through the combobox, a thousand icons.
const shakeDesignSystem = {
  name: 'shake-design-system',
  setup(bundler) {
    const own = /designsystemet-react|aksel-icons|u-elements|tanstack/;
    bundler.onResolve({ filter: /.*/ }, async (args) => {
      if (args.pluginData === 'seen' || !(own.test(args.path) || own.test(args.importer))) return;
      const { path, resolveDir, importer, kind } = args;
      const found = await bundler.resolve(path, { resolveDir, importer, kind, pluginData: 'seen' });
      return found.errors.length ? found : { path: found.path, sideEffects: false };
    });
  },
};

const result = await build({
  absWorkingDir: here,
  entryPoints: { app: 'src/main.tsx' },
  outdir,
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: 'esm',
  target: ['chrome109', 'firefox115', 'safari16'],
  entryNames: '[name].[hash]',
  jsx: 'automatic',
  charset: 'utf8',
  legalComments: 'none',
  loader: { '.svg': 'dataurl' },
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [shakeDesignSystem],
});

const script = result.outputFiles.find((file) => file.path.endsWith('.js'));
const style = result.outputFiles.find((file) => file.path.endsWith('.css'));
const addressOf = (file) => `/desk/${file.path.slice(outdir.length + 1)}`;
const page = (await readFile(join(here, 'index.html'), 'utf8'))
  .replace('{{script}}', addressOf(script))
  .replace('{{style}}', addressOf(style));

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });
for (const file of result.outputFiles) await writeFile(file.path, file.contents);
await writeFile(join(outdir, 'index.html'), page);

const sizes = [script, style].map((file) => [addressOf(file), gzipSync(file.contents).length]);
for (const [name, size] of sizes) console.log(`console ${name}  ${(size / 1000).toFixed(1)} kB gzip`);
if (process.env.SVAR_WEB_SIZES) {
  const inputs = Object.values(result.metafile.outputs).find((o) => o.entryPoint).inputs;
  const rows = Object.entries(inputs).map(([name, i]) => [i.bytesInOutput, name]);
  for (const [bytes, name] of rows.sort((a, b) => b[0] - a[0]).slice(0, 25)) console.log(bytes, name);
}
if (sizes[0][1] > kScriptGzipMax) {
  console.error(`console: the script is over ${kScriptGzipMax / 1000} kB gzip`);
  process.exit(1);
}
