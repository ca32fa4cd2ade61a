import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reason } from '../../src/desktop/words';

test('the error is told, and not the usage that follows it', () => {
  const usage = "error: unrecognized subcommand 'lsp'\n\nUsage: provable [OPTIONS] <COMMAND>\n\nFor more information, try '--help'.\n";
  assert.equal(reason(usage), "error: unrecognized subcommand 'lsp'");
});

test('without an error it is the last that was said, on one line', () => {
  assert.equal(reason('starting\n\nlibnothing.so is missing,\nso that is all.\n'), 'libnothing.so is missing, so that is all');
});

test('a process that said nothing has no reason', () => {
  assert.equal(reason(''), '');
  assert.equal(reason(' \n\n'), '');
});

test('a flood is cut', () => {
  assert.ok(reason('x'.repeat(10_000)).length < 400);
});
