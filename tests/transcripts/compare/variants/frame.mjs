// The file as a whole, encodings of points, and phase 1 that goes on with published powers.

import { G1, compressed, times } from '../../basics.mjs';
import { coordinate, fieldOrder } from '../curves.mjs';
import { flip, layoutOf, littleEndian, placeOf, set, splice, wholeOf } from '../layout.mjs';
import { contributed, negated } from '../own.mjs';

export default function variants(bench) {
  return [...whole(bench), ...headers(bench), ...encodings(bench), ...imported(bench)];
}

function collection(part) {
  const all = [];
  const add = (name, reason, make, more) => all.push({ name: `${part}: ${name}`, reason, make, ...more });
  return { all, add };
}

function whole({ circuit, read }) {
  const { all, add } = collection('file');
  const file = read('3.ceremony');
  const { identityAt } = layoutOf(file, circuit);
  add('untouched', undefined, () => file);
  add('nobody has contributed to phase 2', undefined, () => read('0.ceremony'), { isForgeable: true });
  add('empty', 'too short', () => Buffer.alloc(0));
  add('the last byte is missing', 'too short', () => file.subarray(0, -1));
  add('a byte follows', 'something follows', () => Buffer.concat([file, Buffer.from([0])]));
  add('no circuit', 'another circuit', () => flip(file, identityAt, 1));
  add('another circuit', 'another circuit', () => set(file, identityAt, Buffer.from(JSON.parse(read('other.names.json')).circuit, 'hex')));
  return all;
}

function headers({ read }) {
  const { all, add } = collection('header');
  const file = read('3.ceremony');
  add('another version', 'not a ceremony', () => set(file, 15, Buffer.from('2')));
  add('the tag of powers', 'not a ceremony', () => set(file, 0, Buffer.from('provable powers1')));
  for (const bits of [0, file[16] - 1, file[16] + 1, 255]) {
    add(`the domain has 2^${bits} points`, 'another domain', () => set(file, 16, [bits]));
  }
  add('an origin that does not exist', 'neither begins here nor goes on', () => set(file, 17, [2]));
  add('it goes on with nothing', '', () => set(file, 17, [1]));
  const generators = new Array(3).fill(compressed(G1.BASE));
  add('it goes on with generators', 'the proof of knowledge of tau', () => splice(set(file, 17, [1]), 18, 18, ...generators));
  return all;
}

/** Of uncompressed points: those of compressed ones are in the contributions. */
function encodings({ circuit, read }) {
  const { all, add } = collection('encoding');
  const file = read('3.ceremony');
  const { tau } = layoutOf(file, circuit).lists;
  const at = placeOf(tau, 3);
  const zero = (first, last = 0) => set(file, at, [first, ...new Array(94).fill(0), last]);
  const invalid = (name, make) => add(name, 'is invalid', make);
  invalid('zero with another byte', () => zero(0x40, 1));
  invalid('zero without its flag', () => zero(0));
  invalid('zero, called compressed', () => zero(0xc0));
  invalid('zero with a sign', () => zero(0x60));
  invalid('a sign', () => flip(file, at, 0x20));
  invalid('called compressed', () => flip(file, at, 0x80));
  invalid('called zero', () => flip(file, at, 0x40));
  invalid('off the curve', () => flip(file, at + 95, 1));
  for (const [i, name] of ['x', 'y'].entries()) {
    // A fifth of all coordinates are so small that the sum has no more bits.
    invalid(`${name} is not reduced`, () => {
      for (let place = tau.at + 48 * i; ; place += 96) {
        const sum = BigInt(`0x${file.subarray(place, place + 48).toString('hex')}`) + fieldOrder;
        if (sum < 1n << 381n) return set(file, place, coordinate(sum));
      }
    });
  }
  const [, second] = layoutOf(file, circuit).phases[0].records;
  invalid('a compressed point without its flag', () => flip(file, second.at, 0x80));
  return all;
}

function imported({ circuit, read }) {
  const { all, add } = collection('published powers');
  const begun = read('0.ceremony');
  const { identityAt, lists } = layoutOf(begun, circuit);
  // The key is that of a ceremony of our own with the same powers.
  const alone = Buffer.concat([begun.subarray(0, 16), read('imported.powers').subarray(16), begun.subarray(identityAt)]);
  const file = contributed(alone, circuit, 1, [1n, 1n, 1n]);
  const [first] = layoutOf(file, circuit).phases;
  // Nothing forbids commitments that are zero, so nothing may refuse them.
  add('with a contribution of ours to each phase', undefined, () => contributed(
    negated(file, circuit, 'statement', 'committed', 'rest', 'quotient', 'delta'), circuit, 2, [-1n, -1n, -1n], { nonce: 0n }), { isOurs: true });
  add('a published value is replaced', 'the proof of knowledge of tau', () => set(file, 18, compressed(times(G1.BASE, 9n))));
  add('called own ones', '', () => set(file, 17, [0]));
  add('called own ones, and cut out', 'the proof of knowledge of tau', () => splice(set(file, 17, [0]), 18, 18 + 144));
  add('the contribution to phase 1 is left out', 'contribution 1 to phase 2: the proof of knowledge of gamma',
    () => splice(set(contributed(file, circuit, 2, [1n, 1n, 1n]), first.countAt, littleEndian(0, 4)), first.records[0].at, first.end));
  add('alpha and beta are exchanged', 'alpha of the powers is not that of the last',
    () => set(set(alone, 66, alone.subarray(114, 162)), 114, alone.subarray(66, 114)));
  add('alpha and beta are exchanged, the lists too', 'beta differs', () => {
    const places = layoutOf(alone, circuit).lists;
    const headed = set(set(alone, 66, alone.subarray(114, 162)), 114, alone.subarray(66, 114));
    return set(set(headed, places.alpha.at, wholeOf(begun, lists.beta)), places.beta.at, wholeOf(begun, lists.alpha));
  });
  return all;
}
