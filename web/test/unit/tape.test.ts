import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatInputs, parseInputs } from '../../src/program/inputs';
import { formatTape, parseTape, UnreadableTape, type Entry } from '../../src/program/tape';
import { random } from './random';

test('a field is read as the entries of an inputs file', () => {
  const cases: [string, Entry[]][] = [
    ['', []],
    [' , \n', []],
    ['1, 2 3\n-4', [1, 2, 3, -4]],
    ['0xff 0b101 1_000', ['0xff', '0b101', '1_000']],
    ["'a', ' ' ',' '\\'' -'a'", ["'a'", "' '", "','", "'\\''", "-'a'"]],
    ['"hello, you" 7', ['text:hello, you', 7]],
    ['"a\\"b" "two\nlines"', ['text:a"b', 'text:two\nlines']],
    ['""', ['text:']],
    ['007 -0 99999999999999999999', ['007', '-0', '99999999999999999999']],
  ];
  for (const [field, entries] of cases) {
    assert.deepEqual(parseTape(field), entries, field);
  }
});

test('a text without its end is refused', () => {
  for (const field of ['"', '1 "abc', '"\\"', '"\\x"']) {
    assert.throws(() => parseTape(field), UnreadableTape, field);
  }
});

test('entries come back from a field, and tapes from an inputs file', () => {
  const draw = random(4);
  const alphabet = ['a', ' ', ',', '"', "'", '\\', '\n', '\t', 'é', '😀', ':'];
  const entry = (): Entry => {
    const text = Array.from({ length: draw(8) }, () => alphabet[draw(alphabet.length)]).join('');
    return [draw(2 ** 32), -draw(2 ** 31) - 1, `0x${draw(2 ** 32).toString(16)}`, `text:${text}`, "','", "'\\n'"][draw(6)] ?? 0;
  };
  for (let round = 0; round < 500; round += 1) {
    const tapes = { public: Array.from({ length: draw(5) }, entry), secret: Array.from({ length: draw(5) }, entry) };
    assert.deepEqual(parseTape(formatTape(tapes.public)), tapes.public);
    assert.deepEqual(parseInputs(formatInputs(tapes)), tapes);
  }
});

test('what is no inputs file is left to the JSON view', () => {
  for (const text of ['{', '[]', '7', 'null', '{"public": 7}', '{"public": [[1]]}', '{"pubic": [1]}', '{"secret": [null]}']) {
    assert.equal(parseInputs(text), undefined, text);
  }
  assert.deepEqual(parseInputs(''), { public: [], secret: [] });
  assert.deepEqual(parseInputs('{"public": [1]}'), { public: [1], secret: [] });
});
