import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editorParts, isUri, pathFrom, serverPath, type Parts } from '../../src/web/spelling';

const file = (scheme: string, authority: string, path: string): Parts => ({ scheme, authority, path });

test('a file of each scheme and authority has a path of its own for the server', () => {
  assert.equal(serverPath(file('memfs', '', '/programs/a.prov')), '/workspace/memfs/programs/a.prov');
  assert.equal(serverPath(file('vscode-vfs', 'github', '/owner/name/a.prov')), '/workspace/vscode-vfs@github/owner/name/a.prov');
});

test('what the server calls a file leads back to it, whatever is in its name', () => {
  const pieces = ['', 'github', 'github+7b2276223a317d', 'a/b', 'x@y:1', '%41', 'ä ö', '@'];
  const paths = ['/', '/a.prov', '/workspace/memfs/a.prov', '/a%2Fb/ü @.prov', '//twice', '/..', '/a?b#c'];
  for (const scheme of ['file', 'memfs', 'vscode-vfs', 'a+b.c-d']) {
    for (const authority of pieces) {
      for (const path of paths) {
        assert.deepEqual(editorParts(serverPath(file(scheme, authority, path))), file(scheme, authority, path));
      }
    }
  }
});

test('what is not in the folder of the editor\'s files is the server\'s own', () => {
  for (const path of ['/cache/provable/std/1/math.prov', '/workspace', '/workspace/', '/workspace//a.prov', '/workspace/1x/a', '/workspace/a@b@c/d', '']) {
    assert.equal(editorParts(path), undefined, path);
  }
});

test('an authority that is badly encoded is taken as it is', () => {
  assert.deepEqual(editorParts('/workspace/memfs@%zz/a.prov'), file('memfs', '%zz', '/a.prov'));
});

test('a drive is no scheme', () => {
  assert.ok(isUri('memfs:/a.prov'));
  assert.ok(!isUri('c:/a.prov'));
  assert.ok(!isUri('/a:b'));
  assert.ok(!isUri('a/b:c'));
});

test('a path is seen from a folder', () => {
  assert.equal(pathFrom('/programs', 'lib/../a.prov'), '/programs/a.prov');
  assert.equal(pathFrom('/programs', '/other/./a.prov'), '/other/a.prov');
  assert.equal(pathFrom('/', '../../a.prov'), '/a.prov');
});
