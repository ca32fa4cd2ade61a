// Proofs that the command makes of real runs, under keys that it makes.

import { compile, encode, TRUE } from '../contract.mjs';
import { SETUP } from '../provable.mjs';

async function accepts({ provable, machines, expect }, text, options, evaluation) {
  const file = provable.write('prov', text);
  const { tier } = provable.ask('prove', file, ...options, '-o', file.replace('prov', 'proof.json'));
  const how = ['--evaluation', evaluation, '--kzg-setup', SETUP];
  const contract = file.replace('prov', 'sol');
  const refused = provable.call('export', 'solidity', file, '--key', tier, ...how, '-o', contract);
  expect('a key that was made here is exported only if one says so', refused.status === 2 && /--local-key/.test(refused.stderr));
  provable.ask('export', 'solidity', file, '--key', tier, ...how, '--local-key', '-o', contract);
  const source = provable.read(contract);
  expect('the contract warns of the key', /MADE ON ONE MACHINE/.test(source));
  expect('the file is the one of this version', provable.call('export', 'solidity', file, '--key', tier, ...how, '--compare', contract).status === 0);
  const changed = provable.write('sol', source.replace('MOST_WORDS = ', 'MOST_WORDS = 1'));
  expect('a changed file is told', provable.call('export', 'solidity', file, '--key', tier, ...how, '--compare', changed).status === 1);
  const { proof, input, output, calldata } = provable.ask('export', 'calldata', file, ...how);
  const { code } = compile(source);
  for (const machine of machines) {
    const { address } = await machine.deploy(code);
    const call = (data) => machine.call(address, data);
    expect(`${machine.name} accepts`, (await call(calldata.slice(2))).answer === TRUE);
    const parts = [proof, input, output].map((part) => part.slice(2));
    for (const index of [1, 2]) {
      const other = parts.with(index, `${parts[index]}00000001`);
      expect(`${machine.name} refuses another tape`, (await call(encode(other))).answer === null);
    }
  }
}

export const a_proof_of_a_small_run_is_accepted = (context) =>
  accepts(context, 'SECRET\nSECRET\nMUL\nREAD\nEQ\nASSERT\n', ['--public', '3599', '--secret', '59,61'], 'auto');

export const a_proof_with_many_public_words_is_accepted = (context) => {
  const inputs = JSON.parse(context.example('sudoku.inputs.json'));
  const list = (words) => words.join(',');
  return accepts(context, context.example('sudoku.prov'), ['--public', list(inputs.public), '--secret', list(inputs.secret)], 'table');
};

/** Long straight programs: what they compute is no matter. */
const straight = (lines) => `READ\n${'DUP 0\nADD\nREAD\nPOP\n'.repeat(0)}${'PUSH 3\nXOR\nDUP 0\nPOP\n'.repeat(Math.ceil(lines / 4))}WRITE\n`;

export const a_proof_of_a_long_program_is_accepted = (context) => accepts(context, straight(1100), ['--public', '5'], 'opening');
