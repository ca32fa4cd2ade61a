import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellOf, metBy } from '../../src/debug/words';
import { stepIn, testIn } from '../../src/program';

/** A line with its cell marked, as it would be shown. */
const marked = (line: string) => {
  const cell = cellOf(line);
  return cell && `${line.slice(0, cell.start)}[${line.slice(cell.start, cell.end)}] ${cell.expression}`;
};

test('a heap cell is named by the operand of LOAD or STORE, however the line is laid out', () => {
  assert.equal(marked('    LOAD LEFT'), '    LOAD [LEFT] heap[LEFT]');
  assert.equal(marked('next: store 0x1F # ours'), 'next: store [0x1F] heap[0x1F]');
  assert.equal(marked("LOAD '#'"), "LOAD ['#'] heap['#']");
  assert.equal(marked('\tSTORE -1;'), '\tSTORE [-1] heap[-1]');
  assert.equal(marked("    LOAD math.ROWS + 2*(I - '#')  # of it"), "    LOAD [math.ROWS + 2*(I - '#')] heap[math.ROWS + 2*(I - '#')]");
  for (const other of ['    LOAD', 'STORE # LEFT', '# LOAD LEFT', '    LOADED 3', '    PUSH 3', 'LOAD: NOP', '.const LOAD 3', '']) {
    assert.equal(marked(other), undefined, other);
  }
});

test('the line that comes next is about the top of the stack, and the cell it will touch', () => {
  const expressions = (line: string) => metBy(line).map((one) => one.expression);
  assert.deepEqual(expressions('    ADD'), ['stack[1]', 'top']);
  assert.deepEqual(expressions('again: LOAD LEFT'), ['stack[1]', 'top', 'heap[LEFT]']);
  assert.deepEqual(expressions('    STORE   # where'), ['stack[1]', 'top', 'heap[top]']);
  for (const nothing of ['# a comment', 'again:', '', '.const A 1']) {
    assert.deepEqual(expressions(nothing), [], nothing);
  }
});

test('a step is a whole number that is not negative, or the end', () => {
  assert.equal(stepIn({ uri: 'file:///a.prov', step: 12 }), 12);
  assert.equal(stepIn({ step: 'end' }), 'end');
  for (const none of [undefined, null, 'file:///a.prov', { uri: 'file:///a.prov' }, { step: -1 }, { step: 1.5 }, { step: '3' }]) {
    assert.equal(stepIn(none), undefined);
  }
});

test('a test is named by its id, whichever command it is for', () => {
  assert.equal(testIn({ uri: 'file:///a.prov', id: 'add ( 1 2 -- 3 )' }), 'add ( 1 2 -- 3 )');
  assert.equal(testIn({ uri: 'file:///a.prov', test: 'wraps' }), 'wraps');
  for (const none of [undefined, null, 'file:///a.prov', { uri: 'file:///a.prov' }, { id: 3 }]) {
    assert.equal(testIn(none), undefined);
  }
});
