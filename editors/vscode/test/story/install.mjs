// install.sh, with this test's own editor.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The directories of this machine's search path without those that hold an editor or Rust. */
function searchPath() {
  const unwanted = ['code', 'codium', 'code-server', 'cursor', 'cargo'];
  return (process.env.PATH ?? '').split(':').filter((folder) => !unwanted.some((name) => existsSync(join(folder, name))));
}

function run(root, server, path, ...words) {
  const env = { ...process.env, ...server.env, PATH: path.join(':') };
  const { status, stdout, stderr } = spawnSync(join(root, 'install.sh'), words, { env, encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

function assertRefused({ status, said }, code, ...parts) {
  assert.equal(status, code, said);
  for (const part of parts) {
    assert.ok(said.includes(part), `'${part}' in: ${said}`);
  }
}

export function refusesToInstall(root, server, binary) {
  const path = searchPath();
  const withEditor = [server.bin, ...path];
  assertRefused(run(root, server, path, '--binary', binary), 1, 'none of code codium code-server cursor is on the PATH', '--editor');
  assertRefused(run(root, server, path, '--editor', '/nowhere/code'), 1, 'there is no editor /nowhere/code');
  assertRefused(run(root, server, withEditor), 1, 'needs Rust', '--binary');
  assertRefused(run(root, server, withEditor, '--binary', '/nowhere/provable'), 1, '/nowhere/provable is no program');
  assertRefused(run(root, server, path, '--help'), 2, 'usage:');
  const bad = server.program('bad-editor', '#!/bin/sh\necho "no room left" >&2\nexit 7\n');
  assertRefused(run(root, server, path, '--editor', bad, '--binary', binary), 1, 'no room left', 'did not take the extension');
}

export function installs(root, server, binary) {
  const { status, said } = run(root, server, [server.bin, ...searchPath()], '--binary', binary);
  assert.equal(status, 0, said);
  assert.match(said, /installed provable-.*\.vsix into .*\/bin\/code-server/);
  // Whatever the package needs is in it: it works from its own folder.
  assert.ok(existsSync(join(server.extension, 'server/provable')), said);
}
