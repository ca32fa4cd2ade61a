// Makes provable-PLATFORM-VERSION.vsix with the server inside.
//
//   npm run package                                          builds the server for this machine
//   npm run package -- --binary FILE [--target linux-arm64]  takes one that was built elsewhere

import { createVSIX } from '@vscode/vsce';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { resolve } from 'node:path';

const given = process.cwd();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const here = `${process.platform}-${process.arch}`;
const { values } = parseArgs({ options: { binary: { type: 'string' }, target: { type: 'string', default: here } } });
const target = values.target;

let binary = values.binary && resolve(given, values.binary);
if (binary === undefined) {
  if (target !== here) {
    throw new Error(`this machine is ${here}: for ${target}, build the server there and name it with --binary`);
  }
  const build = ['build', '--release', '--locked', '--package', 'provable-server', '--message-format', 'json-render-diagnostics'];
  const messages = execFileSync('cargo', build, { cwd: '../..', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 });
  const artifacts = messages.toString().trim().split('\n').map((line) => JSON.parse(line));
  binary = artifacts.find((one) => one.executable && one.target.name === 'provable')?.executable;
}

const name = target.startsWith('win32') ? 'server/provable.exe' : 'server/provable';
rmSync('server', { recursive: true, force: true });
mkdirSync('server');
copyFileSync(binary, name);
chmodSync(name, 0o755);

const licences = ['MIT', 'APACHE'].map((name) => readFileSync(`../../LICENSE-${name}`, 'utf8'));
writeFileSync('LICENSE.txt', `MIT or Apache 2.0, as you like.\n\n${licences.join('\n\n')}`);

execFileSync(process.execPath, ['scripts/build.mjs', '--minify'], { stdio: 'inherit' });
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const packagePath = `provable-${target}-${version}.vsix`;
await createVSIX({ target, packagePath, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
console.log(packagePath);
