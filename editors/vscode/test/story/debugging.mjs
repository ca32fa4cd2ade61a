// A session with the debugger, as somebody has it who sits before the window: to a breakpoint, back and forth, and what if.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DebugView } from '../editor/debug-view.mjs';

const NAME = 'fibonacci.prov';
/** Where the loop of the example has just added. */
const ADDED = 19;

export async function debugging(root, server, window) {
  const { page } = window;
  server.write(NAME, readFileSync(join(root, '../../examples', NAME), 'utf8'));
  server.write('fibonacci.inputs.json', '{"public": [10]}\n');
  await window.open(NAME);
  await window.see('.codelens-decoration a', /^Debug$/);
  const debug = new DebugView(window);

  // Nothing is set up: a click beside the line, and F5.
  await debug.clickGutter(ADDED);
  await debug.seeBreakpoints(1);
  await page.keyboard.press('F5');
  await debug.stoppedAt(NAME, ADDED, 'breakpoint · step 9');
  await debug.expand('Operand stack');
  await debug.expand('Heap');
  await debug.seeVariable('[0]', '1');
  await debug.seeVariable('[1]', '1');
  // What the next instruction meets, and the cell that it names.
  await window.see('.view-line', 'stack[1] = 1, top = 1, heap[LEFT] = 10');
  await window.screenshot('14-breakpoint');

  await debug.press('debug-step-back');
  await debug.stoppedAt(NAME, ADDED - 1, 'step 8');
  await debug.seeVariable('[2]', '1');

  // On to the third round, and back to the second.
  for (const sum of ['1', '2', '3']) {
    await debug.press('debug-continue');
    await debug.seeVariable('[0]', sum);
    await debug.stoppedAt(NAME, ADDED);
  }
  await debug.press('debug-reverse-continue');
  await debug.seeVariable('[0]', '2');
  await debug.stoppedAt(NAME, ADDED, 'breakpoint');

  await debug.watch('stack[0] + stack[1]');
  await window.see('.debug-watch', /stack\[0\] \+ stack\[1\]\s*=\s*3$/);
  await window.screenshot('15-watch');

  // What if the sum were another?
  await debug.setVariable('[0]', '40');
  await window.seeMessage(/what if: from step \d+ on, with stack\[0\] = 40, this is another run than the program's/);
  await debug.seeVariable('[0]', '40');
  await window.see('.debug-watch', /=\s*41$/);
  await window.see('.view-line', 'stack[1] = 1, top = 40');
  await window.screenshot('16-what-if');
  await window.clearMessages();

  // To a step by its number; restarted, it is the program's own run again.
  await debug.press('history');
  await page.locator('.quick-input-widget input').first().fill('11');
  await page.keyboard.press('Enter');
  await debug.stoppedAt(NAME, 21, 'step 11 · what if');
  await debug.press('debug-restart');
  await debug.stoppedAt(NAME, ADDED, 'breakpoint · step 9');
  await debug.seeVariable('[0]', '1');

  await debug.clickGutter(ADDED);
  await debug.press('debug-continue');
  await debug.stoppedAt(NAME, 27, 'halted after');
  await window.see('.repl .monaco-list-row', '55');
  await window.screenshot('17-end');
  await debug.stop();
  await debug.seeBreakpoints(0);
  await window.command('View: Hide Panel');
  await window.command('View: Show Explorer');
}
