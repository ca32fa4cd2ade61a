// Numbers modulo the order of the groups, hashes and points of BLS12-381. There is no rule of a ceremony in this file.

import { createHash, randomBytes } from 'node:crypto';
import { bls12_381 } from '@noble/curves/bls12-381.js';

export const G1 = bls12_381.G1.Point;
export const G2 = bls12_381.G2.Point;
export const order = bls12_381.fields.Fr.ORDER;
const Fp12 = bls12_381.fields.Fp12;

/** Why a transcript is not valid. */
export class Refused extends Error {}

/** Refuses the transcript unless the condition holds. */
export function demand(condition, reason) {
  if (!condition) throw new Refused(reason);
}

export function fromLittleEndian(bytes) {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex') || '0'}`);
}

/** 32 bytes. */
export function toLittleEndian(number) {
  return Buffer.from(number.toString(16).padStart(64, '0'), 'hex').reverse();
}

export function remainder(number) {
  const rest = number % order;
  return rest < 0n ? rest + order : rest;
}

export function power(base, exponent) {
  let result = 1n;
  for (let square = remainder(base); exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = remainder(result * square);
    square = remainder(square * square);
  }
  return result;
}

export const inverse = (number) => power(number, order - 2n);

/** SHA-256 of parts, each preceded by its length in 8 bytes. The first part is a tag. */
export function hashParts(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = Buffer.from(part);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(bytes.length));
    hash.update(length).update(bytes);
  }
  return hash.digest();
}

/** 512 bits, reduced modulo the order: the hash of half 0 is the lower half. */
export function wideNumber(hashOfHalf) {
  return remainder(fromLittleEndian(Buffer.concat([hashOfHalf(0), hashOfHalf(1)])));
}

/** A random weight of 128 bits. */
export const weight = () => fromLittleEndian(randomBytes(16));

export const compressed = (point) => Buffer.from(point.toBytes(true));

/** A multiple. The factor is not negative and below the order, and may be zero. */
export function times(point, factor) {
  return factor === 0n || point.is0() ? point.constructor.ZERO : point.multiplyUnsafe(factor);
}

/** Whether the product of the pairings is one. A pair with a zero point contributes nothing, and the library refuses it. */
export function pairingsCancel(...pairs) {
  const rest = pairs.filter(([g1, g2]) => !g1.is0() && !g2.is0()).map(([g1, g2]) => ({ g1, g2 }));
  return Fp12.eql(bls12_381.pairingBatch(rest), Fp12.ONE);
}

/** Whether e(a1, a2) = e(b1, b2). */
export const equalRatios = (a1, b1, a2, b2) => pairingsCancel([a1, a2], [b1.negate(), b2]);

/** The bits of a window of `combine`. */
const window = 10;

/**
 * Σ scalarᵢ·pointᵢ, over any number of pairs of a list of points and a list of scalars, which may be shorter. By Pippenger's
 * buckets: the library's function takes twice as long, since it goes through 255 bits of weights that have 128.
 */
export function combine(group, ...terms) {
  const pairs = terms.flatMap(([points, scalars]) => {
    if (scalars.length > points.length) throw new Error('there are more scalars than points');
    return scalars.map((scalar, i) => [scalar, points[i]]).filter(([scalar, point]) => scalar !== 0n && !point.is0());
  });
  const bits = pairs.reduce((most, [scalar]) => Math.max(most, scalar.toString(2).length), 0);
  let result = group.ZERO;
  for (let at = Math.ceil(bits / window) - 1; at >= 0; at -= 1) {
    for (let i = 0; i < window; i += 1) result = result.double();
    const buckets = new Array(2 ** window);
    for (const [scalar, point] of pairs) {
      const digit = Number(BigInt.asUintN(window, scalar >> BigInt(at * window)));
      if (digit > 0) buckets[digit] = buckets[digit]?.add(point) ?? point;
    }
    // Σ digit·bucket is the sum of the sums of the last buckets.
    let last = group.ZERO;
    for (let digit = buckets.length - 1; digit > 0; digit -= 1) {
      if (buckets[digit]) last = last.add(buckets[digit]);
      result = result.add(last);
    }
  }
  return result;
}
