import assert from 'node:assert/strict';
import { test } from 'node:test';
import { together, type Answer, type Verdict } from '../../src/testing/answers';
import { note, seedOf } from '../../src/testing/seeds';
import { failure, report, sides, summary } from '../../src/testing/words';

const PASSED: Verdict = {
  id: 'add ( 1 2 -- 3 )',
  name: 'add ( 1 2 -- 3 )',
  line: 5,
  end_line: 5,
  verdict: 'passed',
  message: null,
  steps: 4,
  rows: null,
  runs: 1,
  trap: null,
  difference: null,
  counterexample: null,
};
const DIFFERS: Verdict = {
  ...PASSED,
  verdict: 'failed',
  message: 'the stack differs',
  rows: 9,
  runs: 17,
  difference: { what: 'stack', expected: [3, 4], actual: [] },
  counterexample: { a: 0, b: 4294967295 },
};

test('a failure says why, and with which random words', () => {
  assert.equal(failure(DIFFERS), 'the stack differs, with a = 0, b = 4294967295');
  assert.equal(failure({ ...DIFFERS, counterexample: null }), 'the stack differs');
});

test('words are compared one a line, and none is something too', () => {
  assert.deepEqual(sides(DIFFERS), { expected: '3\n4', actual: '(no stack)' });
  assert.equal(sides(PASSED), undefined);
});

test('the output names each test, with what it took and what came of it', () => {
  assert.equal(report(PASSED), 'passed: add ( 1 2 -- 3 ) (4 steps)');
  assert.equal(
    report(DIFFERS),
    'failed: add ( 1 2 -- 3 ) (4 steps, 9 rows, 17 runs)\n' +
      '  the stack differs, with a = 0, b = 4294967295\n' +
      '  expected stack: 3 4\n' +
      '  actual stack:   nothing',
  );
  assert.equal(summary({ tests: [PASSED], passed: 1, failed: 0, seed: 7 }), '1 passed');
  assert.equal(summary({ tests: [PASSED, DIFFERS], passed: 1, failed: 1, seed: 7 }), '1 failed, 1 passed (seed 7)');
});

test('answers of several files are one, and a line that both executed has the sum', () => {
  const of = (passed: number, lines: [number, number][]): Answer => ({
    tests: Array.from({ length: passed }, () => PASSED),
    passed,
    failed: 0,
    seed: 3,
    coverage: [{ uri: 'file:///lib.prov', lines }],
  });
  const all = together([of(1, [[4, 2], [3, 0]]), of(2, [[4, 5], [9, 1]])]);
  assert.equal(all.passed, 3);
  assert.equal(all.tests.length, 3);
  assert.deepEqual(all.coverage, [{ uri: 'file:///lib.prov', lines: [[3, 0], [4, 7], [9, 1]] }]);
  assert.deepEqual(together([]), { tests: [], passed: 0, failed: 0, seed: 0, coverage: [] });
});

test('a test that failed is debugged with the seed that it failed with, until it passes', () => {
  note('file:///a.prov', 'add', 7, false);
  assert.equal(seedOf('file:///a.prov', 'add'), 7);
  assert.equal(seedOf('file:///b.prov', 'add'), undefined);
  note('file:///a.prov', 'add', 8, true);
  assert.equal(seedOf('file:///a.prov', 'add'), undefined);
});
