// Points that no library makes: outside the subgroups of prime order, or in encodings that are not the only one.

import { bls12_381 } from '@noble/curves/bls12-381.js';
import { G1, G2, order } from '../basics.mjs';

const { Fp, Fp2 } = bls12_381.fields;

/** The order of the field of the coordinates. */
export const fieldOrder = Fp.ORDER;

/** A coordinate in 48 bytes. */
export const coordinate = (number) => Buffer.from(number.toString(16).padStart(96, '0'), 'hex');

/** Of order 3. */
const outsideG1 = G1.fromAffine({ x: 0n, y: 2n });

/** Of an order that divides the cofactor of G2: a point of the curve times the order of the subgroup. */
const outsideG2 = (() => {
  for (let k = 1n; ; k += 1n) {
    const x = Fp2.fromBigTuple([k, 1n]);
    let y;
    try {
      y = Fp2.sqrt(Fp2.add(Fp2.pow(x, 3n), Fp2.fromBigTuple([4n, 4n])));
    } catch {
      continue;
    }
    const point = G2.fromAffine({ x, y });
    // The library's own multiplication takes factors below the order.
    let multiple = G2.ZERO;
    for (const bit of order.toString(2)) {
      multiple = multiple.double();
      if (bit === '1') multiple = multiple.add(point);
    }
    return multiple;
  }
})();

/** The encoding of the sum of a point and one of an order that is prime to the subgroup's. */
export function outside(point, isCompressed = false) {
  const { x, y } = point.add(point.constructor === G1 ? outsideG1 : outsideG2).toAffine();
  const [xs, ys] = point.constructor === G1 ? [[x], [y]] : [[x.c1, x.c0], [y.c1, y.c0]];
  if (!isCompressed) return Buffer.concat([...xs, ...ys].map(coordinate));
  const bytes = Buffer.concat(xs.map(coordinate));
  const isLarger = ys.find((number) => number !== 0n) * 2n > Fp.ORDER;
  bytes[0] |= 0x80 | (isLarger ? 0x20 : 0);
  return bytes;
}
