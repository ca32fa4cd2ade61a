// Calldata that is close to that of a valid proof, and that no contract may accept.

import { encode, SELECTOR } from './contract.mjs';
import { digits, g1, g1Coordinates, g2, g2Coordinates, G1, G2, outsideG1, outsideG2, p, r } from './curve.mjs';

const POINTS = { A: [0, 128], B: [128, 256], C: [384, 128], D: [512, 128] };
const INVERSE = 640;
const EVALUATION = 672;
const OPENING = 704;

const splice = (text, at, part) => text.slice(0, 2 * at) + part + text.slice(2 * at + part.length);
const part = (text, [at, length]) => text.slice(2 * at, 2 * (at + length));

/** Each word of the calldata, changed in each of several ways, and the selector. */
export function* words(calldata) {
  const body = calldata.slice(8);
  const most = (1n << 256n) - 1n;
  for (let at = 0; at < body.length; at += 64) {
    const word = BigInt(`0x${body.slice(at, at + 64)}`);
    const changes = { zero: 0n, ones: most, plus: (word + 1n) & most, minus: (word - 1n) & most, top: word ^ (1n << 255n), byte: word ^ (1n << 128n), doubled: (2n * word) & most };
    for (const [name, value] of Object.entries(changes)) {
      if (value !== word) yield [`word ${at / 64} ${name}`, SELECTOR + body.slice(0, at) + digits(value, 64) + body.slice(at + 64)];
    }
  }
}

/** Each byte of the calldata, with one bit changed. */
export function* bits(calldata) {
  for (let at = 8; at < calldata.length; at += 2) {
    const byte = parseInt(calldata.slice(at, at + 2), 16) ^ (1 << ((at / 2) % 8));
    yield [`byte ${at / 2}`, calldata.slice(0, at) + digits(BigInt(byte), 2) + calldata.slice(at + 2)];
  }
}

/** Each point replaced: by the identity, its negative, another one, and by what is no point of the group. */
export function* points(proof, input, output) {
  const call = (changed) => encode([changed, input, output]);
  const coordinates = (name) => part(proof, POINTS[name]).match(/.{128}/g).map((text) => BigInt(`0x${text}`));
  const others = { A: G1.BASE, B: G2.BASE, C: G1.BASE.multiply(77n), D: G1.BASE.multiply(78n) };
  for (const [name, [at, length]] of Object.entries(POINTS)) {
    const own = coordinates(name);
    const shown = length === 128 ? (all) => g1Coordinates(...all) : (all) => g2Coordinates(...all);
    const half = own.length / 2;
    const encoded = (point) => (length === 128 ? g1(point) : g2(point));
    const replaced = {
      'the identity': '0'.repeat(2 * length),
      'its negative': shown(own.map((value, index) => (index < half ? value : (p - value) % p))),
      'another point': encoded(others[name]),
      'its double': encoded((length === 128 ? G1.fromAffine({ x: own[0], y: own[1] }) : others[name]).double()),
      'a point off the curve': shown(own.map((value, index) => (index === 0 ? (value + 1n) % p : value))),
      'a point outside the group': shown(length === 128 ? outsideG1() : outsideG2()),
      'the compressed identity': 'c0'.padEnd(2 * length, '0'),
    };
    for (let index = 0; index < own.length; index++) {
      replaced[`coordinate ${index} plus p`] = shown(own.map((value, one) => (one === index ? value + p : value)));
      replaced[`coordinate ${index} plus 2^384`] = shown(own.map((value, one) => (one === index ? value + (1n << 384n) : value)));
    }
    for (const [what, text] of Object.entries(replaced)) yield [`${name} is ${what}`, call(splice(proof, at, text))];
  }
  for (const [one, other] of [['A', 'C'], ['A', 'D'], ['C', 'D']]) {
    const [first, second] = [part(proof, POINTS[one]), part(proof, POINTS[other])];
    yield [`${one} and ${other} are exchanged`, call(splice(splice(proof, POINTS[one][0], second), POINTS[other][0], first))];
    yield [`${one} is ${other}`, call(splice(proof, POINTS[one][0], second))];
  }
  for (const [name, [at]] of Object.entries(POINTS)) {
    if (name === 'B') continue;
    const [ox, oy] = outsideG1();
    const outside = G1.fromAffine({ x: ox, y: oy });
    const [x, y] = coordinates(name);
    // A point of the group plus one of small order: the pairing alone cannot tell it from the point.
    const shifted = G1.fromAffine({ x, y }).add(outside.multiplyUnsafe(r - 1n)).add(outside);
    yield [`${name} is shifted by a point of another order`, call(splice(proof, at, g1(shifted)))];
  }
}

/** The numbers of the proof, replaced by others and by themselves plus the modulus. */
export function* numbers(proof, input, output) {
  const call = (changed) => encode([changed, input, output]);
  const all = { 'the inverse': INVERSE, ...(proof.length > 2 * EVALUATION && { 'the evaluation': EVALUATION }) };
  for (const [name, at] of Object.entries(all)) {
    const value = BigInt(`0x${part(proof, [at, 32])}`);
    const changes = { zero: 0n, one: 1n, 'plus one': value + 1n, negative: r - value, 'the modulus': r, 'plus the modulus': value + r };
    for (const [what, changed] of Object.entries(changes)) {
      if (changed < 1n << 256n && changed !== value) yield [`${name} is ${what}`, call(splice(proof, at, digits(changed, 64)))];
    }
  }
  if (proof.length > 2 * OPENING) {
    const openings = { 'the identity': 'c0'.padEnd(96, '0'), zero: '0'.repeat(96), 'another point': G1.BASE.multiply(5n).toHex(true) };
    for (const [what, text] of Object.entries(openings)) yield [`the opening is ${what}`, call(splice(proof, OPENING, text))];
  }
}

/** Other statements: each word of the tapes, other lengths, and the tapes exchanged. */
export function* statements(proof, input, output) {
  const tapes = { input, output };
  const call = (changed) => encode([proof, changed.input, changed.output]);
  for (const [name, tape] of Object.entries(tapes)) {
    const changes = { longer: `${tape}00000000`, 'longer in front': `00000000${tape}` };
    if (tape) {
      const last = digits(BigInt(`0x${tape.slice(-8)}`) ^ 1n, 8);
      Object.assign(changes, { shorter: tape.slice(0, -8), empty: '', 'another in its last word': tape.slice(0, -8) + last });
    }
    for (const cut of [2, 4, 6]) changes[`of ${cut / 2} bytes more`] = tape + '00'.repeat(cut / 2);
    for (const [what, text] of Object.entries(changes)) yield [`the ${name} is ${what}`, call({ ...tapes, [name]: text })];
  }
  if (input !== output) yield ['the tapes are exchanged', call({ input: output, output: input })];
}

/** The same arguments in other forms than the canonical one of the ABI. */
export function* layouts(proof, input, output) {
  const calldata = encode([proof, input, output]);
  const word = (value) => digits(BigInt(value), 64);
  const padded = (text) => word(text.length / 2) + text.padEnd(Math.ceil(text.length / 64) * 64, '0');
  yield ['nothing but the selector', SELECTOR];
  yield ['no selector', ''];
  yield ['a byte after it', `${calldata}00`];
  yield ['a word after it', `${calldata}${word(0)}`];
  yield ['a byte less', calldata.slice(0, -2)];
  yield ['a word less', calldata.slice(0, -64)];
  const tails = [proof, input, output].map(padded);
  const sizes = tails.map((tail) => tail.length / 2);
  const at = (head, body) => SELECTOR + head.map(word).join('') + body.join('');
  yield ['a gap before the proof', at([128, 128 + sizes[0], 128 + sizes[0] + sizes[1]], [word(0), ...tails])];
  yield ['the arguments in another order', at([96 + sizes[2] + sizes[1], 96 + sizes[2], 96], [tails[2], tails[1], tails[0]])];
  yield ['a gap before the output', at([96, 96 + sizes[0], 128 + sizes[0] + sizes[1]], [tails[0], tails[1], word(0), tails[2]])];
  yield ['both tapes at one place', at([96, 96 + sizes[0], 96 + sizes[0]], tails.slice(0, 2))];
  yield ['a tape within the proof', at([96, 96, 96 + sizes[0]], [tails[0], tails[2]])];
  yield ['an offset beyond the end', at([96, 96 + sizes[0], 1 << 20], tails)];
  yield ['an offset of 2^256 - 1', SELECTOR + word(96) + word((1n << 256n) - 1n) + word(96 + sizes[0] + sizes[1]) + tails.join('')];
  yield ['a proof that is longer', encode([`${proof}00`, input, output])];
  yield ['a proof that is longer by a word', encode([proof + word(0), input, output])];
  yield ['a proof that is shorter', encode([proof.slice(0, -2), input, output])];
  yield ['no proof', encode(['', input, output])];
  for (const [index, tail] of tails.entries()) {
    const used = [proof, input, output][index].length;
    if (used % 64 === 0) continue;
    const dirty = tails.map((text, one) => (one === index ? `${text.slice(0, -2)}01` : text));
    yield [`padding of argument ${index} that is not zero`, at([96, 96 + sizes[0], 96 + sizes[0] + sizes[1]], dirty)];
  }
}
