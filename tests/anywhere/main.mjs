// node main.mjs PROVABLE: proofs of the command and of the page, right and tampered with, before every verifier.

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hosts } from './hosts.mjs';
import { openPage } from './page.mjs';

const binary = resolve(process.argv[2] ?? '');
const folder = mkdtempSync(join(tmpdir(), 'provable-anywhere-'));
const example = (name) => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));

/** What may be wrong with a proof: changes of its file. */
const TAMPERED = {
  'another output': (proof) => proof.public_output.push(7),
  'another word of the output': (proof) => (proof.public_output[0] = (proof.public_output[0] + 1) >>> 0),
  'another input': (proof) => (proof.public_input[0] = (proof.public_input[0] ^ 0x80000000) >>> 0),
  'A for C': (proof) => (proof.c = proof.a),
  'C for the commitment': (proof) => (proof.d = proof.c),
};

/** A proof that the command made, with its key. */
function proved(program) {
  const env = { ...process.env, PROVABLE_HOME: join(folder, 'keys') };
  const ask = (...args) => {
    const { status, stdout, stderr } = spawnSync(binary, ['--json', ...args], { cwd: folder, env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`provable ${args.join(' ')}\n${stderr}${stdout}`);
    return JSON.parse(stdout);
  };
  const [proof, key] = [join(folder, 'command.json'), join(folder, 'command.vk')];
  ask('prove', program, '-o', proof);
  ask('keys', 'export', JSON.parse(readFileSync(proof, 'utf8')).verifying_key_digest, key);
  return { program, key, proof };
}

let passed = 0;
let failed = 0;
function expect(what, holds) {
  if (holds) passed++;
  else {
    failed++;
    console.error(`FAILED ${what}`);
  }
}

const page = await openPage();
try {
  const program = join(folder, 'fibonacci.prov');
  copyFileSync(example('fibonacci.prov'), program);
  const inputs = JSON.parse(readFileSync(example('fibonacci.inputs.json'), 'utf8'));
  writeFileSync(join(folder, 'fibonacci.inputs.json'), JSON.stringify(inputs));
  const tape = ({ public: open = [], secret = [] }) => ({ public: open, secret });
  // A program of its own for each, since a contract is of one program and one key.
  const other = join(folder, 'other.prov');
  copyFileSync(program, other);
  const cases = { 'the command': proved(program), 'the page': await page.prove(other, tape(inputs), folder) };
  for (const [host, accepts] of Object.entries(await hosts(binary, page.accepts))) {
    for (const [maker, made] of Object.entries(cases)) {
      expect(`${host} accepts the proof of ${maker}`, await accepts({ ...made, valid: made.proof }));
      for (const [what, change] of Object.entries(TAMPERED)) {
        const proof = JSON.parse(readFileSync(made.proof, 'utf8'));
        change(proof);
        const path = join(folder, 'tampered.json');
        writeFileSync(path, JSON.stringify(proof, null, 2));
        expect(`${host} refuses the proof of ${maker} with ${what}`, !(await accepts({ ...made, proof: path, valid: made.proof })));
      }
    }
    console.log(`${host}: done`);
  }
} finally {
  await page.close();
  rmSync(folder, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
