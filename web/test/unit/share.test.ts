import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromFragment, toFragment, UnreadableFragment, type Shared } from '../../src/share/codec';
import { decode, encode } from '../../src/share/base64url';
import { deflate } from '../../src/share/deflate';
import { random } from './random';

test('every program comes back from its address', async () => {
  const draw = random(1);
  const alphabet = ['A', 'z', '0', ' ', '\n', '\t', '#', '"', '\\', 'é', '€', '😀', '\u0000'];
  for (let round = 0; round < 200; round += 1) {
    const program = Array.from({ length: draw(60) }, () => alphabet[draw(alphabet.length)]).join('');
    const shared: Shared = draw(2) === 0 ? { program } : { program, publicInput: [draw(1000), '0xff', `text:${program}`] };
    assert.deepEqual(await fromFragment(`#${await toFragment(shared)}`), shared);
  }
});

test('bytes come back from base64url', () => {
  const draw = random(2);
  for (let length = 0; length < 100; length += 1) {
    const bytes = Uint8Array.from({ length }, () => draw(256));
    const text = encode(bytes);
    assert.match(text, /^[A-Za-z0-9_-]*$/);
    assert.deepEqual(decode(text), bytes);
  }
});

test('a secret input has no place in an address', async () => {
  const both = { program: 'HALT', publicInput: [1], secret: [42], secretInput: [42] };
  const opened = await fromFragment(await toFragment(both));
  assert.deepEqual(opened, { program: 'HALT', publicInput: [1] });
});

test('other fragments share nothing', async () => {
  for (const fragment of ['', '#', '#top', '#q=abc', 'P=abc']) {
    assert.equal(await fromFragment(fragment), undefined, fragment);
  }
});

test('a malformed address is refused in words', async () => {
  const whole = await toFragment({ program: 'PUSH 1\nHALT\n'.repeat(20) });
  const packed = async (value: unknown): Promise<string> => `p=${encode(await deflate(new TextEncoder().encode(JSON.stringify(value))))}`;
  const malformed = [
    'p=',
    'p=!',
    'p=A',
    'p=AAAA',
    `${whole}=`,
    `${whole} `,
    whole.slice(0, -3),
    whole.slice(0, 20),
    `p=${'A'.repeat(2_000_000)}`,
    await packed(null),
    await packed('HALT'),
    await packed({ v: 2, program: 'HALT' }),
    await packed({ v: 1 }),
    await packed({ v: 1, program: 7 }),
    await packed({ v: 1, program: 'HALT', public: 7 }),
    await packed({ v: 1, program: 'HALT', public: [{}] }),
    await packed({ v: 1, program: 'HALT', public: [1.5] }),
  ];
  for (const fragment of malformed) {
    await assert.rejects(fromFragment(fragment), UnreadableFragment, fragment.slice(0, 60));
  }
});

test('an address that unpacks to gigabytes is refused', async () => {
  const long = await deflate(new TextEncoder().encode(' '.repeat(20_000_000)));
  await assert.rejects(fromFragment(`p=${encode(long)}`), /too large/);
});

test('a damaged address opens as something that was shared or is refused', async () => {
  const draw = random(3);
  const whole = await toFragment({ program: 'PUSH 1\nPUSH 2\nADD\nHALT\n', publicInput: [1, 2] });
  for (let round = 0; round < 300; round += 1) {
    const at = 2 + draw(whole.length - 2);
    const damaged = whole.slice(0, at) + 'ABCxyz019-_'.charAt(draw(11)) + whole.slice(at + 1);
    await fromFragment(damaged).then(
      (shared) => assert.equal(typeof shared?.program, 'string'),
      (error: unknown) => assert.ok(error instanceof UnreadableFragment, String(error)),
    );
  }
});
