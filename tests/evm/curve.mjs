// BLS12-381 by another library than the command's: numbers modulo r, points, and their encodings.

import { bls12_381 as bls } from '@noble/curves/bls12-381.js';
import { createHash, randomBytes } from 'node:crypto';

export const G1 = bls.G1.Point;
export const G2 = bls.G2.Point;
export const r = bls.fields.Fr.ORDER;
export const p = bls.fields.Fp.ORDER;

export const mod = (value) => ((value % r) + r) % r;
export const inverse = (value) => bls.fields.Fr.inv(mod(value));
export const random = () => (BigInt(`0x${randomBytes(64).toString('hex')}`) % (r - 1n)) + 1n;
export const times = (point, scalar) => (mod(scalar) === 0n ? point.multiplyUnsafe(0n) : point.multiplyUnsafe(mod(scalar)));

export const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
export const hex = (bytes) => Buffer.from(bytes).toString('hex');
export const bytes = (digits) => Buffer.from(digits, 'hex');

/** A number in as many hexadecimal digits. */
export const digits = (value, length) => value.toString(16).padStart(length, '0');

/** A point of G1 as EIP-2537 encodes it, from coordinates that need not be those of a point. */
export const g1Coordinates = (x, y) => digits(x, 128) + digits(y, 128);
export const g2Coordinates = (x0, x1, y0, y1) => [x0, x1, y0, y1].map((value) => digits(value, 128)).join('');

export function g1(point) {
  if (point.is0()) return '0'.repeat(256);
  const { x, y } = point.toAffine();
  return g1Coordinates(x, y);
}

export function g2(point) {
  if (point.is0()) return '0'.repeat(512);
  const { x, y } = point.toAffine();
  return g2Coordinates(x.c0, x.c1, y.c0, y.c1);
}

/** A point of G1's curve outside the subgroup. */
export function outsideG1() {
  const { Fp } = bls.fields;
  for (let x = 1n; ; x++) {
    let y;
    try {
      y = Fp.sqrt(Fp.add(Fp.mul(Fp.sqr(x), x), 4n));
    } catch {
      continue;
    }
    if (!G1.fromAffine({ x, y }).isTorsionFree()) return [x, y];
  }
}

/** A point of G2's curve outside the subgroup. */
export function outsideG2() {
  const { Fp2 } = bls.fields;
  const four = Fp2.fromBigTuple([4n, 4n]);
  for (let c = 1n; ; c++) {
    const x = Fp2.fromBigTuple([c, 0n]);
    let y;
    try {
      y = Fp2.sqrt(Fp2.add(Fp2.mul(Fp2.sqr(x), x), four));
    } catch {
      continue;
    }
    if (!G2.fromAffine({ x, y }).isTorsionFree()) return [x.c0, x.c1, y.c0, y.c1];
  }
}
