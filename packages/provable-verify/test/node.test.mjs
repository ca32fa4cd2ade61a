// The package in Node.js. MATERIAL names the file that `material.mjs` wrote.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import * as modules from 'provable-verify';
import { cases } from './cases.mjs';

const material = JSON.parse(readFileSync(process.env.MATERIAL, 'utf8'));

for (const [name, run] of Object.entries(cases(modules, material))) test(name, run);

test('CommonJS gets the same', async () => {
  const commonjs = createRequire(import.meta.url)('provable-verify');
  assert.deepEqual(Object.keys(commonjs).sort(), Object.keys(modules).sort());
  for (const run of Object.values(cases(commonjs, material)).slice(0, 5)) await run();
});

/** Watches how much memory instances have while it runs: `most()` gives the most since it was asked before. */
function watched(run) {
  const memory = WebAssembly.Memory.prototype;
  const { get } = Object.getOwnPropertyDescriptor(memory, 'buffer');
  let seen = 0;
  Object.defineProperty(memory, 'buffer', {
    configurable: true,
    get() {
      const buffer = get.call(this);
      seen = Math.max(seen, buffer.byteLength);
      return buffer;
    },
  });
  const most = () => {
    const before = seen;
    seen = 0;
    return before;
  };
  try {
    run(most);
  } finally {
    Object.defineProperty(memory, 'buffer', { configurable: true, get });
  }
}

test('many verifications take no more memory than a few', async () => {
  const verifier = await modules.Verifier.load(Buffer.from(material.keys.right, 'base64'));
  const turn = () => verifier.verify(material.programs.product, material.proofs.product);
  watched((most) => {
    for (let times = 0; times < 5; times += 1) turn();
    const first = most();
    assert.ok(first > 0);
    for (let times = 0; times < 200; times += 1) turn();
    assert.equal(most(), first);
  });
});

test('the memory that a large program takes is given back', async () => {
  const verifier = await modules.Verifier.load(Buffer.from(material.keys.right, 'base64'));
  const turn = (more = '') => verifier.verify(material.programs.product + more, material.proofs.product);
  watched((most) => {
    turn();
    const first = most();
    turn(`;${' '.repeat(40 << 20)}`);
    assert.ok(most() > 40 << 20);
    turn();
    assert.equal(most(), first);
  });
});

test('a trap is a fault, and the next proof is verified again', async () => {
  const { Verifier, VerifierFault } = modules;
  const verifier = await Verifier.load(Buffer.from(material.keys.right, 'base64'));
  const turn = () => verifier.verify(material.programs.product, material.proofs.product);
  const decode = TextDecoder.prototype.decode;
  for (const spoilt of [() => '{', () => 'null', () => '{"status":1}', () => { throw new WebAssembly.RuntimeError('unreachable'); }]) {
    TextDecoder.prototype.decode = spoilt;
    try {
      assert.throws(turn, VerifierFault);
    } finally {
      TextDecoder.prototype.decode = decode;
    }
    assert.equal(turn().valid, true);
  }
});
