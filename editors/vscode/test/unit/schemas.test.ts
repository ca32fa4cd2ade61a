import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const schema = JSON.parse(readFileSync('schemas/inputs.schema.json', 'utf8'));
const [integer, text] = schema.definitions.word.anyOf;
const pattern = new RegExp(text.pattern, 'u');

function isWord(value: unknown): boolean {
  return typeof value === 'string'
    ? pattern.test(value)
    : Number.isInteger(value) && (value as number) >= integer.minimum && (value as number) <= integer.maximum;
}

test('numbers as programs write them are words, and others are not', () => {
  for (const good of [0, -1, 4294967295, '7', '0xff', '0XFF_ff', '0b10_01', '-0x8000_0000', "'a'", "'\\n'", "'\\''", "'🦀'", "-'a'", '1_000']) {
    assert.ok(isWord(good), String(good));
  }
  for (const bad of [0.5, 4294967296, '', '_1', '1_', '1__0', '12a', '0xg', '0b2', "''", '--1', ' 1', true, null]) {
    assert.ok(!isWord(bad), String(bad));
  }
});

test('the inputs of every example are what the schema takes', () => {
  const files = readdirSync('../../examples').filter((name) => name.endsWith('.inputs.json'));
  assert.ok(files.length > 0);
  for (const file of files) {
    const inputs = JSON.parse(readFileSync(`../../examples/${file}`, 'utf8'));
    for (const [tape, words] of Object.entries(inputs)) {
      assert.ok(tape in schema.properties, `${file}: ${tape}`);
      assert.ok((words as unknown[]).every(isWord), `${file}: ${tape}`);
    }
  }
});
