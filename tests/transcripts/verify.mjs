// A second verifier of ceremonies. It is written from docs/ceremony.md and docs/proof-system.md alone, and shares no code with the
// command `provable`.
//
//     npm ci
//     provable export r1cs TIER CIRCUIT.r1cs
//     node verify.mjs FILE.ceremony CIRCUIT.r1cs
//
// CIRCUIT.names.json, which the export writes beside CIRCUIT.r1cs, has the circuit's identity. Printed are a line for each contribution, and `valid`
// and who could make false proofs, or `refused` and the reason. The exit status is 0 if the transcript is valid and not everybody could make false
// proofs, and 1 otherwise. The smallest tier takes one to two minutes.

import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { G1, G2, Refused, combine, compressed, demand, equalRatios, hashParts, weight } from './basics.mjs';
import { followChain, phases } from './chain.mjs';
import { readCircuit } from './circuit.mjs';
import { keyHolds, readKey } from './key.mjs';
import { Reader } from './reader.mjs';

/** What phase 1 begins with: the points of published powers, or nothing. */
export function startOfPhase1(published) {
  if (!published) return hashParts('provable-vm ceremony powers v1');
  return hashParts('provable-vm ceremony imported powers v1', ...published.map(compressed));
}

const digestOf = (lists) => hashParts('provable-vm ceremony powers digest v1', ...lists);

/** What phase 2 begins with. `lists` are the encodings of the five lists of powers, and `hash` is the last one of phase 1. */
export const startOfPhase2 = (identity, lists, hash) => hashParts('provable-vm ceremony start v1', identity, digestOf(lists), hash);

/** The name under which powers are remembered that are consistent, and those of the last contribution. */
export const nameOfPowers = (lists, last) => [digestOf(lists), ...last.map(compressed)].map((bytes) => bytes.toString('hex')).join();

function readPowers(reader, size) {
  const powers = {
    tau: reader.points(G1, 2 * size - 1),
    tauH: reader.points(G2, size),
    alpha: reader.points(G1, size),
    beta: reader.points(G1, size),
  };
  const betaH = reader.points(G2, 1);
  const lists = [powers.tau, powers.tauH, powers.alpha, powers.beta, betaH].map((list) => list.bytes);
  return { ...powers, betaH: betaH[0], lists };
}

function checkPowers({ tau, tauH, alpha, beta, betaH }, size, last) {
  [tau[1], alpha[0], beta[0]].forEach((point, i) => {
    const name = phases[0].names[i];
    demand(point.equals(last[i]), `${name} of the powers is not that of the last contribution`);
    demand(!point.is0(), `${name} of the powers is zero`);
  });
  demand(tau[0].equals(G1.BASE), 'the powers in G1 do not begin with the generator');
  demand(tauH[0].equals(G2.BASE), 'the powers in G2 do not begin with the generator');
  // At a point of the domain or of the coset almost all bases would be zero. There τⁿ is 1 or −1.
  demand(!tau[size].equals(G1.BASE), 'tau is a point of the domain');
  demand(!tau[size].equals(G1.BASE.negate()), 'tau is a point of the coset');
  const known = [G1.BASE, tau[1], alpha[0], beta[0]];
  const isRelated = (point, other) => point.equals(other) || point.equals(other.negate());
  demand(!known.some((point, i) => known.slice(0, i).some((other) => isRelated(point, other))),
    'two of tau, alpha, beta and 1 are equal or opposite');
  demand(equalRatios(beta[0], G1.BASE, G2.BASE, betaH), 'beta differs between the groups');
  for (const [name, list] of Object.entries({ tau, alpha, beta })) {
    const weights = list.slice(1).map(weight);
    demand(equalRatios(combine(G1, [list, weights]), combine(G1, [list.slice(1), weights]), tauH[1], G2.BASE),
      `a value of the list of ${name} in G1 is not tau times the one before it`);
  }
  const weights = tauH.slice(1).map(weight);
  demand(equalRatios(tau[1], G1.BASE, combine(G2, [tauH, weights]), combine(G2, [tauH.slice(1), weights])),
    'a value of the list of tau in G2 is not tau times the one before it');
}

/**
 * Checks a whole transcript; throws `Refused` if it is not valid. Gives whether phase 1 goes on with published powers, and the contributions to each
 * phase. `known` is for whoever checks many files that differ little: a map that remembers points and powers that were found right.
 */
export function verify(bytes, circuit, known) {
  const reader = new Reader(bytes, known);
  const { size } = circuit;
  demand(reader.take(16).toString('latin1') === 'provable ceremo1', 'not a ceremony');
  demand(reader.byte() === circuit.bits, 'the powers are for another domain');
  const goesOn = reader.byte();
  demand(goesOn <= 1, 'phase 1 neither begins here nor goes on');
  const published = goesOn === 1 ? phases[0].names.map(() => reader.point(G1, true)) : undefined;
  const phase1 = followChain(reader, phases[0], startOfPhase1(published), published ?? [G1.BASE, G1.BASE, G1.BASE]);
  const powers = readPowers(reader, size);
  const identity = reader.take(32);
  demand(identity.equals(circuit.identity), 'another circuit');
  const start = startOfPhase2(identity, powers.lists, phase1.hash);
  const phase2 = followChain(reader, phases[1], start, [G2.BASE, G2.BASE, G2.BASE]);

  const name = known && nameOfPowers(powers.lists, phase1.values);
  if (!known?.has(name)) checkPowers(powers, size, phase1.values);
  known?.set(name, true);

  const key = readKey(reader, circuit);
  const delta = reader.point(G1, false);
  demand(reader.at === bytes.length, 'something follows the key');
  demand(equalRatios(delta, G1.BASE, G2.BASE, phase2.values[1]), 'delta differs between the groups');
  // A commitment would not hide the variable of such a base.
  demand(!key.committed.some((point) => point.is0()), 'a base of the committed block is zero');
  demand(keyHolds(key, powers, phase2.values, circuit), 'the key is not that of the circuit over these powers');
  return { goesOn: goesOn === 1, phase1: phase1.contributions, phase2: phase2.contributions };
}

/** Who could make false proofs. Beacons are public, so they do not count. */
function forgers({ goesOn, phase1, phase2 }) {
  const secrets = (contributions) => contributions.filter((one) => one.kind === 'secret').length;
  const [first, second] = [secrets(phase1), secrets(phase2)];
  // Whoever imports powers can choose them, so these alone do not do.
  if (second === 0 || first === 0) return undefined;
  const makers = goesOn ? 'whoever chose the published powers and ' : '';
  return `${makers}the ${first} secret contributors to phase 1 together, or the ${second} secret contributors to phase 2 together`;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [file, circuit] = process.argv.slice(2);
  if (!circuit) {
    console.error('usage: node verify.mjs FILE.ceremony CIRCUIT.r1cs');
    process.exit(2);
  }
  process.exitCode = 1;
  try {
    const found = verify(readFileSync(file), readCircuit(circuit));
    for (const [phase, contributions] of [[1, found.phase1], [2, found.phase2]]) {
      for (const { number, hash, kind } of contributions) console.log(`phase ${phase}, contribution ${number}: ${hash} ${kind}`);
    }
    const makers = forgers(found);
    console.log(`valid; false proofs could be made by ${makers ?? 'everybody'}`);
    if (makers) process.exitCode = 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.log(`refused: ${error.message}`);
  }
}
