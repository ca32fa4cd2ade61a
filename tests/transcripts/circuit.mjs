// The circuit of a tier, as `provable export r1cs` writes it: circom's binary format, version 1, and a file of names.

import { readFileSync } from 'node:fs';
import { fromLittleEndian, order } from './basics.mjs';

/**
 * Reads CIRCUIT.r1cs, and the circuit's identity from CIRCUIT.names.json. `matrices` are u, v and w, each a list of rows, each a list of
 * [variable, coefficient]. `statement` and `committed` are the numbers of their variables, `size` is n and `bits` is b.
 */
export function readCircuit(path) {
  const file = readFileSync(path);
  const must = (condition) => { if (!condition) throw new Error(`${path}: not a constraint system over the scalar field of BLS12-381`); };
  must(file.subarray(0, 4).toString() === 'r1cs' && file.readUInt32LE(4) === 1);
  const sections = new Map();
  let at = 12;
  for (let i = file.readUInt32LE(8); i > 0; i -= 1) {
    const length = Number(file.readBigUInt64LE(at + 4));
    sections.set(file.readUInt32LE(at), file.subarray(at + 12, at + 12 + length));
    at += 12 + length;
  }
  const header = sections.get(1);
  must(header.readUInt32LE(0) === 32 && fromLittleEndian(header.subarray(4, 36)) === order);
  const [variables, outputs, inputs, committed] = [36, 40, 44, 48].map((place) => header.readUInt32LE(place));
  const rows = header.readUInt32LE(60);
  const body = sections.get(2);
  at = 0;
  const matrices = [[], [], []];
  for (let row = 0; row < rows; row += 1) {
    for (const matrix of matrices) {
      const entries = [];
      const count = body.readUInt32LE(at);
      at += 4;
      for (let i = 0; i < count; i += 1, at += 36) {
        must(body.readUInt32LE(at) < variables);
        entries.push([body.readUInt32LE(at), fromLittleEndian(body.subarray(at + 4, at + 36))]);
      }
      matrix.push(entries);
    }
  }
  must(at === body.length);
  const identity = Buffer.from(JSON.parse(readFileSync(path.replace(/\.r1cs$/, '.names.json'))).circuit, 'hex');
  // No row is added for the statement: docs/proof-system.md, "No consistency rows".
  const bits = Math.ceil(Math.log2(rows));
  return { matrices, variables, statement: 1 + outputs + inputs, committed, bits, size: 2 ** bits, identity };
}
