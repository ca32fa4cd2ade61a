import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fit } from '../../src/server/version';

const fits = (server: string | undefined, extension: string) => fit(server, extension, '/bin/provable', 'Update it.').fits;

test('versions fit that are the same up to the first number that is not zero', () => {
  assert.ok(fits('0.1.0', '0.1.7'));
  assert.ok(fits('1.4.0', '1.2.3'));
  assert.ok(!fits('0.2.0', '0.1.0'));
  assert.ok(!fits('0.1.0', '1.1.0'));
  assert.ok(!fits('2.0.0', '1.9.9'));
});

test('a server that tells no version, or none that is one, does not fit', () => {
  assert.ok(!fits(undefined, '0.1.0'));
  assert.ok(!fits('new', '0.1.0'));
  assert.ok(!fits('new', 'new'));
});

test('the message names the file, both versions and the way out', () => {
  const { message } = fit('0.3.1', '0.1.0', '/bin/provable', 'Update it.') as { message: string };
  for (const part of ['/bin/provable', '0.3.1', '0.1.0', 'Update it.']) {
    assert.ok(message.includes(part), `${part} in: ${message}`);
  }
});
