// Contributions that are left out, repeated, reordered, forged or changed. Phase 1 has a secret, a beacon and a secret, and phase 2 two secrets and a
// beacon. The rules are the same for both phases, and those of phase 1 are refused before the powers are read. So some are of phase 1 alone.

import { compressed, fromLittleEndian, order, times, toLittleEndian } from '../../basics.mjs';
import { phases } from '../../chain.mjs';
import { outside } from '../curves.mjs';
import { flip, layoutOf, littleEndian, set, splice } from '../layout.mjs';
import { contributed, withBeacon } from '../own.mjs';

export default function variants(bench) {
  return phases.flatMap((phase) => [arranged, changed, ofBeacons, forged].flatMap((part) => part(bench, phase)));
}

const notOfBeacon = 'is not multiplied by the beacon';
const notProved = (name) => `the proof of knowledge of ${name} does not hold`;

/** A file, its contributions to a phase, and how variants of them are collected. `addOnce` takes those of phase 1 alone. */
function begin({ circuit, read }, { number, group }) {
  const file = read('3.ceremony');
  const chain = layoutOf(file, circuit).phases[number - 1];
  const all = [];
  const add = (text, reason, make, more) => all.push({ name: `phase ${number}: ${text}`, reason, make, ...more });
  return {
    file, chain, all, add,
    addOnce: number === 1 ? add : () => {},
    isFirst: number === 1,
    seven: compressed(times(group.BASE, 7n)),
  };
}

/** Left out, repeated and reordered. */
function arranged(bench, phase) {
  const { all, add, addOnce, isFirst, file, chain } = begin(bench, phase);
  const [first] = phase.names;
  const count = (changedFile, number) => set(changedFile, chain.countAt, littleEndian(number, 4));
  const arrange = (of, ...numbers) => {
    const { records, end } = layoutOf(of, bench.circuit).phases[phase.number - 1];
    const listed = numbers.map((number) => records[number - 1]).map((record) => of.subarray(record.at, record.end));
    return count(splice(of, records[0].at, end, ...listed), numbers.length);
  };
  // Without contributions to phase 2, which would be refused for the hash that they begin with.
  const alone = isFirst ? bench.read('0.ceremony') : file;
  const last = isFirst ? 'tau of the powers is not that of the last' : 'delta differs';
  add('the first contribution is left out', isFirst ? notOfBeacon : notProved(first), () => arrange(file, 2, 3));
  addOnce('the second contribution is left out', notProved(first), () => arrange(file, 1, 3));
  add('the last contribution is left out', last, () => arrange(alone, 1, 2));
  add('all contributions are left out', last, () => arrange(alone));
  addOnce('the last contribution is repeated', notProved(first), () => arrange(file, 1, 2, 3, 3));
  add('the last two contributions are exchanged', isFirst ? notProved(first) : notOfBeacon, () => arrange(file, 1, 3, 2));
  addOnce('the first contribution is repeated', notProved(first), () => arrange(file, 1, 1, 2, 3));
  addOnce('the first two contributions are exchanged', notOfBeacon, () => arrange(file, 2, 1, 3));
  addOnce('one contribution fewer than counted', 'is invalid', () => count(file, 4));
  addOnce('4097 contributions', 'too many contributions', () => count(file, 4097));
  addOnce('a byte of a contribution is missing', '', () => splice(file, chain.end - 1, chain.end));
  return all;
}

/** Values and proofs of a secret contribution. */
function changed(bench, phase) {
  const { all, add, addOnce, isFirst, file, chain: { records }, seven } = begin(bench, phase);
  const { names } = phase;
  const [first, , last] = records;
  const { size } = first;
  const exchange = (at, other, length) => set(set(file, at, file.subarray(other, other + length)), other, file.subarray(at, at + length));
  for (const [i, name] of names.entries()) {
    add(`the last value of ${name} is replaced`, isFirst ? notProved(names[0]) : `${name} ${notOfBeacon}`, () => set(file, last.at + i * size, seven));
    add(`the answer for ${name} is changed`, notProved(name), () => flip(file, first.proofs[i] + size, 1));
    addOnce(`the commitment for ${name} is replaced`, notProved(name), () => set(file, first.proofs[i], seven));
  }
  const outsideAt = (at) => set(file, at, outside(phase.group.fromBytes(file.subarray(at, at + size)), true));
  add('a value is outside the subgroup', 'is invalid', () => outsideAt(first.at));
  addOnce('a commitment is outside the subgroup', 'is invalid', () => outsideAt(first.proofs[0]));
  add('a value is zero', 'a value is zero', () => set(file, last.at, compressed(phase.group.ZERO)));
  addOnce('a value is negated', notProved(names[0]), () => flip(file, last.at, 0x20));
  addOnce('two values are exchanged', notProved(names[0]), () => exchange(first.at, first.at + size, size));
  addOnce('two proofs are exchanged', notProved(names[0]), () => exchange(first.proofs[0], first.proofs[1], size + 32));
  addOnce('an answer is not reduced', 'not below the order', () => {
    const at = first.proofs[0] + size;
    return set(file, at, toLittleEndian(fromLittleEndian(file.subarray(at, at + 32)) + order));
  });
  addOnce('a secret is called a beacon', 'hashed too often', () => set(file, first.kindAt, [1]));
  addOnce('a kind of contribution that does not exist', 'neither secret', () => set(file, first.kindAt, [2]));
  return all;
}

function ofBeacons(bench, phase) {
  const { all, add, addOnce, isFirst, file, chain: { records }, seven } = begin(bench, phase);
  const beacon = records.find((record) => !record.proofs);
  const several = (count, length) => {
    let found = file;
    for (let i = 0; i < count; i += 1) found = withBeacon(found, bench.circuit, phase.number, Buffer.alloc(length, i), 0);
    return found;
  };
  // Four beacons of 256 bytes are allowed. That powers and key are not multiplied is found later.
  const later = isFirst ? 'contribution 1 to phase 2' : 'delta differs';
  add('four beacons of the largest length, and values not multiplied', later, () => several(3, 256));
  add('five beacons', 'a beacon too many', () => several(4, 1), { program: /beacon is over the limits/ });
  addOnce('the value of a beacon is changed', notOfBeacon, () => flip(file, beacon.valueAt, 1));
  addOnce('the doublings of a beacon are changed', notOfBeacon, () => flip(file, beacon.doublingsAt, 1));
  addOnce('what comes of a beacon is replaced', notOfBeacon, () => set(file, beacon.at, seven));
  addOnce('a beacon has a zero byte more', notOfBeacon,
    () => splice(set(file, beacon.lengthAt, littleEndian(4, 2)), beacon.end, beacon.end, Buffer.from([0])));
  addOnce('a beacon has 27 doublings', 'hashed too often', () => set(file, beacon.doublingsAt, [27]));
  addOnce('a beacon has 257 bytes', 'a beacon that is too long', () => set(file, beacon.lengthAt, littleEndian(257, 2)));
  addOnce('a beacon is called secret', '', () => set(file, beacon.kindAt, [0]));
  return all;
}

/** Contributions of ours, with wrong proofs. */
function forged(bench, phase) {
  const { all, add, addOnce, file } = begin(bench, phase);
  const contribution = (...change) => contributed(file, bench.circuit, phase.number, ...change);
  add('our contribution with a wrong answer', notProved(phase.names[0]), () => contribution([1n, 1n, 1n], { added: 1n }));
  addOnce('our contribution with the factor zero', 'a value is zero', () => contribution([0n, 1n, 1n]));
  addOnce('our contribution with answers that are not reduced', 'not below the order', () => contribution([1n, 1n, 1n], { added: order }));
  return all;
}
