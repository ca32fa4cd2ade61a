// build.mjs [--tests] [--watch]
//
// Makes `dist`, a folder of static files that can be served from anywhere: the page with its styles, the service worker, and in
// `engine-HASH` the workers and the wasm files of `wasm`. With --tests it bundles the unit tests into `out/test` instead.

import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { examplesModule } from './examples.mjs';
import { reference } from './reference.mjs';

const web = fileURLToPath(new URL('..', import.meta.url));
const root = dirname(web.replace(/\/$/, ''));
const dist = join(web, 'dist');

const common = {
  absWorkingDir: web,
  bundle: true,
  target: 'es2023',
  logLevel: 'warning',
  legalComments: 'none',
  plugins: [examplesModule(join(root, 'examples'))],
};

/** The first digits of what the contents hash to. */
function hash(...contents) {
  const sum = createHash('sha256');
  for (const content of contents) {
    sum.update(content);
  }
  return sum.digest('hex').slice(0, 10);
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Workers and wasm files, in a folder that is named by their contents: they call each other by their plain names. */
async function engine(host) {
  const folder = join(dist, 'engine');
  mkdirSync(folder, { recursive: true });
  const sources = dirname(host);
  const workers = readdirSync(sources).filter((name) => name.endsWith('.worker.ts'));
  await build({
    ...common,
    entryPoints: workers.map((name) => join(sources, name)),
    outdir: folder,
    minify: true,
    format: 'iife',
  });
  const wasm = join(web, 'wasm');
  if (existsSync(wasm)) {
    cpSync(wasm, folder, { recursive: true });
  }
  const named = `engine-${hash(...filesUnder(folder).map((file) => readFileSync(file)))}`;
  cpSync(folder, join(dist, named), { recursive: true });
  rmSync(folder, { recursive: true });
  return `${named}/`;
}

/** The text of a file with its placeholders filled in. A placeholder that is not there is a mistake. */
function filled(text, values) {
  return Object.entries(values).reduce((all, [name, value]) => {
    if (!all.includes(name)) {
      throw new Error(`build.mjs: there is no ${name} to fill in`);
    }
    return all.replaceAll(name, value);
  }, text);
}

function write(name, text) {
  writeFileSync(join(dist, name), text);
  return name;
}

async function page() {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  // Another host can stand in for the one in `host`, to develop the page against a native server.
  const host = process.env.PROVABLE_HOST ?? join(web, 'host/host.ts');
  const assets = await engine(host);
  const nonce = hash(assets, readFileSync(join(web, 'static/page.css')));
  const result = await build({
    ...common,
    entryPoints: ['src/main.ts', 'static/page.css'],
    outdir: dist,
    entryNames: '[name]-[hash]',
    minify: true,
    format: 'esm',
    metafile: true,
    alias: { '@host': host },
    define: { ENGINE: JSON.stringify(assets), STYLE_NONCE: JSON.stringify(nonce) },
  });
  const outputs = Object.entries(result.metafile.outputs).filter(([, output]) => output.entryPoint !== undefined);
  const built = (entry) => basename(outputs.find(([, output]) => output.entryPoint === entry)[0]);
  const links = { '%SCRIPT%': built('src/main.ts'), '%STYLE%': built('static/page.css'), '%NONCE%': nonce };
  write('index.html', filled(readFileSync(join(web, 'static/index.html'), 'utf8'), links));
  write('reference.html', reference(readFileSync(join(root, 'docs/language.md'), 'utf8'), links['%STYLE%']));
  for (const name of ['icon.svg', 'manifest.webmanifest']) {
    cpSync(join(web, 'static', name), join(dist, name));
  }
  await serviceWorker();
}

/** The service worker, which has the list of all other files, and a version that is the hash of their contents. */
async function serviceWorker() {
  const files = filesUnder(dist);
  const names = files.map((file) => relative(dist, file));
  const version = hash(...files.map((file) => readFileSync(file)));
  await build({
    ...common,
    entryPoints: [{ in: 'src/offline/service.worker.ts', out: 'service-worker' }],
    outdir: dist,
    minify: true,
    format: 'iife',
    define: { VERSION: JSON.stringify(version), FILES: JSON.stringify(names) },
  });
}

async function tests() {
  const folder = join(web, 'test/unit');
  await build({
    ...common,
    entryPoints: readdirSync(folder)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => join(folder, name)),
    outdir: join(web, 'out/test'),
    platform: 'node',
    format: 'esm',
  });
}

await (process.argv.includes('--tests') ? tests() : page());
