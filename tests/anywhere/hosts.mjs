// The verifiers. Each takes a case, { program, key, proof }, the paths of three files, and says whether it accepts the proof. A host that
// gives no answer fails the test.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, encode, TRUE } from '../evm/contract.mjs';
import { javascript } from '../evm/machines.mjs';
import { setup } from '../evm/provable.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Whether a program accepts, by its exit status: 0, or 1 if not. */
function accepts(program, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', ...options });
  if (status !== 0 && status !== 1) throw new Error(`${program} ${args.join(' ')} gives no answer:\n${error ?? ''}${stdout}${stderr}`);
  return status === 0;
}

/** The command, each time with an empty key store. */
function command(binary) {
  return ({ program, key, proof }) => {
    const home = mkdtempSync(join(tmpdir(), 'provable-anywhere-'));
    const options = { env: { ...process.env, PROVABLE_HOME: join(home, 'keys') } };
    try {
      if (!accepts(binary, ['keys', 'import', key], options)) throw new Error('the key is not imported');
      return accepts(binary, ['verify', program, proof], options);
    } finally {
      rmSync(home, { recursive: true });
    }
  };
}

const node = ({ program, key, proof }) => accepts(process.execPath, [join(root, 'packages/provable-verify/bin/provable-verify.mjs'), key, program, proof]);

const python = ({ program, key, proof }) =>
  accepts(join(root, '.cache/python/bin/python'), ['-m', 'provable_verify', key, program, proof], { cwd: join(root, 'tests/python') });

/** A field element in the form of EIP-2537: 64 bytes. */
const padded = (digits) => digits.padStart(128, '0');

/**
 * An exported contract. The calldata of a proof that the command does not accept cannot be exported, so a tampered proof is sent in the
 * calldata of the one that it was made from, with its changes put there.
 */
async function chain(binary) {
  const machine = await javascript(setup);
  const contracts = new Map();
  return async ({ program, key, proof, valid }) => {
    const home = mkdtempSync(join(tmpdir(), 'provable-anywhere-'));
    const env = { ...process.env, PROVABLE_HOME: join(home, 'keys') };
    const ask = (...args) => {
      const { status, stdout, stderr } = spawnSync(binary, ['--json', ...args], { cwd: home, env, encoding: 'utf8' });
      if (status !== 0) throw new Error(`provable ${args.join(' ')}\n${stderr}${stdout}`);
      return JSON.parse(stdout);
    };
    try {
      if (!contracts.has(program)) {
        ask('keys', 'import', key);
        ask('export', 'solidity', program, '--key', key, '--evaluation', 'table', '--local-key', '-o', 'Verifier.sol');
        const { address } = await machine.deploy(compile(readFileSync(join(home, 'Verifier.sol'), 'utf8')).code);
        contracts.set(program, address);
      }
      const exported = ask('export', 'calldata', program, valid, '--key', key, '-o', 'calldata');
      const sent = tampered(exported, JSON.parse(readFileSync(valid, 'utf8')), JSON.parse(readFileSync(proof, 'utf8')));
      const { answer } = await machine.call(contracts.get(program), sent);
      return answer === TRUE;
    } finally {
      rmSync(home, { recursive: true });
    }
  };
}

/** The calldata of a valid proof, with what differs in another one: words of the tapes, and points that are exchanged. */
function tampered(exported, valid, other) {
  const words = (tape) => tape.map((word) => word.toString(16).padStart(8, '0')).join('');
  const hex = exported.proof.replace(/^0x/, '');
  const places = { a: [0, 256], b: [256, 512], c: [768, 256], d: [1024, 256] };
  const points = Object.fromEntries(Object.entries(places).map(([name, [at, length]]) => [name, hex.slice(at, at + length)]));
  let proof = '';
  for (const name of ['a', 'b', 'c', 'd']) {
    const from = Object.keys(places).find((one) => valid[one] === other[name]);
    if (!from) throw new Error(`the point ${name} is none of the valid proof`);
    proof += points[from].length === points[name].length ? points[from] : padded('');
  }
  return encode([proof + hex.slice(proof.length), words(other.public_input), words(other.public_output)]);
}

/** All of them, by name. `page` is one too. */
export async function hosts(binary, page) {
  return { 'the command': command(binary), 'Node.js': node, Python: python, 'the EVM': await chain(binary), 'the page': page };
}
