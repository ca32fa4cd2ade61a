#!/usr/bin/env node
// provable-verify KEY PROGRAM PROOF...: verifies proofs of a program. The exit status is that of `provable verify`: 0 if all are valid,
// 1 if one is not, 2 if there is no answer.

import { readFileSync } from 'node:fs';
import { InvalidProof, Verifier } from '../dist/esm/node.js';

const USAGE = `usage: provable-verify [--json] [--] KEY PROGRAM PROOF...

Verifies proofs of PROGRAM, a text (of several files: as \`provable link\` writes it), with KEY, which \`provable keys export\` wrote.
With --json each answer is a line of JSON. The exit status is 0 if all proofs are valid, 1 if one is not, 2 if there is no answer.
`;

const words = process.argv.slice(2);
// Options stand before the files: a file of a list may have any name.
const first = words.findIndex((word) => !word.startsWith('-') || word === '--');
const options = first === -1 ? words : words.slice(0, first);
const [key, program, ...proofs] = first === -1 ? [] : words.slice(first + (words[first] === '--' ? 1 : 0));
const asJson = options.includes('--json');

if (options.includes('--help') || options.includes('-h')) {
  process.stdout.write(USAGE);
} else if (proofs.length === 0 || options.some((option) => option !== '--json')) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  process.exitCode = await main();
}

async function main() {
  let verifier, text;
  try {
    verifier = await Verifier.load(readFileSync(key));
    text = readFileSync(program);
  } catch (error) {
    tell(undefined, { status: 'error', message: error.message });
    return 2;
  }
  return Math.max(...proofs.map((proof) => verdict(verifier, text, proof)));
}

/** Tells of one proof, and gives the exit status. */
function verdict(verifier, program, proof) {
  try {
    tell(proof, verifier.verify(program, readFileSync(proof)));
    return 0;
  } catch (error) {
    if (error instanceof InvalidProof) {
      tell(proof, { valid: false, reason: error.reason, message: error.message });
      return 1;
    }
    tell(proof, { status: 'error', message: error.message });
    return 2;
  }
}

function tell(proof, answer) {
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ proof, ...answer })}\n`);
    return;
  }
  const name = proof === undefined ? '' : `${printable(proof)}: `;
  if (answer.valid === true) {
    const lines = [
      ['public input', answer.publicInput.join(' ') || '(none)'],
      ['public output', answer.publicOutput.join(' ') || '(none)'],
      ['key', `${answer.keyDigest}, ${answer.keyOrigin}`],
      ['program', answer.programDigest],
      ['trace commitment', answer.traceCommitment],
    ];
    process.stdout.write(`${name}valid\n${lines.map(([what, value]) => `  ${what.padEnd(18)}${value}\n`).join('')}`);
  } else if (answer.valid === false) {
    process.stdout.write(`${name}invalid: ${printable(answer.message)}\n`);
  } else {
    process.stderr.write(`${name}${printable(answer.message)}\n`);
  }
}

/** A text without what a terminal takes for commands. */
function printable(text) {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
