// Spoilt powers, and such that no key can be made of. Contributions to phase 2 are bound to the powers by their hash, so most of these have none:
// otherwise only the chain would be tested.

import { normalizeZ } from '@noble/curves/abstract/curve.js';
import { G1, G2, compressed, order, power, times } from '../../basics.mjs';
import { groupOf, layoutOf, littleEndian, placeOf, pointOf, powersOf, put, set, splice, wholeOf } from '../layout.mjs';
import { outside } from '../curves.mjs';

export default function variants({ circuit, read }) {
  const file = read('0.ceremony');
  const layout = layoutOf(file, circuit);
  const { lists } = layout;
  const generator = (list) => groupOf(list).BASE;
  const all = [];
  const add = (name, reason, make, more) => all.push({ name: `powers: ${name}`, reason, make, ...more });

  for (const name of ['tau', 'tauH', 'alpha', 'beta']) {
    const list = lists[name];
    const reason = `a value of the list of ${list === lists.tauH ? 'tau in G2' : `${name} in G1`} is not tau times the one before it`;
    const [i, end] = [77, list.count - 1];
    const added = (at) => put(file, list, at, pointOf(file, list, at).add(generator(list)));
    add(`a generator is added to the last value of ${name}`, reason, () => added(end));
    // The weights are drawn by the same code for all lists of a group.
    if (name.startsWith('tau')) {
      add(`a generator moves from one value of ${name} to the next`, reason,
        () => put(added(i), list, i + 1, pointOf(file, list, i + 1).subtract(generator(list))));
    }
    add(`a value of ${name} is outside the subgroup`, 'is invalid', () => set(file, placeOf(list, i), outside(pointOf(file, list, i))));
  }
  for (const [name, group] of [['tau', 'G1'], ['tauH', 'G2']]) {
    add(`the first value of ${name} is no generator`, `the powers in ${group} do not begin`,
      () => put(file, lists[name], 0, times(generator(lists[name]), 5n)));
  }
  for (const [name, i] of [['tau', 1], ['alpha', 0], ['beta', 0]]) {
    add(`${name} is another one`, `${name} of the powers is not that of the last`, () => put(file, lists[name], i, times(G1.BASE, 5n)));
  }
  add('beta in G2 is another one', 'beta differs', () => put(file, lists.betaH, 0, pointOf(file, lists.betaH, 0).add(G2.BASE)));
  add('beta in G2 is outside the subgroup', 'is invalid', () => set(file, lists.betaH.at, outside(pointOf(file, lists.betaH, 0))));
  add('the lists of alpha and beta are exchanged', 'alpha of the powers is not that of the last',
    () => set(set(file, lists.alpha.at, wholeOf(file, lists.beta)), lists.beta.at, wholeOf(file, lists.alpha)));
  add('they are those before the last contribution', 'tau of the powers is not that of the last',
    () => set(file, lists.tau.at, read('2.powers').subarray(lists.tau.at - layout.identityAt)));
  add('they and their contributions are those of another ceremony', 'contribution 1 to phase 2: the proof of knowledge of gamma', () => {
    const spoilt = read('3.ceremony');
    return splice(spoilt, 16, layoutOf(spoilt, circuit).identityAt, read('2.powers').subarray(16));
  });

  /** A ceremony of published powers without contributions. The key is none of these powers. */
  const published = (listed, [tau, alpha, beta]) => Buffer.concat([
    file.subarray(0, 17), Buffer.from([1]), ...[tau, alpha, beta].map(compressed), littleEndian(0, 4), ...listed, file.subarray(layout.identityAt),
  ]);
  const ones = () => powersOf(file, layout).map((_, i) => {
    const list = Object.values(lists)[i];
    return Buffer.concat(new Array(list.count).fill(generator(list).toBytes(false)));
  });
  add('tau is one, as before any contribution', 'tau is a point of the domain',
    () => published(ones(), [G1.BASE, G1.BASE, G1.BASE]), { program: /a point of the domain/ });
  add('alpha is zero', 'alpha of the powers is zero', () => {
    const listed = ones();
    listed[2] = Buffer.concat(new Array(lists.alpha.count).fill(G1.ZERO.toBytes(false)));
    return published(listed, [G1.BASE, G1.ZERO, G1.BASE]);
  }, { program: /is zero/ });
  // Whoever imports powers can do that without knowing any of the numbers.
  add('the list of tau is that of alpha too', 'are equal or opposite', () => {
    const listed = powersOf(file, layout);
    listed[2] = listed[0].subarray(0, listed[2].length);
    return published(listed, [pointOf(file, lists.tau, 1), G1.BASE, pointOf(file, lists.beta, 0)]);
  }, { program: /equal or opposite/ });
  add('tau is a point of the coset', 'tau is a point of the coset', () => {
    const n = circuit.size;
    // Its n-th power is −1. So the powers after the n-th are the negated ones, and α = τ and β = τ² need no others.
    const root = power(7n, (order - 1n) / BigInt(2 * n));
    const multiples = (group) => {
      const first = [group.BASE];
      for (let factor = root; first.length < n; factor = (factor * root) % order) first.push(group.BASE.multiplyUnsafe(factor));
      const affine = normalizeZ(group, first);
      return [...affine, ...affine.map((point) => point.negate())];
    };
    const [g, h] = [multiples(G1), multiples(G2)];
    const encoded = [[g, 0], [h, 0], [g, 1], [g, 2], [h, 2]].map(([points, from], i) =>
      Buffer.concat(points.slice(from, from + Object.values(lists)[i].count).map((point) => point.toBytes(false))));
    return published(encoded, [g[1], g[1], g[2]]);
  }, { isOurs: true, program: /a point of the coset/ });
  return all;
}
