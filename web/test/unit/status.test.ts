import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asText, duration, plural } from '../../src/program/status';

test('times are said as people say them', () => {
  assert.deepEqual([0.4, 81, 999, 1000, 59_940, 60_000, 125_000].map(duration), ['0 ms', '81 ms', '999 ms', '1.0 s', '59.9 s', '1 min 0 s', '2 min 5 s']);
});

test('counts are said with their noun', () => {
  assert.deepEqual([0, 1, 2, 4166].map((count) => plural(count, 'step')), ['0 steps', '1 step', '2 steps', '4,166 steps']);
});

test('words are shown as text if all of them can be seen', () => {
  assert.equal(asText([0x68, 0x69]), 'hi');
  assert.equal(asText([0x1f600, 0xe9]), '😀é');
  // One word is a number; control characters, surrogates and what is no character are not text.
  for (const words of [[], [0x68], [0x68, 0], [0x68, 0x0a], [0x68, 0x7f], [0x68, 0x9b], [0x68, 0xd800], [0x68, 0x110000], [0x68, 0xffffffff]]) {
    assert.equal(asText(words), undefined, String(words));
  }
});
