// Ceremonies of the smallest tier, made by the command `provable`.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCircuit } from '../circuit.mjs';
import { layoutOf, powersOf } from './layout.mjs';

const tier = '44';

/** Runs the command, and gives its exit status and the JSON that it prints. */
export function provable(binary, folder, ...words) {
  const env = { ...process.env, PROVABLE_HOME: join(folder, 'home') };
  const options = { cwd: folder, env, encoding: 'utf8', input: '', timeout: 300_000 };
  const { status, stdout, stderr, error } = spawnSync(binary, ['--json', ...words], options);
  const failed = (what) => new Error(`provable ${words.join(' ')}: ${what}\n${stdout}${stderr}`);
  if (error || status === null) throw failed(error ?? 'it was ended by a signal');
  try {
    return { status, answer: JSON.parse(stdout) };
  } catch {
    throw failed(`no JSON, and exit status ${status}`);
  }
}

/**
 * Makes, in the folder:
 * - `circuit.r1cs`, and `other.names.json` of another tier;
 * - `N.powers` after N contributions to phase 1, the second of which is a beacon;
 * - `N.ceremony` after N contributions to phase 2, the third of which is a beacon;
 * - `imported.powers`, with the powers of `3.powers` as published ones and no contributions.
 */
export function make(binary, folder) {
  const run = (...words) => {
    const { status, answer } = provable(binary, folder, ...words);
    if (status !== 0) throw new Error(`provable ${words.join(' ')}: ${answer.message}`);
  };
  const beacon = ['--beacon', 'c0ffee', '--beacon-bits', '4'];
  run('export', 'r1cs', tier, 'circuit.r1cs');
  run('export', 'r1cs', '113', 'other.r1cs');
  run('powers', 'new', tier, '0.powers');
  run('powers', 'contribute', '0.powers', '1.powers');
  run('powers', 'contribute', '1.powers', '2.powers', ...beacon);
  run('powers', 'contribute', '2.powers', '3.powers');
  run('ceremony', 'new', tier, '--powers', '3.powers', '0.ceremony');
  run('ceremony', 'contribute', '0.ceremony', '1.ceremony');
  run('ceremony', 'contribute', '1.ceremony', '2.ceremony');
  run('ceremony', 'contribute', '2.ceremony', '3.ceremony', ...beacon);
  const file = readFileSync(join(folder, '0.ceremony'));
  writeFileSync(join(folder, 'published'), Buffer.concat(powersOf(file, layoutOf(file, readCircuit(join(folder, 'circuit.r1cs'))))));
  run('powers', 'import', 'published', tier, 'imported.powers');
}
