// What several checks need.

import { compile, encode, TRUE } from '../contract.mjs';
import { SETUP } from '../provable.mjs';
import { makeKey, proofBytes, tapeBytes, tiers } from '../forger.mjs';

export const TIERS = tiers();

/** A key of the tier of this name, whose trapdoors are known. */
export const keyOf = (name) => makeKey(TIERS.get(name));

/** A contract of a program and a key, compiled and deployed on each machine. */
export async function deployed({ provable, machines }, program, key, evaluation, settings) {
  const contract = provable.contract(program.file, provable.write('vk', key.file), evaluation);
  const { code, size } = compile(contract.source, settings);
  const places = [];
  for (const machine of machines) places.push({ machine, ...(await machine.deploy(code)) });
  return {
    ...contract,
    size,
    places,
    /** Which machines accept this calldata. */
    async accepted(calldata) {
      const answers = [];
      for (const { machine, address } of places) {
        const { answer } = await machine.call(address, calldata);
        if (answer !== null && answer !== TRUE) throw new Error(`${machine.name} answers ${answer}`);
        answers.push(answer === TRUE);
      }
      return answers;
    },
  };
}

/** The arguments of `verify` for a proof, as this folder computes them: for a contract with a table. */
export const argumentsOf = (proof) => [proofBytes(proof), tapeBytes(proof.input), tapeBytes(proof.output)];

/** The arguments as the command exports them. */
export function exported(provable, proof, evaluation) {
  const { program, key } = proof;
  const options = ['--key', provable.write('vk', key.file), '--evaluation', evaluation, '--kzg-setup', SETUP];
  const { proof: points, input, output, calldata } = provable.ask('export', 'calldata', program.file, provable.proof(proof), ...options);
  const parts = [points, input, output].map((text) => text.slice(2));
  if (encode(parts) !== calldata.slice(2)) throw new Error('the calldata is not that of its parts');
  return parts;
}

export const all = (answers) => answers.every(Boolean);
export const none = (answers) => !answers.some(Boolean);

/** A tape of so many words. */
export const tape = (length) => Array.from({ length }, () => Math.floor(Math.random() * 2 ** 32));
