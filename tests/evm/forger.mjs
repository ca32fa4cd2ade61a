// A key whose trapdoors are known, and proofs under it: of any statement, without a prover, as long as the verifier
// computes the statement as this file does, which is written from docs/proof-system.md. The command and the contracts accept
// these proofs exactly if all three agree on the statement.

import { readFileSync } from 'node:fs';
import { G1, G2, bytes, digits, g1, g2, hex, inverse, mod, random, sha256, times } from './curve.mjs';

const root = new URL('../../', import.meta.url);

const number64 = (value) => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer;
};
const framed = (part) => Buffer.concat([number64(part.length), part]);
const words = (tape) => {
  const buffer = Buffer.alloc(4 * tape.length);
  tape.forEach((word, index) => buffer.writeUInt32LE(word, 4 * index));
  return buffer;
};

/** The tiers of this version, by name. */
export function tiers() {
  const text = readFileSync(new URL('core/src/circuit/tier.rs', root), 'utf8');
  const lines = text.matchAll(/tier\((Plain|Wide|Sha256), (\d+), "([^"]+)", (\d+), (\d+), "(\w{64})"\)/g);
  return new Map([...lines].map(([, shape, , name, rows, range, circuit]) => [name, { name, shape, rows: +rows, range: +range, circuit }]));
}

/** The ten numbers of a tier's capacities, as a key's file has them. */
export function capacities({ shape, rows, range }) {
  const fractions = { Plain: [8, 8, 64, 128, 16, 32, 6], Wide: [4, 16, 32, 128, 6, 4, 8], Sha256: [4, 8, 64, 128, 32, 64, 12] }[shape];
  const least = [rows < 64 ? 64 : 128, shape === 'Sha256' ? 64 : 16, 32, 8, 12, 12, 12];
  const [program, heap, stack, calls, arithmetic, bitwise, compare] = fractions.map((part, i) => Math.max(least[i], Math.floor(rows / part)));
  const sha = shape === 'Sha256' ? Math.max(1, Math.floor(rows / 48)) : 0;
  return [rows, program, range, heap, stack, calls, arithmetic, bitwise, compare, sha];
}

/** A verifying key for a tier, with its trapdoors. */
export function makeKey(tier) {
  const secret = { alpha: random(), beta: random(), gamma: random(), delta: random(), kappa: random(), statement: Array.from({ length: 6 }, random) };
  const numbers = capacities(tier);
  const header = Buffer.alloc(40);
  numbers.forEach((number, index) => header.writeUInt32LE(number, 4 * index));
  const of1 = (scalar) => bytes(times(G1.BASE, scalar).toHex(true));
  const of2 = (scalar) => bytes(times(G2.BASE, scalar).toHex(true));
  const { alpha, beta, gamma, delta, kappa, statement } = secret;
  const file = Buffer.concat([
    Buffer.from('provable-vm vk 2'),
    header,
    bytes(tier.circuit),
    Buffer.alloc(32, 7),
    of1(alpha),
    ...[beta, gamma, delta, kappa].map(of2),
    ...statement.map(of1),
  ]);
  const digest = sha256(framed(Buffer.from('provable-vm verifying key v1')), framed(Buffer.from('BLS12-381')), framed(file));
  return { file, digest, secret, tier, rows: numbers[0], program: numbers[1] };
}

/** The challenges γ, β and ρ. */
export function challenges({ circuit, key, program }, input, output, d) {
  const tag = Buffer.from('provable-vm challenges v1');
  const parts = [tag, circuit, key, program].map(framed);
  const tapes = [input, output].flatMap((tape) => [number64(tape.length), words(tape)]);
  const seed = sha256(...parts, ...tapes, framed(bytes(d.toHex(true))));
  const draw = (index) => {
    const halves = [0, 1].map((half) => sha256(tag, seed, Buffer.from([index, half])));
    return mod(BigInt(`0x${hex(Buffer.concat(halves).reverse())}`));
  };
  return [0, 1, 2].map(draw);
}

const EMPTY = 1n << 20n;
const SET = 1n << 32n;
const space = (number) => BigInt(number) << 24n;

/** Σ ρ^j (bits_j + β·operand_j) over the whole table. */
export function evaluation(entries, capacity, beta, rho) {
  let sum = 0n;
  for (let j = capacity - 1; j >= 0; j--) {
    const [bits, operand] = entries[j] ?? [EMPTY, 0n];
    sum = mod(sum * rho + bits + beta * operand);
  }
  return sum;
}

/** The cells of the verifier's own: the differences to γ of those that are put, and of those that are taken. */
function cells(data, input, output, gamma, beta) {
  const difference = (packed, address, word) => mod(gamma - packed - beta * (BigInt(word) + beta * BigInt(address)));
  const tape = (at, list) => list.map((word, index) => difference(space(at) + SET, index, word));
  return {
    put: [...tape(3, input), ...data.map(([at, word]) => difference(space(5) + SET, at, word))],
    taken: [...tape(4, output), ...data.map(([at]) => difference(space(5), at, 0))],
  };
}

/** The statement's five numbers, and the inverse that the contract is given. */
export function statement(key, program, input, output, d) {
  const drawn = challenges({ circuit: bytes(key.tier.circuit), key: key.digest, program: program.digest }, input, output, d);
  const [gamma, beta, rho] = drawn;
  const { put, taken } = cells(program.data, input, output, gamma, beta);
  const sum = (list) => list.reduce((total, one) => mod(total + inverse(one)), 0n);
  const denominator = [...put, ...taken].reduce((product, one) => mod(product * mod(-one)), 1n);
  return {
    numbers: [...drawn, evaluation(program.entries, key.program, beta, rho), mod(sum(put) - sum(taken))],
    inverse: inverse(denominator),
  };
}

/** A proof of any statement, by the trapdoors. `wrong` is added to the equation's exponent. */
export function forge(key, program, input, output, { wrong = 0n } = {}) {
  const { alpha, beta, gamma, delta, kappa, statement: bases } = key.secret;
  const [a, b, d] = [random(), random(), random()];
  const point = times(G1.BASE, d);
  const { numbers, inverse: hint } = statement(key, program, input, output, point);
  const sum = [1n, ...numbers].reduce((total, number, index) => mod(total + number * bases[index]), 0n);
  const c = mod((a * b - alpha * beta - kappa * sum - gamma * d + wrong) * inverse(delta));
  return { key, program, input, output, a: times(G1.BASE, a), b: times(G2.BASE, b), c: times(G1.BASE, c), d: point, inverse: hint, numbers };
}

/** The proof as the command reads it. */
export function proofFile({ key, program, input, output, a, b, c, d }) {
  const commitment = sha256(framed(Buffer.from('provable-vm trace commitment v1')), framed(key.digest), framed(bytes(d.toHex(true))));
  return JSON.stringify({
    version: 1,
    circuit_id: key.tier.circuit,
    verifying_key_digest: hex(key.digest),
    program_digest: hex(program.digest),
    public_input: input,
    public_output: output,
    trace_commitment: hex(commitment),
    a: a.toHex(true),
    b: b.toHex(true),
    c: c.toHex(true),
    d: d.toHex(true),
  });
}

/** What `verify` takes as the proof, but for an opening. */
export const proofBytes = ({ a, b, c, d, inverse: hint }) => g1(a) + g2(b) + g1(c) + g1(d) + digits(hint, 64);

/** A tape as `verify` takes it. */
export const tapeBytes = (tape) => tape.map((word) => digits(BigInt(word), 8)).join('');
