// The screenshots that the READMEs show, in images. They are made anew only when that is asked for.

import assert from 'node:assert/strict';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DebugView } from '../editor/debug-view.mjs';
import { until } from '../editor/waiting.mjs';
import { PROOF, widthOfProgress } from './first-proof.mjs';
import { receive, verify } from './recipient.mjs';

/** What a README may weigh, in bytes for each picture. */
const MOST = 200_000;
/** Enough for a line of lenses; what is beside the program is hidden. */
const SIZE = { width: 1060, height: 420, scale: 2 };
/** Enough for a program and what the debugger shows beside it. */
const WITH_DEBUGGER = { width: 900, height: 540 };

const FIBONACCI = `# The n-th Fibonacci number.
#
# Public input:  n
# Public output: the number

    PUSH 0
    PUSH 1
    READ        # a b n
next:
    DUP
    JZ done
    SWAP 2
    SWAP
    DUP 1
    ADD         # n b a+b
    SWAP 2
    PUSH 1
    SUB
    JMP next
done:
    POP
    POP
    WRITE
    HALT
`;
const DIFFERENCE = `# The difference of two secret numbers.

    SECRET
    SECRET
    DUP 1
    DUP 1
    LT
    JNZ other       # the second is the larger
    SUB
    JMP end
other:
    SWAP
    PUSH 0
    SUB
end:
    WRITE
    HALT
`;
const PRODUCT = `# A number is a product, and its factors stay secret.

    SECRET
    SECRET
    MUL
    READ
    EQ
    ASSERT      # their product is the public input
    HALT
`;

export async function pictures(root, server, window) {
  const look = {
    'breadcrumbs.enabled': false,
    'workbench.activityBar.location': 'hidden',
    'editor.scrollbar.vertical': 'hidden',
    'editor.overviewRulerLanes': 0,
  };
  await server.start({ trusted: true });
  await window.start(SIZE);
  const take = async (name, { file, text, inputs, settings = {} }, show) => {
    server.set({ ...look, ...settings });
    if (text !== undefined) {
      server.write(`${file}.prov`, text);
      server.write(`${file}.inputs.json`, inputs);
    }
    await window.open(`${file}.prov`);
    if (await window.page.locator('.part.sidebar').isVisible()) {
      await window.command('View: Close Primary Side Bar');
    }
    await window.seeLens(/Run/);
    await show();
    await window.page.screenshot({ path: join(root, 'images', `${name}.png`) });
    assert.ok(statSync(join(root, 'images', `${name}.png`)).size < MOST, `${name}.png is too heavy`);
  };
  await take('verified', { file: 'fibonacci', text: FIBONACCI, inputs: '{"public": [10]}' }, async () => {
    await window.lens('Prove');
    await window.seeLens('verified, commitment', PROOF);
    await window.clearMessages();
    await window.lens('Run');
    await window.seeLens('halted after');
    await window.notSee('.notification-toast', /Running/);
  });
  await take('depth', { file: 'difference', text: DIFFERENCE, inputs: '{"secret": [3, 5]}' }, async () => {
    await window.page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
    await window.goTo(1);
    await window.page.keyboard.press('F8');
    await window.see('.marker-widget', /depth/);
  });
  receive(server);
  await take('received', { file: 'sealed' }, async () => {
    await verify(window);
    await window.clearMessages();
  });
  const slow = { 'provable.tier': '8470' };
  await take('proving', { file: 'product', text: PRODUCT, inputs: '{"public": [3599], "secret": [59, 61]}', settings: slow }, async () => {
    await window.lens('Prove');
    await window.seeMessage('Proving product.prov');
    await window.seeStatus(/Proving: key/);
    await until('a progress that can be seen', () => widthOfProgress(window.page), (width) => width > 30, PROOF);
  });
  // The last: the editor keeps where a text was left, and its breakpoints.
  rmSync(join(server.folder, 'fibonacci.proof.json'));
  await window.page.setViewportSize(WITH_DEBUGGER);
  const loop = readFileSync(join(root, '../../examples/fibonacci.prov'), 'utf8');
  const calm = { 'debug.internalConsoleOptions': 'neverOpen' };
  await take('debugging', { file: 'fibonacci', text: loop, inputs: '{"public": [10]}', settings: calm }, () => third(window));
}

/** The third round of a loop, come to from the fourth. */
async function third(window) {
  const debug = new DebugView(window);
  const line = 19;
  await debug.clickGutter(line);
  await debug.seeBreakpoints(1);
  await window.page.keyboard.press('F5');
  await debug.stoppedAt('fibonacci.prov', line, 'step 9');
  await debug.expand('Operand stack');
  await debug.expand('Heap');
  for (const [icon, sum] of [['continue', '2'], ['continue', '3'], ['continue', '5'], ['reverse-continue', '3']]) {
    await debug.press(`debug-${icon}`);
    await debug.seeVariable('[0]', sum);
  }
  await debug.stoppedAt('fibonacci.prov', line, 'step 29');
  await window.see('.view-line', 'top = 3');
  // Nothing is pointed at, so nothing tells what it is.
  await window.page.mouse.move(WITH_DEBUGGER.width / 2, WITH_DEBUGGER.height - 5);
  await window.notSee('.monaco-hover:not(.hidden)');
}
