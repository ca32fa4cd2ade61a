import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Text } from '@codemirror/state';
import { placed } from '../../src/lsp/tokens';
import { random } from './random';

test('tokens stand where their distances say', () => {
  const doc = Text.of(['PUSH 1', '', '  ADD  # x']);
  const data = [0, 0, 4, 0, 0, 0, 5, 1, 3, 2, 2, 2, 3, 0, 4, 0, 5, 3, 5, 0];
  const found = placed(doc, data).map(({ from, to, type, modifiers }) => [doc.sliceString(from, to), type, modifiers]);
  assert.deepEqual(found, [['PUSH', 0, 0], ['1', 3, 2], ['ADD', 0, 4], ['# x', 5, 0]]);
});

test('tokens of another text stay within this one', () => {
  const draw = random(6);
  const doc = Text.of(['PUSH 1', 'HALT']);
  for (let round = 0; round < 200; round += 1) {
    const data = Array.from({ length: draw(40) }, () => draw(12));
    for (const { from, to } of placed(doc, data)) {
      assert.ok(from >= 0 && from <= to && to <= doc.length);
    }
  }
});
