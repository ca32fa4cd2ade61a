// Makes provable-PLATFORM-VERSION.vsix with the server inside. A warning of the packager is an error.
//
//   npm run package                                          builds the server for this machine
//   npm run package -- --binary FILE [--target linux-arm64]  takes one that was built elsewhere
//   npm run package -- --without-server [--wasm FOLDER]      provable-VERSION.vsix, which starts the server on the PATH, and in a
//                                                            browser the one in the WebAssembly files of FOLDER
//   npm run package -- --target web --wasm FOLDER            provable-web-VERSION.vsix: the same, for browsers alone

import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';

const given = process.cwd();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
// The packager's times in the package: of the same files the same package, whoever makes it, whenever.
process.env.SOURCE_DATE_EPOCH ??= '315532800';
const here = `${process.platform}-${process.arch}`;
const { values } = parseArgs({
  options: {
    binary: { type: 'string' },
    target: { type: 'string', default: here },
    'without-server': { type: 'boolean', default: false },
    wasm: { type: 'string' },
  },
});
const { target } = values;
const withoutServer = values['without-server'] || target === 'web';
if (target === 'web' && values.wasm === undefined) {
  throw new Error('a package for browsers needs the server for them: name the folder of its WebAssembly files with --wasm');
}

rmSync('server', { recursive: true, force: true });
if (!withoutServer) {
  const name = target.startsWith('win32') ? 'server/provable.exe' : 'server/provable';
  mkdirSync('server');
  copyFileSync(values.binary ? existing(resolve(given, values.binary)) : built(), name);
  chmodSync(name, 0o755);
}
writeFileSync('LICENSE.txt', licence());
execFileSync(process.execPath, ['scripts/build.mjs', '--minify'], { stdio: 'inherit' });
if (values.wasm !== undefined) {
  const folder = resolve(given, values.wasm);
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.wasm')) : [];
  if (files.length === 0) {
    throw new Error(`there are no WebAssembly files in ${folder}: build the server for browsers first`);
  }
  files.forEach((name) => copyFileSync(join(folder, name), join('dist', name)));
}
writeFileSync('out/README.md', withImages(readFileSync('README.md', 'utf8')));

// The package keeps the files' modes, and those follow the umask of whoever checked them out.
for (const file of await listFiles({ packageManager: PackageManager.None })) {
  chmodSync(file, file.startsWith('server/') ? 0o755 : 0o644);
}

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const forOne = values['without-server'] ? {} : { target };
const packagePath = `provable-${values['without-server'] ? '' : `${target}-`}${version}.vsix`;
// The packager tells its warnings to the console alone, and on GitHub in another way.
delete process.env.GITHUB_ACTIONS;
const warnings = [];
const { warn } = console;
console.warn = (...words) => {
  warn(...words);
  warnings.push(words.join(' '));
};
await createVSIX({
  ...forOne,
  packagePath,
  readmePath: 'out/README.md',
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
if (warnings.length > 0) {
  rmSync(packagePath, { force: true });
  throw new Error(`${packagePath} is not made: the packager warns`);
}
console.log(packagePath);

/** The server for this machine, optimised. */
function built() {
  if (target !== here) {
    throw new Error(`this machine is ${here}: for ${target}, build the server there and name it with --binary`);
  }
  const build = ['build', '--release', '--locked', '--package', 'provable-server', '--message-format', 'json-render-diagnostics'];
  if (process.platform !== 'win32') {
    // Without the places of this machine: the same binary wherever it is built.
    build.push('--config', execFileSync('../../server/remapped.sh').toString().trim());
  }
  const messages = execFileSync('cargo', build, { cwd: '../..', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 });
  const artifacts = messages.toString().trim().split('\n').map((line) => JSON.parse(line));
  return artifacts.find((one) => one.executable && one.target.name === 'provable')?.executable;
}

function existing(file) {
  if (!existsSync(file)) {
    throw new Error(`there is no server ${file}: name one that is built, or leave out --binary to build it`);
  }
  return file;
}

function licence() {
  const licences = ['MIT', 'APACHE'].map((name) => readFileSync(`../../LICENSE-${name}`, 'utf8'));
  return `MIT or Apache 2.0, as you like.\n\n${licences.join('\n\n')}`;
}

/** The images inside the text: an extension's page resolves no path to a file of the extension. */
function withImages(text) {
  return text.replace(/\]\((images\/[\w-]+\.png)\)/g, (_, file) => `](data:image/png;base64,${readFileSync(file, 'base64')})`);
}
