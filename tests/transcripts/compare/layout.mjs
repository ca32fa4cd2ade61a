// Where things are in the file of a ceremony, and how they are replaced. Nothing is checked here.

import { bls12_381 } from '@noble/curves/bls12-381.js';
import { G1, G2 } from '../basics.mjs';
import { nameOfPoint } from '../reader.mjs';

const { Fp2 } = bls12_381.fields;

export const namesOfPowers = ['tau', 'tauH', 'alpha', 'beta', 'betaH'];

/**
 * The places of the contributions to both phases, of the lists and of the circuit's identity. A list has the place `at`, the `size` of a point in
 * bytes and the `count` of points.
 */
export function layoutOf(file, { size: n, variables: m, statement: s, committed: c }) {
  const lists = {};
  let at = 18 + (file[17] ? 144 : 0);
  const chain = (size) => {
    const countAt = at;
    const records = [];
    at += 4;
    for (let left = file.readUInt32LE(countAt); left > 0; left -= 1) {
      const record = { at, size, kindAt: at + 3 * size };
      at = record.kindAt + 1;
      if (file[record.kindAt]) {
        Object.assign(record, { doublingsAt: at, lengthAt: at + 1, valueAt: at + 3 });
        at = record.valueAt + file.readUInt16LE(record.lengthAt);
      } else {
        record.proofs = [0, 1, 2].map((i) => at + i * (size + 32));
        at += 3 * (size + 32);
      }
      record.end = at;
      records.push(record);
    }
    return { countAt, records, end: at };
  };
  const add = (name, size, count) => {
    lists[name] = { at, size, count };
    at += size * count;
  };
  const phase1 = chain(48);
  [['tau', 96, 2 * n - 1], ['tauH', 192, n], ['alpha', 96, n], ['beta', 96, n], ['betaH', 192, 1]].forEach((list) => add(...list));
  const identityAt = at;
  at += 32;
  const phase2 = chain(96);
  [['u', 96, m], ['v', 96, m], ['vH', 192, m], ['statement', 96, s], ['committed', 96, c], ['rest', 96, m], ['quotient', 96, n], ['delta', 96, 1]]
    .forEach((list) => add(...list));
  if (at !== file.length) throw new Error(`a ceremony of ${file.length} bytes should have ${at}`);
  return { phases: [phase1, phase2], lists, identityAt };
}

/** The file with these bytes in place of those from `from` to `to`. */
export const splice = (file, from, to, ...bytes) => Buffer.concat([file.subarray(0, from), ...bytes, file.subarray(to)]);

/** The file with these bytes at this place. */
export function set(file, at, bytes) {
  const changed = Buffer.from(file);
  changed.set(bytes, at);
  return changed;
}

/** The file with the bits of a byte flipped. */
export const flip = (file, at, bits) => set(file, at, [file[at] ^ bits]);

export function littleEndian(number, bytes) {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(number, 0, bytes);
  return buffer;
}

export const wholeOf = (file, { at, size, count }) => file.subarray(at, at + size * count);

/** The five lists of powers. */
export const powersOf = (file, { lists }) => namesOfPowers.map((name) => wholeOf(file, lists[name]));

export const groupOf = ({ size }) => (size === 96 ? G1 : G2);
export const placeOf = ({ at, size }, i) => at + i * size;
export const cut = (file, list, i) => file.subarray(placeOf(list, i), placeOf(list, i + 1));
export const isZero = (file, list, i) => (file[placeOf(list, i)] & 0x40) !== 0;

/** A point of a list, without any check. */
export function pointOf(file, list, i) {
  if (isZero(file, list, i)) return groupOf(list).ZERO;
  const bytes = cut(file, list, i);
  const number = (k) => BigInt(`0x${bytes.subarray(48 * k, 48 * k + 48).toString('hex')}`);
  if (list.size === 96) return G1.fromAffine({ x: number(0), y: number(1) });
  return G2.fromAffine({ x: Fp2.fromBigTuple([number(1), number(0)]), y: Fp2.fromBigTuple([number(3), number(2)]) });
}

/** The file with a point in the place of one of a list. */
export const put = (file, list, i, point) => set(file, placeOf(list, i), point.toBytes(false));

/** Remembers all points of a ceremony's lists as valid: for whoever checks them elsewhere, or has made them. */
export function remember(known, file, circuit) {
  for (const list of Object.values(layoutOf(file, circuit).lists)) {
    for (let i = 0; i < list.count; i += 1) {
      const name = nameOfPoint(groupOf(list), false, cut(file, list, i));
      if (!known.has(name)) known.set(name, pointOf(file, list, i));
    }
  }
}
