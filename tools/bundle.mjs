// Builds bundle/plotly.<hash>.min.js and regenerator.<hash>.min.js. Plotly is built with the plugins
// of its own bundles (they embed the CSS of MapLibre). Old files go only after the new ones are complete.
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
const out = join(process.env.SERVAL_BUILD || join(tools, '..', 'build'), 'bundle');


// Parts of Plotly's core that no figure of ours uses; with what follows 60 kB less on the wire.
const parts = 'sliders|updatemenus|rangeslider|rangeselector|annotations3d|images|grid|errorbars';
const unused = new RegExp(`plotly\\.js/src/components/(${parts})/index\\.js$`);
const leaveOut = {
  name: 'leave-out',
  setup(build) {
    build.onLoad({ filter: unused }, ({ path }) => ({
      contents: `module.exports = { moduleType: 'component', name: 'without-${path.match(unused)[1]}' }`,
    }));
    // Shapes of countries are fetched only for traces with `locations`.
    build.onLoad({ filter: /lib\/geo_location_utils\.js$/ }, () => ({
      contents: 'module.exports = { fetchTraceGeoData: () => [] }',
    }));
    // Areas are added up only where several are selected with the lasso, for which there is no button.
    build.onLoad({ filter: /node_modules\/polybooljs\// }, () => ({ contents: 'module.exports = {}' }));
  },
};

const shared = { bundle: true, minify: true, write: false, target: 'es2020', logLevel: 'error' };

const plotly = await esbuild.build({
  ...shared,
  entryPoints: [join(tools, 'plotly-entry.cjs')],
  format: 'iife',
  globalName: 'Plotly',
  legalComments: 'inline',
  plugins: [leaveOut, inlineCSS(), glsl({ minify: true }), environmentPlugin({ NODE_DEBUG: false })],
  alias: { regl: '@plotly/regl', stream: 'stream-browserify' },
  define: { global: 'window', 'define.amd': 'false' },
  footer: { js: 'window.Plotly=Plotly;' },
});

// All that Dash's components still need of the polyfill for old browsers that Dash sends first.
const regenerator = await esbuild.build({
  ...shared,
  stdin: { contents: "globalThis.regeneratorRuntime = require('regenerator-runtime');", resolveDir: tools },
  format: 'iife',
});

mkdirSync(out, { recursive: true });
const made = [];
for (const [stem, result] of Object.entries({ plotly, regenerator })) {
  const code = result.outputFiles[0].contents;
  const name = `${stem}.${createHash('sha256').update(code).digest('hex').slice(0, 12)}.min.js`;
  writeFileSync(join(out, `${name}.part`), code);
  renameSync(join(out, `${name}.part`), join(out, name));
  made.push(name);
  console.log(`${name}: ${(code.length / 1e3).toFixed(0)} kB`);
}
for (const old of readdirSync(out)) if (!made.includes(old)) rmSync(join(out, old));
