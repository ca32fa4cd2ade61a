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

const several = schema.definitions.words.anyOf.map((form: { pattern: string }) => new RegExp(form.pattern, 'u'));

function isEntry(value: unknown): boolean {
  return isWord(value) || (typeof value === 'string' && several.some((form: RegExp) => form.test(value)));
}

test('text and bytes are words, and what the command refuses is not', () => {
  for (const good of ['text:', 'text:hello, 1', 'hex:', 'hex:deadBEEF', 'hex:dead_beef_0000_0001', 'bytes:', 'bytes:0f', 'bytes:de_ad_f_f', 7]) {
    assert.ok(isEntry(good), String(good));
  }
  for (const bad of ['hex:1', 'hex:1234567', 'hex:0x123456', 'hex:1234_567g', 'hex:_12345678', 'hex:12345678_', 'hex:1234__5678', 'bytes:123', 'bytes:12 34', 'bytes:1__2', 'Text:a', 'text', 'bits:1']) {
    assert.ok(!isEntry(bad), String(bad));
  }
});

test('the inputs of every example are what the schema takes', () => {
  const files = readdirSync('../../examples').filter((name) => name.endsWith('.inputs.json'));
  assert.ok(files.length > 0);
  for (const file of files) {
    const inputs = JSON.parse(readFileSync(`../../examples/${file}`, 'utf8'));
    for (const [tape, words] of Object.entries(inputs)) {
      assert.ok(tape in schema.properties, `${file}: ${tape}`);
      assert.ok((words as unknown[]).every(isEntry), `${file}: ${tape}`);
    }
  }
});
