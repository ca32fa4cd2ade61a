import assert from 'node:assert/strict';
import { test } from 'node:test';
import { find, type Place } from '../../src/desktop/lookup';

const BUNDLED = '/extension/server/provable';

function look(programs: string[], changes: Partial<Place> = {}) {
  return find({
    setting: '',
    extension: '/extension',
    searchPath: '/usr/bin:/opt/bin',
    home: '/home/ada',
    platform: 'linux',
    isProgram: (file) => programs.includes(file),
    ...changes,
  });
}

test('the setting comes first, then the bundled server, then the search path in its order', () => {
  const all = ['/mine/provable', BUNDLED, '/usr/bin/provable', '/opt/bin/provable'];
  assert.deepEqual(look(all, { setting: ' /mine/provable ' }), { kind: 'found', file: '/mine/provable', origin: 'setting' });
  assert.deepEqual(look(all), { kind: 'found', file: BUNDLED, origin: 'bundled' });
  assert.deepEqual(look(all.slice(2)), { kind: 'found', file: '/usr/bin/provable', origin: 'path' });
  assert.deepEqual(look(all.slice(3)), { kind: 'found', file: '/opt/bin/provable', origin: 'path' });
});

test('a tilde in the setting is the home folder', () => {
  const found = look(['/home/ada/bin/provable'], { setting: '~/bin/provable' });
  assert.deepEqual(found, { kind: 'found', file: '/home/ada/bin/provable', origin: 'setting' });
});

test('a setting that leads nowhere is told, and nothing else is taken in its place', () => {
  const found = look([BUNDLED], { setting: '/gone/provable' });
  assert.ok(found.kind === 'missing' && found.isSetting);
  assert.match(found.message, /`provable\.server\.path` is `\/gone\/provable`.*mend the path/);
});

test('relative paths start nothing, in the setting and in the search path', () => {
  const found = look(['bin/provable', './provable'], { setting: 'bin/provable' });
  assert.ok(found.kind === 'missing');
  assert.match(found.message, /absolute/);
  assert.equal(look(['bin/provable', 'provable'], { searchPath: 'bin:.:' }).kind, 'missing');
});

test('with no server anywhere the ways to get one are named', () => {
  const found = look([]);
  assert.ok(found.kind === 'missing' && !found.isSetting);
  assert.match(found.message, /cargo install/);
  assert.match(found.message, /provable\.server\.path/);
});

test('on Windows it is provable.exe, and paths are those of Windows', () => {
  const found = look(['C:\\tools\\provable.exe'], {
    platform: 'win32',
    extension: 'C:\\extension',
    searchPath: 'tools;C:\\tools',
  });
  assert.deepEqual(found, { kind: 'found', file: 'C:\\tools\\provable.exe', origin: 'path' });
});
