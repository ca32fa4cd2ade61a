// What no contract accepts: calldata that is close to that of a valid proof, and machines without the precompiles.

import { compile, encode } from '../contract.mjs';
import { G1, inverse, random, times } from '../curve.mjs';
import { forge } from '../forger.mjs';
import { hardhat, javascript } from '../machines.mjs';
import { programText, setup } from '../provable.mjs';
import { bits, layouts, numbers, points, statements, words } from '../tampering.mjs';
import { all, argumentsOf, deployed, exported, keyOf, none, tape } from './support.mjs';

const TEXT = '.data A at 3 7, 8\n READ\n LOAD A\n MUL 12345\n WRITE\n HALT\n';

async function refusesAll(context, evaluation) {
  const { provable, machines, expect } = context;
  const key = keyOf('113');
  const program = provable.program(TEXT, key);
  const proof = forge(key, program, tape(3), tape(2));
  const parts = exported(provable, proof, evaluation);
  const calldata = encode(parts);
  const contract = await deployed(context, program, key, evaluation);
  expect('the proof itself is accepted', all(await contract.accepted(calldata)));
  for (const kind of [words(calldata), points(...parts), numbers(...parts), statements(...parts), layouts(...parts)]) {
    for (const [what, changed] of kind) {
      if (changed === calldata) throw new Error(`${what}: nothing is changed`);
      expect(`${what}: refused`, none(await contract.accepted(changed)));
    }
  }
  // The faster machine alone.
  const fast = contract.places.at(-1);
  for (const [what, changed] of bits(calldata)) {
    expect(`${what}: refused`, (await fast.machine.call(fast.address, changed)).answer === null);
  }
  expect('the proof itself is accepted still', all(await contract.accepted(calldata)));
  expect('there are two machines', machines.length === 2);
}

export const tampered_calldata_is_refused_by_a_table = (context) => refusesAll(context, 'table');
export const tampered_calldata_is_refused_by_an_opening = (context) => refusesAll(context, 'opening');

export async function another_program_key_or_opening_is_refused(context) {
  const { provable, expect } = context;
  const [key, other] = [keyOf('113'), keyOf('113')];
  const program = provable.program(TEXT, key);
  const changed = provable.program(TEXT.replace('12345', '12346'), key);
  const [input, output] = [tape(3), tape(2)];
  for (const evaluation of ['table', 'opening']) {
    const contract = await deployed(context, program, key, evaluation);
    for (const [what, proof] of [
      ['another program', forge(key, changed, input, output)],
      ['another key', forge(other, program, input, output)],
    ]) {
      expect(`${what}, ${evaluation}: refused`, none(await contract.accepted(encode(exported(provable, proof, evaluation)))));
    }
    const own = exported(provable, forge(key, program, input, output), evaluation);
    expect(`${evaluation}: accepted`, all(await contract.accepted(encode(own))));
  }
  // A false evaluation for which the equation would hold: it has no opening.
  const contract = await deployed(context, program, key, 'opening');
  const proof = forge(key, changed, input, output);
  const honest = exported(provable, forge(key, program, input, output), 'opening')[0];
  const text = exported(provable, proof, 'opening')[0];
  for (const opening of [text.slice(1408), honest.slice(1408)]) {
    const forged = text.slice(0, 1408) + opening;
    expect('a false evaluation: refused', none(await contract.accepted(encode([forged, ...argumentsOf(proof).slice(1)]))));
  }
}

export async function rerandomised_points_are_accepted_and_identify_nothing(context) {
  const { provable, expect } = context;
  const key = keyOf('113');
  const program = provable.program(TEXT, key);
  const contract = await deployed(context, program, key, 'table');
  const proof = forge(key, program, tape(2), tape(2));
  const by = random();
  // (Groth16 is malleable: A/k and B·k.)
  const changed = { ...proof, a: times(proof.a, inverse(by)), b: times(proof.b, by) };
  expect('other A and B, the same D', all(await contract.accepted(encode(argumentsOf(changed)))));
  const moved = { ...proof, d: proof.d.add(G1.BASE), c: proof.c };
  expect('another D: refused', none(await contract.accepted(encode(argumentsOf(moved)))));
}

export async function chains_without_the_precompiles_refuse(context) {
  const { provable, expect } = context;
  const key = keyOf('113');
  const program = provable.program(programText(14), key);
  const parts = ['table', 'opening'].map((evaluation) => [evaluation, exported(provable, forge(key, program, tape(3), tape(2)), evaluation)]);
  for (const [fork, accepts] of [['shanghai', false], ['cancun', false], ['prague', true], ['osaka', true]]) {
    for (const machine of [await javascript(setup, fork), await hardhat(fork)]) {
      for (const [evaluation, text] of parts) {
        const { code } = compile(provable.contract(program.file, provable.write('vk', key.file), evaluation).source, { viaIR: true, optimizer: { enabled: true }, evmVersion: 'shanghai' });
        const { address } = await machine.deploy(code);
        const { answer } = await machine.call(address, encode(text));
        expect(`${machine.name}, ${evaluation}`, (answer !== null) === accepts && (answer === null || /^0{63}1$/.test(answer)));
      }
    }
  }
}
