// The package as it is published: packed, installed into an empty folder, and used from there as a module, by CommonJS, from TypeScript,
// and as a command.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const material = JSON.parse(readFileSync(process.env.MATERIAL, 'utf8'));

const folder = mkdtempSync(join(tmpdir(), 'provable-verify-'));
after(() => rmSync(folder, { recursive: true }));
const npm = (cwd, ...args) => execFileSync('npm', args, { cwd, encoding: 'utf8' });

const [packed] = JSON.parse(npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder));
writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
npm(folder, 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--offline', join(folder, packed.filename));

writeFileSync(join(folder, 'it.vk'), Buffer.from(material.keys.right, 'base64'));
writeFileSync(join(folder, 'it.prov'), material.programs.product);
writeFileSync(join(folder, 'it.proof.json'), material.proofs.product);
writeFileSync(join(folder, 'false.proof.json'), material.proofs.product.replace('3599', '3600'));

const USE = `
  const { readFileSync } = require('node:fs');
  const text = (name) => readFileSync(name, 'utf8');
  (async () => {
    const verifier = await Verifier.load(readFileSync('it.vk'));
    console.log(verifier.verify(text('it.prov'), text('it.proof.json')).publicInput[0]);
    try {
      verifier.verify(text('it.prov'), text('false.proof.json'));
    } catch (error) {
      console.log(error instanceof InvalidProof, error.name, error.reason);
    }
  })();
`;
const run = (name, text) => {
  writeFileSync(join(folder, name), text);
  return execFileSync(process.execPath, [name], { cwd: folder, encoding: 'utf8' });
};
const command = (...args) => {
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', 'provable-verify', ...args], { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
};

test('nothing but what is used is in the package', () => {
  const names = packed.files.map(({ path }) => path).filter((path) => !path.startsWith('dist/'));
  assert.deepEqual(names.sort(), ['LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'bin/provable-verify.mjs', 'package.json']);
  assert.deepEqual(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies, undefined);
});

test('it is used as a module', () => {
  const start = "import { createRequire } from 'node:module';\nimport { InvalidProof, Verifier } from 'provable-verify';\n";
  const said = run('it.mjs', `${start}const require = createRequire(import.meta.url);\n${USE}`);
  assert.equal(said, '3599\ntrue InvalidProof pairing\n');
});

test('it is used by CommonJS', () => {
  const said = run('it.cjs', `const { InvalidProof, Verifier } = require('provable-verify');\n${USE}`);
  assert.equal(said, '3599\ntrue InvalidProof pairing\n');
});

test('its types hold what they promise, however modules are resolved', () => {
  mkdirSync(join(folder, 'types'), { recursive: true });
  for (const [name, module, resolution] of [
    ['check.mts', 'node16', 'node16'],
    ['check.cts', 'node16', 'node16'],
    ['check.ts', 'es2022', 'bundler'],
    ['check.ts', 'commonjs', 'node10'],
  ]) {
    const file = join(folder, 'types', name);
    copyFileSync(join(here, 'types', 'check.ts'), file);
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const options = ['--strict', '--noEmit', '--target', 'es2022', '--lib', 'es2022', '--module', module, '--moduleResolution', resolution];
    const { status, stdout } = spawnSync(process.execPath, [tsc, ...options, file], { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 0, `${name} with ${resolution}: ${stdout}`);
  }
});

test('the command answers as `provable verify` does', () => {
  const valid = command('it.vk', 'it.prov', 'it.proof.json');
  assert.equal(valid.status, 0, valid.stderr);
  assert.match(valid.stdout, /^it\.proof\.json: valid\n {2}public input {6}3599\n/);
  const refused = command('it.vk', 'it.prov', 'it.proof.json', 'false.proof.json');
  assert.equal(refused.status, 1);
  assert.match(refused.stdout, /\nfalse\.proof\.json: invalid: the proof does not hold/);
  const json = command('--json', 'it.vk', 'it.prov', 'false.proof.json');
  assert.equal(json.status, 1);
  assert.equal(JSON.parse(json.stdout).valid, false);
  for (const args of [[], ['it.vk', 'it.prov'], ['it.prov', 'it.prov', 'it.proof.json'], ['it.vk', 'it.vk', 'it.proof.json'], ['it.vk', 'it.prov', 'none']]) {
    const { status, stderr } = command(...args);
    assert.equal(status, 2, args.join(' '));
    assert.notEqual(stderr, '');
  }
});
