// Statements of programs and tapes of many lengths, under keys whose trapdoors are known: contracts, command and this folder's own
// computation agree on each.

import { encode, SETTINGS } from '../contract.mjs';
import { forge } from '../forger.mjs';
import { programText } from '../provable.mjs';
import { all, argumentsOf, deployed, exported, keyOf, none, tape } from './support.mjs';

const LENGTHS = [
  [0, 0],
  [1, 0],
  [0, 1],
  [7, 8],
  [8, 9],
  [16, 33],
];

/** Forged proofs of these lengths of tapes are accepted, and refused if the equation is off by one. */
async function agree(context, key, program, evaluation, lengths, settings) {
  const { provable, expect } = context;
  const contract = await deployed(context, program, key, evaluation, settings);
  const what = `${program.entries.length} entries, ${program.data.length} words of data, ${evaluation}`;
  for (const [input, output] of lengths) {
    const proof = forge(key, program, tape(input), tape(output));
    const parts = exported(provable, proof, evaluation);
    const named = `${what}, tapes of ${input} and ${output}`;
    expect(`${named}: the command's arguments are those computed here`, argumentsOf(proof).every((text, index) => parts[index].startsWith(text)));
    expect(`${named}: accepted`, all(await contract.accepted(encode(parts))));
    const wrong = forge(key, program, proof.input, proof.output, { wrong: 1n });
    const { answer, status } = provable.call('verify', program.file, provable.proof(wrong), '--key', provable.write('vk', key.file));
    expect(`${named}: the command refuses what is off by one`, status === 1 && answer.valid === false);
    if (evaluation === 'table') expect(`${named}: refused if off by one`, none(await contract.accepted(encode(argumentsOf(wrong)))));
  }
  return contract;
}

export async function statements_by_a_table_are_those_of_the_command(context) {
  for (const [tier, entries, wide] of [['44', 2], ['44', 14, true], ['113', 64], ['251', 127, true], ['2100', 128], ['2100', 261], ['2100', 262], ['4020-wide', 1001, true]]) {
    const key = keyOf(tier);
    await agree(context, key, context.provable.program(programText(entries, wide), key), 'table', LENGTHS);
  }
}

export async function statements_by_an_opening_are_those_of_the_command(context) {
  for (const [tier, entries, wide] of [['44', 1], ['44', 14, true], ['4020-wide', 1001, true], ['32k-wide', 4096, true]]) {
    const key = keyOf(tier);
    await agree(context, key, context.provable.program(programText(entries, wide), key), 'opening', LENGTHS);
  }
}

export async function programs_with_data_are_those_of_the_command(context) {
  const key = keyOf('1030');
  const words = tape(40).join(', ');
  const text = `.data A at 3 ${words}\n.data B at 1000000 7, 0, 4294967295\n READ\n LOAD A\n WRITE\n HALT\n`;
  const program = context.provable.program(text, key);
  context.expect('it has data', program.data.length === 43);
  await agree(context, key, program, 'table', LENGTHS);
  await agree(context, key, program, 'opening', LENGTHS.slice(3));
}

export async function tapes_fill_the_tier_and_no_more(context) {
  const { provable, expect } = context;
  const key = keyOf('113');
  const program = provable.program(programText(14), key);
  const contract = await agree(context, key, program, 'table', [[113, 113], [0, 113], [113, 0]]);
  for (const [input, output] of [[114, 0], [0, 114], [114, 114], [1000, 3]]) {
    const proof = forge(key, program, tape(input), tape(output));
    const { answer } = provable.call('verify', program.file, provable.proof(proof), '--key', provable.write('vk', key.file));
    expect(`tapes of ${input} and ${output} are refused by the command`, answer.valid === false && /tape/.test(answer.reason));
    expect(`tapes of ${input} and ${output} are refused`, none(await contract.accepted(encode(argumentsOf(proof)))));
  }
}

export async function compilers_settings_change_nothing(context) {
  const key = keyOf('113');
  const program = context.provable.program('.data A at 3 7, 8\n READ\n LOAD A\n MUL 12345\n WRITE\n HALT\n', key);
  for (const settings of Object.values(SETTINGS)) {
    await agree(context, key, program, 'table', [[3, 2]], settings);
    await agree(context, key, program, 'opening', [[3, 2]], settings);
  }
}
