// node test/material.mjs BINARY FILE: keys, programs and proofs for the tests, made by the command `provable`, in one JSON file.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [binary, file] = process.argv.slice(2);
if (file === undefined) {
  console.error('material.mjs BINARY FILE');
  process.exit(2);
}

/** Programs of the smallest tier, each with inputs. The second uses the standard library. */
const PROGRAMS = {
  product: { text: 'SECRET\nSECRET\nMUL\nREAD\nEQ\nASSERT\n', public: '3599', secret: '59, 61' },
  library: {
    text: '.use "std@1/check"\n  SECRET\n  DUP\n  CALL check.between 2, 1000\n  WRITE\n  PUSH 4294967295\n  WRITE\n  HALT\n',
    public: '',
    secret: '77',
  },
};

const folder = mkdtempSync(join(tmpdir(), 'provable-verify-'));
const run = (...args) => execFileSync(binary, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
try {
  const material = { keys: {}, programs: {}, proofs: {} };
  const tiers = new Set();
  for (const [name, { text, ...inputs }] of Object.entries(PROGRAMS)) {
    const program = `${name}.prov`;
    writeFileSync(join(folder, program), text);
    material.programs[name] = text;
    const tapes = Object.entries(inputs).flatMap(([tape, words]) => [`--${tape}`, words]);
    const said = JSON.parse(run('prove', program, ...tapes, '--keys', 'keys', '--json'));
    material.proofs[name] = readFileSync(join(folder, `${name}.proof.json`), 'utf8');
    tiers.add(said.tier);
  }
  const [tier, ...others] = tiers;
  if (others.length > 0) throw new Error(`the programs are of several tiers: ${[...tiers].join(', ')}`);
  // Another key of the same tier, and one of another tier.
  run('setup', '--tier', tier, '--keys', 'other');
  const key = (keys, name) => {
    run('keys', 'export', name, 'it.vk', '--keys', keys);
    return readFileSync(join(folder, 'it.vk')).toString('base64');
  };
  material.tier = tier;
  material.keys.right = key('keys', tier);
  material.keys.other = key('other', tier);
  writeFileSync(file, JSON.stringify(material));
} finally {
  rmSync(folder, { recursive: true });
}
