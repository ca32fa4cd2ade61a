// Whether the bases of a key are what their definitions say: docs/ceremony.md, "A ceremony".

import { G1, G2, combine, inverse, order, pairingsCancel, power, remainder, weight } from './basics.mjs';

/** Reads the lists of a key. */
export function readKey(reader, { variables, statement, committed, size }) {
  return {
    u: reader.points(G1, variables),
    v: reader.points(G1, variables),
    vH: reader.points(G2, variables),
    statement: reader.points(G1, statement),
    committed: reader.points(G1, committed),
    rest: reader.points(G1, variables),
    quotient: reader.points(G1, size),
  };
}

/** The coefficients of the polynomial with these values at the powers of the root, whose number is a power of two. */
function interpolate(values, root) {
  const transform = (list, step) => {
    if (list.length === 1) return list;
    const half = list.length / 2;
    const square = remainder(step * step);
    const even = transform(list.filter((_, i) => i % 2 === 0), square);
    const odd = transform(list.filter((_, i) => i % 2 === 1), square);
    const result = new Array(list.length);
    for (let i = 0, twiddle = 1n; i < half; i += 1, twiddle = remainder(twiddle * step)) {
      const turned = remainder(twiddle * odd[i]);
      result[i] = remainder(even[i] + turned);
      result[i + half] = remainder(even[i] - turned);
    }
    return result;
  };
  const scale = inverse(BigInt(values.length));
  return transform(values, inverse(root)).map((value) => remainder(value * scale));
}

/** One equation for each group, in which each base has a random weight of its own. */
export function keyHolds(key, powers, [gamma, delta, kappa], circuit) {
  const { size, matrices, variables, statement, committed } = circuit;
  // 7 generates the multiplicative group of the field. s is a root of order 2n, and omega is its square.
  const s = power(7n, (order - 1n) / BigInt(2 * size));
  const omega = remainder(s * s);
  const weights = Object.fromEntries(Object.entries(key).map(([name, list]) => [name, list.map(weight)]));
  // The coefficients of Σ weightᵢ·uᵢ(X), and likewise of v and w. There is a weight for each variable.
  const polynomial = (matrix, ofVariables) => interpolate(Array.from({ length: size }, (_, row) =>
    remainder((matrix[row] ?? []).reduce((sum, [variable, factor]) => sum + ofVariables[variable] * factor, 0n))), omega);
  const [u, v, w] = matrices;
  const zeros = (count) => new Array(count).fill(0n);
  const sum = (one, other) => one.map((number, i) => number + other[i]);
  // Every σᵢ has the weight of the one base that contains it. What the trapdoors divide by is on the other side of the pairing.
  const ofSigma = [...weights.statement, ...weights.committed, ...weights.rest.slice(statement + committed)];
  if (ofSigma.length !== variables) throw new Error('a variable has no weight, or two');
  const half = inverse(2n);
  // −ℓⱼ·t/2 is t times the polynomial −ℓⱼ/2, which is given by its values at s·omegaʲ. wᵢ·t/2 is t times wᵢ/2.
  const onCoset = interpolate(weights.quotient, omega);
  const ofRest = polynomial(w, weights.rest);
  const back = inverse(s);
  const multiples = ofRest.map((number, k) => remainder(half * (number - onCoset[k] * power(back, BigInt(k)))));
  // The powers end before the product of t and this coefficient, so it is left out of all of these bases.
  multiples[size - 1] = 0n;
  // t = Xⁿ − 1
  const ofVanishing = [...multiples.map((number) => -number), ...multiples];
  const ofTau = sum(sum(polynomial(u, weights.u), polynomial(v, weights.v)), polynomial(w, ofSigma));
  const ofPowers = sum(ofVanishing, [...ofTau, ...zeros(size)]).map(remainder).slice(0, 2 * size - 1);
  const right = combine(G1, [powers.tau, ofPowers], [powers.beta, polynomial(u, ofSigma)], [powers.alpha, polynomial(v, ofSigma)]);
  const left = combine(G1, [key.u, weights.u], [key.v, weights.v]);
  const holdsInG1 = pairingsCancel(
    [left.subtract(right), G2.BASE],
    [combine(G1, [key.statement, weights.statement]), kappa],
    [combine(G1, [key.committed, weights.committed]), gamma],
    [combine(G1, [key.rest, weights.rest], [key.quotient, weights.quotient]), delta],
  );
  if (!holdsInG1) return false;
  return combine(G2, [key.vH, weights.vH]).equals(combine(G2, [powers.tauH, polynomial(v, weights.vH)]));
}
