// Contributions whose factors everybody knows, made without the command `provable`.

import { compressed, remainder, times, toLittleEndian } from '../basics.mjs';
import { beaconFactors, challengeOf, hashAfter, phases } from '../chain.mjs';
import { startOfPhase1, startOfPhase2 } from '../verify.mjs';
import { isZero, layoutOf, littleEndian, placeOf, powersOf, set, splice } from './layout.mjs';
import { coordinate, fieldOrder } from './curves.mjs';

/** The hash after the contributions to a phase, and the three points after the last one. */
function stateOf(file, layout, number) {
  const { group } = phases[number - 1];
  const size = number === 1 ? 48 : 96;
  const cutAll = (at) => [0, 1, 2].map((i) => file.subarray(at + i * size, at + (i + 1) * size));
  const points = (at) => cutAll(at).map((bytes) => group.fromBytes(bytes));
  const published = number === 1 && file[17] ? points(18) : undefined;
  let hash = number === 1 ? startOfPhase1(published)
    : startOfPhase2(file.subarray(layout.identityAt, layout.identityAt + 32), powersOf(file, layout), stateOf(file, layout, 1).hash);
  const { records } = layout.phases[number - 1];
  for (const { at, kindAt, doublingsAt, valueAt, end, proofs } of records) {
    const source = proofs ? [[0], ...proofs.flatMap((proof) => [file.subarray(proof, proof + size), file.subarray(proof + size, proof + size + 32)])]
      : [file.subarray(kindAt, doublingsAt + 1), file.subarray(valueAt, end)];
    hash = hashAfter(hash, [...cutAll(at), ...source]);
  }
  return { hash, values: records.length > 0 ? points(records.at(-1).at) : published ?? [group.BASE, group.BASE, group.BASE] };
}

function appended(file, { countAt, records, end }, record) {
  return set(splice(file, end, end, record), countAt, littleEndian(records.length + 1, 4));
}

/**
 * A contribution of these three factors to a phase. Powers and key stay as they are. `nonce` is the discrete logarithm of the commitments of the
 * proofs, and `added` is added to their answers.
 */
export function contributed(file, circuit, number, factors, { nonce = 12345n, added = 0n } = {}) {
  const layout = layoutOf(file, circuit);
  const { hash, values } = stateOf(file, layout, number);
  const next = values.map((value, i) => times(value, remainder(factors[i])));
  const proofs = phases[number - 1].names.flatMap((name, i) => {
    const commitment = times(values[i], nonce);
    const challenge = challengeOf(hash, name, values[i], next, commitment);
    return [compressed(commitment), toLittleEndian(remainder(nonce + challenge * factors[i]) + added)];
  });
  return appended(file, layout.phases[number - 1], Buffer.concat([...next.map(compressed), Buffer.from([0]), ...proofs]));
}

/** A contribution of a beacon to a phase. Powers and key stay as they are. */
export function withBeacon(file, circuit, number, value, doublings) {
  const layout = layoutOf(file, circuit);
  const { hash, values } = stateOf(file, layout, number);
  const factors = beaconFactors(hash, value, doublings);
  const next = values.map((point, i) => compressed(times(point, factors[i])));
  return appended(file, layout.phases[number - 1], Buffer.concat([...next, Buffer.from([1, doublings]), littleEndian(value.length, 2), value]));
}

/** The file with all points of lists in G1 negated. */
export function negated(file, circuit, ...names) {
  const changed = Buffer.from(file);
  const { lists } = layoutOf(file, circuit);
  for (const list of names.map((name) => lists[name])) {
    for (let i = 0; i < list.count; i += 1) {
      if (isZero(file, list, i)) continue;
      const at = placeOf(list, i) + 48;
      changed.set(coordinate(fieldOrder - BigInt(`0x${file.subarray(at, at + 48).toString('hex')}`)), at);
    }
  }
  return changed;
}
