import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renamed } from '../../src/web/sources';

const mark = (name: string) => `<${name}>`;

test('sources are renamed wherever they stand, and no other path is', () => {
  const message = {
    type: 'response',
    body: { path: '/p', stackFrames: [{ id: 1, source: { name: 'a', path: '/a.prov', sources: [{ path: '/b.prov' }] } }] },
  };
  assert.deepEqual(renamed(message, mark), {
    type: 'response',
    body: { path: '/p', stackFrames: [{ id: 1, source: { name: 'a', path: '</a.prov>', sources: [{ path: '</b.prov>' }] } }] },
  });
});

test('the files of a launch are renamed, and its inputs only if they are a file', () => {
  const launch = { program: 'memfs:/a.prov', inputs: 'memfs:/b.json', cwd: 'memfs:/', test: 'a.prov', stopOnEntry: true };
  const wanted = { program: '<memfs:/a.prov>', inputs: '<memfs:/b.json>', cwd: '<memfs:/>', test: 'a.prov', stopOnEntry: true };
  const request = (command: string, given: object) => ({ type: 'request', command, seq: 1, arguments: given });
  assert.deepEqual(renamed(request('launch', launch), mark), request('launch', wanted));
  assert.deepEqual(renamed(request('restart', { arguments: launch }), mark), request('restart', { arguments: wanted }));
  const words = { program: 'x', inputs: { public: [1], secret: [] } };
  assert.deepEqual(renamed(request('launch', words), mark), request('launch', { ...words, program: '<x>' }));
});

test('a message without files is as it was', () => {
  for (const message of [{}, { type: 'request', command: 'launch' }, { type: 'request', command: 'restart', arguments: null }, { body: [null, 1, 'x', { source: null }] }]) {
    assert.deepEqual(renamed(message, mark), message);
  }
});

test('a request names its source', () => {
  const message = { type: 'request', command: 'setBreakpoints', arguments: { source: { path: 'memfs:/a.prov' }, breakpoints: [{ line: 3 }] } };
  assert.deepEqual(renamed(message, mark), { ...message, arguments: { ...message.arguments, source: { path: '<memfs:/a.prov>' } } });
});
