// What contracts take: writes the table of docs/ethereum.md anew.
//
//     node gas.mjs PROVABLE
//
// Each figure is that of a transaction that EDR executes, after the upgrade Prague, of a proof that is accepted. The
// programs are as long as their columns say, and the proofs are forged under keys whose trapdoors are known: gas depends on
// neither.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { deployed, exported, keyOf } from './checks/support.mjs';
import { encode } from './contract.mjs';
import { forge } from './forger.mjs';
import { hardhat } from './machines.mjs';
import { Provable, programText } from './provable.mjs';

const PAGE = new URL('../../docs/ethereum.md', import.meta.url);
const LENGTHS = [14, 64, 256, 512, 1024, 2048, 4096];
/** Entries for which a contract has room for a table. */
const MOST_IN_A_TABLE = 1800;

const [binary] = process.argv.slice(2);
if (!binary) {
  console.error('usage: node gas.mjs PROVABLE');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'provable-gas-'));
try {
  await write(new Provable(resolve(binary), folder), await hardhat());
} finally {
  rmSync(folder, { recursive: true });
}
process.exit(0);

async function measured(provable, machine, key, program, evaluation, [input, output]) {
  const proof = forge(key, program, input, output);
  const contract = await deployed({ provable, machines: [machine] }, program, key, evaluation);
  const calldata = encode(exported(provable, proof, evaluation));
  const [{ address, gas: deploying, size }] = contract.places;
  const { gas, ok } = await machine.gas(address, calldata);
  if (!ok) throw new Error('the proof is refused');
  return { gas, execution: gas - base(calldata), deploying, size };
}

/** The part of a transaction's gas that is not the contract's. */
function base(calldata) {
  const bytes = Buffer.from(calldata, 'hex');
  const zeros = bytes.filter((byte) => byte === 0).length;
  return 21_000 + 4 * zeros + 16 * (bytes.length - zeros);
}

async function write(provable, machine) {
  const tapes = [[5, 7], [9]];
  const shown = (number) => number.toLocaleString('en');
  const rows = [];
  for (const entries of LENGTHS) {
    const key = keyOf(entries <= 64 ? '113' : entries <= 1024 ? '8470' : entries <= 2048 ? '16k' : '34k');
    const program = provable.program(programText(entries), key);
    const cells = [];
    for (const evaluation of ['table', 'opening']) {
      if (evaluation === 'table' && entries > MOST_IN_A_TABLE) {
        cells.push('–', '–', '–');
        continue;
      }
      const { gas, execution, deploying } = await measured(provable, machine, key, program, evaluation, tapes);
      cells.push(shown(execution), shown(gas), shown(deploying));
      console.log(entries, evaluation, execution, gas, deploying);
    }
    rows.push(`| ${shown(entries)} | ${cells.join(' | ')} |`);
  }
  const words = [];
  const key = keyOf('1030');
  const program = provable.program(programText(14), key);
  const first = await measured(provable, machine, key, program, 'table', [[5], [9]]);
  for (const count of [1, 11, 101, 1001]) {
    const { gas, execution } = await measured(provable, machine, key, program, 'table', [Array.from({ length: count }, (_, index) => (index + 1) * 40503 * 65539 % 2 ** 32), [9]]);
    words.push(`| ${shown(count)} | ${shown(execution)} | ${shown(gas)} |`);
    console.log('words', count, execution, gas, first.gas);
  }
  const table = [
    '| entries | table: execution | table: transaction | table: deploying | opening: execution | opening: transaction | opening: deploying |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    'With 14 entries and a table, by the words of the public input:',
    '',
    '| words | execution | transaction |',
    '| --- | --- | --- |',
    ...words,
  ].join('\n');
  const page = readFileSync(PAGE, 'utf8');
  const [begin, end] = ['<!-- gas: begin -->', '<!-- gas: end -->'];
  const before = page.slice(0, page.indexOf(begin) + begin.length);
  writeFileSync(PAGE, `${before}\n\n${table}\n\n${page.slice(page.indexOf(end))}`);
}
