// Contracts that `provable export solidity` writes, in two implementations of the EVM: they accept what the command accepts, and nothing else.
//
//     node evm.mjs PROVABLE [PART]
//
// The exit status is 0 if every check holds. PART runs only the checks whose names have it.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as real from './checks/real.mjs';
import * as statements from './checks/statements.mjs';
import * as tampered from './checks/tampered.mjs';
import { hardhat, javascript } from './machines.mjs';
import { Provable, setup } from './provable.mjs';

const [binary, part = ''] = process.argv.slice(2);
if (!binary) {
  console.error('usage: node evm.mjs PROVABLE [PART]');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'provable-evm-'));
const provable = new Provable(resolve(binary), folder);
const example = (name) => readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');
const machines = [await javascript(setup), await hardhat()];
let failed = 0;
let count = 0;
try {
  for (const [name, check] of Object.entries({ ...statements, ...tampered, ...real })) {
    const title = name.replaceAll('_', ' ');
    if (!title.includes(part)) continue;
    const started = Date.now();
    const wrong = [];
    let checked = 0;
    const expect = (what, holds) => {
      checked++;
      if (!holds) wrong.push(what);
    };
    try {
      await check({ provable, machines, expect, example });
    } catch (error) {
      wrong.push(error.stack);
    }
    if (checked === 0) wrong.push('nothing was checked');
    if (wrong.length > 0) failed++;
    count++;
    console.log(`${wrong.length > 0 ? 'FAILED' : 'ok'} ${title}: ${checked} checks in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    for (const what of wrong.slice(0, 20)) console.log(`  ${what}`);
    if (wrong.length > 20) console.log(`  and ${wrong.length - 20} more`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`${count - failed} of ${count} hold`);
process.exit(failed === 0 && count > 0 ? 0 : 1);
