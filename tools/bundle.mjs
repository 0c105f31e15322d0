// Builds build/bundle/plotly.<hash>.min.js with the plugins that plotly.js uses for its own bundles
// (they embed the CSS of MapLibre). Old bundles are removed only after the new one is complete.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';

const require = createRequire(import.meta.url);
const { environmentPlugin } = require('esbuild-plugin-environment');
const { glsl } = require('esbuild-plugin-glsl');
const inlineCSS = require('esbuild-plugin-inline-css');

const tools = dirname(fileURLToPath(import.meta.url));
const out = join(tools, '..', 'build', 'bundle');

const result = await esbuild.build({
  entryPoints: [join(tools, 'plotly-entry.cjs')],
  format: 'iife',
  globalName: 'Plotly',
  bundle: true,
  minify: true,
  write: false,
  legalComments: 'inline',
  plugins: [inlineCSS(), glsl({ minify: true }), environmentPlugin({ NODE_DEBUG: false })],
  alias: { regl: '@plotly/regl', stream: 'stream-browserify' },
  define: { global: 'window', 'define.amd': 'false' },
  target: 'es2020',
  logLevel: 'error',
  footer: { js: 'window.Plotly=Plotly;' },
});

const code = result.outputFiles[0].contents;
const name = `plotly.${createHash('sha256').update(code).digest('hex').slice(0, 12)}.min.js`;
mkdirSync(out, { recursive: true });
writeFileSync(join(out, `${name}.part`), code);
renameSync(join(out, `${name}.part`), join(out, name));
for (const old of readdirSync(out)) if (old !== name) rmSync(join(out, old));
console.log(`build/bundle/${name}: ${(code.length / 1e6).toFixed(2)} MB`);
