// The contributions to a phase: docs/ceremony.md, "Contributions".

import { createHash } from 'node:crypto';
import { G1, G2, compressed, demand, hashParts, times, wideNumber } from './basics.mjs';

/** The phases: the group of the values, and the names of the factors. */
export const phases = [
  { number: 1, group: G1, names: ['tau', 'alpha', 'beta'] },
  { number: 2, group: G2, names: ['gamma', 'delta', 'kappa'] },
];

const limits = { contributions: 4096, beacons: 4, doublings: 26, bytes: 256 };

/** The challenge of a proof of knowledge, after the hash of everything before it. `next` are the three values of the contribution. */
export function challengeOf(before, name, old, next, commitment) {
  const points = [old, ...next, commitment].map(compressed);
  return wideNumber((half) => hashParts('provable-vm ceremony knowledge v1', [half], before, name, ...points));
}

/** The three factors that come of a beacon. */
export function beaconFactors(before, value, doublings) {
  let result = hashParts('provable-vm ceremony beacon v1', before, value, [doublings]);
  for (let i = 0; i < 2 ** doublings; i += 1) result = createHash('sha256').update(result).digest();
  return [0, 1, 2].map((i) => wideNumber((half) => hashParts('provable-vm ceremony factors v1', [i, half, 0], result)));
}

/** The hash after a contribution, whose parts follow the hash before it. */
export const hashAfter = (before, parts) => hashParts('provable-vm ceremony contribution v1', before, ...parts);

/**
 * Reads the contributions to a phase, which begins with the hash `start` and the three points `values`, and checks each. Gives the points and the
 * hash after the last one, and the contributions, each with its number, hash and kind.
 */
export function followChain(reader, phase, start, values) {
  const count = reader.count(4);
  demand(count <= limits.contributions, 'there are too many contributions');
  const contributions = [];
  let hash = start;
  for (let number = 1; number <= count; number += 1) {
    const where = `contribution ${number} to phase ${phase.number}`;
    const next = phase.names.map(() => reader.point(phase.group, true));
    next.forEach((point) => demand(!point.is0(), `${where}: a value is zero`));
    const kind = reader.byte();
    demand(kind <= 1, `${where}: neither secret factors nor a beacon`);
    const follow = kind === 0 ? followSecret : followBeacon;
    const parts = follow(reader, phase, hash, values, next, where);
    hash = hashAfter(hash, [...next.map(compressed), ...parts]);
    values = next;
    contributions.push({ number, hash: hash.toString('hex'), kind: kind === 0 ? 'secret' : 'beacon' });
    const beacons = contributions.filter((one) => one.kind === 'beacon').length;
    demand(beacons <= limits.beacons, `${where}: a beacon too many`);
  }
  return { values, hash, contributions };
}

function followSecret(reader, phase, before, values, next, where) {
  const parts = phase.names.map((name, i) => {
    const commitment = reader.point(phase.group, true);
    const answer = reader.number();
    const challenge = challengeOf(before, name, values[i], next, commitment);
    demand(times(values[i], answer).equals(commitment.add(times(next[i], challenge))), `${where}: the proof of knowledge of ${name} does not hold`);
    return [compressed(commitment), reader.bytes.subarray(reader.at - 32, reader.at)];
  });
  return [[0], ...parts.flat()];
}

function followBeacon(reader, phase, before, values, next, where) {
  const doublings = reader.byte();
  demand(doublings <= limits.doublings, `${where}: a beacon that is hashed too often`);
  const length = reader.count(2);
  demand(length <= limits.bytes, `${where}: a beacon that is too long`);
  const value = reader.take(length);
  beaconFactors(before, value, doublings).forEach((factor, i) =>
    demand(times(values[i], factor).equals(next[i]), `${where}: ${phase.names[i]} is not multiplied by the beacon`));
  return [[1, doublings], value];
}
