import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shown, withoutServer, type State, type Status } from '../../src/status/text';

function status(proof: State, verified = false, run: State = 'none'): Status {
  return {
    run: { state: run, why: null },
    proof: { state: proof, why: null, verified, trace_commitment: null },
    activity: proof === 'running' ? 'Proving: making the key' : null,
    text: 'all that is known',
  };
}

test('each state of a proof has words of its own', () => {
  const words = (['none', 'queued', 'running', 'fresh', 'stale', 'failed'] as const).map((state) => shown(status(state)).text);
  assert.equal(new Set(words).size, words.length);
  assert.match(shown(status('running')).text, /Proving: making the key/);
});

test('only a proof that was verified is called so, and only while it is fresh', () => {
  assert.match(shown(status('fresh', true)).text, / Verified$/);
  for (const other of [status('fresh'), status('stale'), status('none'), status('failed'), status('running')]) {
    assert.doesNotMatch(shown(other).text, / Verified$/, other.proof.state);
  }
});

test('what needs attention is coloured, and the tooltip tells all', () => {
  assert.equal(shown(status('stale')).tone, 'warning');
  assert.equal(shown(status('failed')).tone, 'error');
  assert.equal(shown(status('fresh', true)).tone, 'plain');
  assert.match(shown(status('none')).tooltip, /all that is known/);
});

test('a run shows while it is at work, and leaves the item to the proof afterwards', () => {
  assert.match(shown(status('fresh', true, 'running')).text, /Running/);
  assert.match(shown(status('fresh', true, 'failed')).text, /Verified/);
});

test('without a server the item says so, and why', () => {
  assert.deepEqual(withoutServer('it is gone').tone, 'error');
  assert.match(withoutServer('it is gone').tooltip, /it is gone/);
  assert.equal(withoutServer(undefined).tone, 'plain');
});
