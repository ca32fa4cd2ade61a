// Bundles the extension into out/extension.js beside the grammar it shares with other editors; with --tests, the tests
// into out/test, and those for the extension host into out/host; with --watch, again after each change; with --minify, small.

import * as esbuild from 'esbuild';
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const flags = process.argv.slice(2);
const common = { bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'warning' };

rmSync('out', { recursive: true, force: true });
mkdirSync('out');
copyFileSync('../../syntaxes/provable.tmLanguage.json', 'out/provable.tmLanguage.json');

const extension = {
  ...common,
  entryPoints: ['src/extension.ts'],
  outfile: 'out/extension.js',
  external: ['vscode'],
  minify: flags.includes('--minify'),
};
if (flags.includes('--watch')) {
  await (await esbuild.context({ ...extension, sourcemap: true, logLevel: 'info' })).watch();
} else {
  await esbuild.build(extension);
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
