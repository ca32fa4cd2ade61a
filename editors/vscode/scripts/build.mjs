// Bundles the extension into out/extension.js, and for a browser into out/web.js, beside the grammar it shares with other editors,
// and the scripts of the server's workers into dist; with --tests, the tests into out/test, and those for the extension host into
// out/host; with --watch, again after each change; with --minify, small.

import * as esbuild from 'esbuild';
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const flags = process.argv.slice(2);
const common = { bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'warning' };

rmSync('out', { recursive: true, force: true });
rmSync('dist', { recursive: true, force: true });
mkdirSync('out');
copyFileSync('../../syntaxes/provable.tmLanguage.json', 'out/provable.tmLanguage.json');

const extension = { ...common, external: ['vscode'], minify: flags.includes('--minify') };
const entries = [
  { ...extension, entryPoints: ['src/desktop/main.ts'], outfile: 'out/extension.js' },
  // What a browser lacks fails here, not there.
  { ...extension, entryPoints: ['src/web/main.ts'], outfile: 'out/web.js', platform: 'browser', target: 'es2022' },
];
const host = '../../web/host';
const workers = readdirSync(host).filter((name) => name.endsWith('.worker.ts'));
if (workers.length > 0) {
  // No modules: the extension host of a browser starts workers from classic scripts alone.
  const worker = { ...extension, platform: 'browser', format: 'iife', target: 'es2022' };
  entries.push({ ...worker, entryPoints: workers.map((name) => `${host}/${name}`), outdir: 'dist', entryNames: '[name]' });
}
for (const entry of entries) {
  if (flags.includes('--watch')) {
    await (await esbuild.context({ ...entry, sourcemap: true, logLevel: 'info' })).watch();
  } else {
    await esbuild.build(entry);
  }
}
if (flags.includes('--tests')) {
  const unit = readdirSync('test/unit').filter((name) => name.endsWith('.test.ts'));
  await esbuild.build({
    ...common,
    entryPoints: unit.map((name) => `test/unit/${name}`),
    outdir: 'out/test',
    // It finds its WebAssembly beside itself.
    external: ['vscode-oniguruma', 'vscode-textmate'],
  });
  await esbuild.build({ ...common, entryPoints: ['test/host/index.ts'], outfile: 'out/host/index.js', external: ['vscode', 'mocha'] });
}
