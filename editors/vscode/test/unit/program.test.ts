import assert from 'node:assert/strict';
import { test } from 'node:test';
import { programOf, uriIn } from '../../src/program';

test('inputs and proofs belong to the program beside them', () => {
  assert.equal(programOf('file:///a/sum.prov', 'provable'), 'file:///a/sum.prov');
  assert.equal(programOf('file:///a/sum.inputs.json', 'json'), 'file:///a/sum.prov');
  assert.equal(programOf('file:///a/sum.proof.json', 'json'), 'file:///a/sum.prov');
  assert.equal(programOf('untitled:Untitled-1', 'provable'), 'untitled:Untitled-1');
  assert.equal(programOf('file:///a/package.json', 'json'), undefined);
});

test('a command takes its program as a text, as a URI of the editor, or as an object that holds one', () => {
  const uri = { scheme: 'file', toString: () => 'file:///a/sum.prov' };
  assert.equal(uriIn('file:///a/sum.prov'), 'file:///a/sum.prov');
  assert.equal(uriIn(uri), 'file:///a/sum.prov');
  assert.equal(uriIn({ uri: 'file:///a/sum.prov' }), 'file:///a/sum.prov');
  for (const nothing of [undefined, null, 7, {}]) {
    assert.equal(uriIn(nothing), undefined);
  }
});
