// node build.mjs MODULE: the package's code in `dist`, twice: modules for Node.js and browsers, and CommonJS. MODULE is the file that
// `cargo xtask wasm` built.

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const given = process.argv[2];
if (given === undefined) {
  console.error('build.mjs: give the module: cargo xtask npm does');
  process.exit(2);
}
const module = resolve(given);
process.chdir(dirname(fileURLToPath(import.meta.url)));
rmSync('dist', { recursive: true, force: true });
for (const config of ['tsconfig.json', 'tsconfig.commonjs.json']) {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--project', config], { stdio: 'inherit' });
}
mkdirSync('dist', { recursive: true });
writeFileSync(join('dist', 'cjs', 'package.json'), '{ "type": "commonjs" }\n');
copyFileSync(module, join('dist', 'verifier.wasm'));
