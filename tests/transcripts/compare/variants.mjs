// Ceremonies, right and spoilt. Each rule of verify.mjs refuses at least one.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCircuit } from '../circuit.mjs';
import contributions from './variants/contributions.mjs';
import frame from './variants/frame.mjs';
import key from './variants/key.mjs';
import powers from './variants/powers.mjs';

/** The files in the folder and the circuit. */
export function benchIn(folder) {
  const files = new Map();
  const read = (name) => {
    if (!files.has(name)) files.set(name, readFileSync(join(folder, name)));
    return files.get(name);
  };
  return { circuit: readCircuit(join(folder, 'circuit.r1cs')), read };
}

/**
 * The variants of the ceremonies in the folder, always in this order:
 * - `name`;
 * - `make`, which gives the file;
 * - `reason`, a part of the reason for which verify.mjs refuses it; undefined if the transcript is valid;
 * - `program`, what the command's message is, where the verdict alone could come of another reason;
 * - `isForgeable`, whether everybody could make false proofs under the key, which the command may say instead of who contributed;
 * - `isOurs`, whether its points are made here, and so known to be valid.
 */
export function variantsOf(bench) {
  // What takes longest goes first, so that all cores are busy until the end.
  return [frame, key, powers, contributions].flatMap((part) => part(bench));
}
