import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Crashes, MOST, WITHIN } from '../../src/server/crashes';

test('after so many crashes in a while the server is left alone', () => {
  const crashes = new Crashes();
  const answers = Array.from({ length: MOST }, (_, i) => crashes.note(i));
  assert.deepEqual(answers, [...Array.from({ length: MOST - 1 }, () => true), false]);
});

test('crashes of long ago do not count, nor do those before a restart by hand', () => {
  const crashes = new Crashes();
  for (let i = 0; i < 10; i++) {
    assert.ok(crashes.note(i * WITHIN));
  }
  crashes.forget();
  assert.ok(crashes.note(10 * WITHIN));
});
