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

test('many verifications take no more memory than one', async () => {
  const { Verifier } = modules;
  const verifier = await Verifier.load(Buffer.from(material.keys.right, 'base64'));
  const memory = WebAssembly.Memory.prototype;
  const { get } = Object.getOwnPropertyDescriptor(memory, 'buffer');
  let most = 0;
  Object.defineProperty(memory, 'buffer', {
    configurable: true,
    get() {
      const buffer = get.call(this);
      most = Math.max(most, buffer.byteLength);
      return buffer;
    },
  });
  try {
    const turn = () => verifier.verify(material.programs.product, material.proofs.product);
    for (let times = 0; times < 5; times += 1) turn();
    const first = most;
    assert.ok(first > 0);
    for (let times = 0; times < 200; times += 1) turn();
    assert.equal(most, first);
  } finally {
    Object.defineProperty(memory, 'buffer', { configurable: true, get });
  }
});
