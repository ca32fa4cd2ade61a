import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Text } from '@codemirror/state';
import { offsetOf, offsetsOf, positionOf } from '../../src/lsp/positions';
import { random } from './random';

const doc = Text.of(['PUSH 1', '', '# 😀é', 'HALT']);

test('every offset comes back from its position', () => {
  for (let offset = 0; offset <= doc.length; offset += 1) {
    assert.equal(offsetOf(doc, positionOf(doc, offset)), offset);
  }
});

test('columns count in UTF-16 units', () => {
  assert.deepEqual(positionOf(doc, doc.line(3).from + 4), { line: 2, character: 4 });
  assert.equal(doc.sliceString(offsetOf(doc, { line: 2, character: 4 }), doc.line(3).to), 'é');
});

test('a position outside of the text is the nearest place in it', () => {
  assert.equal(offsetOf(doc, { line: 0, character: 99 }), 6);
  assert.equal(offsetOf(doc, { line: 99, character: 0 }), doc.length);
  assert.equal(offsetOf(doc, { line: -1, character: 3 }), 0);
  assert.equal(offsetOf(doc, { line: 1, character: -3 }), 7);
  assert.deepEqual(offsetsOf(doc, { start: { line: 3, character: 4 }, end: { line: 0, character: 0 } }), { from: doc.length, to: doc.length });
  const draw = random(5);
  for (let round = 0; round < 500; round += 1) {
    const offset = offsetOf(doc, { line: draw(9) - 2, character: draw(30) - 5 });
    assert.ok(offset >= 0 && offset <= doc.length);
  }
});
