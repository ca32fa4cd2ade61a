// Spoilt keys, with all contributions as they were.

import { G1 } from '../../basics.mjs';
import { outside } from '../curves.mjs';
import { groupOf, isZero, layoutOf, placeOf, pointOf, put, set } from '../layout.mjs';
import { contributed } from '../own.mjs';

const notThis = 'the key is not that of the circuit';

export default function variants({ circuit, read }) {
  const file = read('3.ceremony');
  const { lists, phases } = layoutOf(file, circuit);
  const all = [];
  const add = (name, reason, make, more) => all.push({ name: `key: ${name}`, reason, make, ...more });

  for (const name of ['vH', 'u', 'v', 'statement', 'committed', 'rest', 'quotient']) {
    const list = lists[name];
    const { BASE } = groupOf(list);
    let i = Math.min(77, list.count - 2);
    while (isZero(file, list, i)) i += 1;
    add(`a generator moves from one base of ${name} to the next`, notThis,
      () => put(put(file, list, i, pointOf(file, list, i).add(BASE)), list, i + 1, pointOf(file, list, i + 1).subtract(BASE)));
    // All lists of a group are read by the same code.
    if (['vH', 'u', 'quotient'].includes(name)) {
      add(`a base of ${name} is outside the subgroup`, 'is invalid', () => set(file, placeOf(list, i), outside(pointOf(file, list, i))));
    }
  }
  add('a base of the committed block is zero', 'a base of the committed block is zero', () => put(file, lists.committed, 77, G1.ZERO));
  add('delta is another one', 'delta differs', () => put(file, lists.delta, 0, pointOf(file, lists.delta, 0).add(G1.BASE)));
  add('delta is outside the subgroup', 'is invalid', () => set(file, lists.delta.at, outside(pointOf(file, lists.delta, 0))));
  add('that before the last contribution', 'delta differs', () => {
    const before = read('2.ceremony');
    return Buffer.concat([file.subarray(0, phases[1].end), before.subarray(layoutOf(before, circuit).phases[1].end)]);
  });
  add('not multiplied by delta', 'delta differs', () => contributed(file, circuit, 2, [1n, -1n, 1n]));
  return all;
}
