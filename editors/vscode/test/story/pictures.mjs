// The screenshots that the READMEs show, in images. They are made anew only when that is asked for.

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../editor/waiting.mjs';
import { Window } from '../editor/window.mjs';
import { PROOF, widthOfProgress } from './first-proof.mjs';

/** What a README may weigh, in bytes for each picture. */
const MOST = 200_000;
/** Enough for a line of lenses; what is beside the program is hidden. */
const SIZE = { width: 1000, height: 420, scale: 2 };

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

export async function pictures(root, server) {
  const look = {
    'breadcrumbs.enabled': false,
    'workbench.activityBar.location': 'hidden',
    'editor.scrollbar.vertical': 'hidden',
    'editor.overviewRulerLanes': 0,
  };
  const window = new Window(server, join(root, 'images'));
  await window.start(SIZE);
  const take = async (name, { file, text, inputs, settings = {} }, show) => {
    server.set({ ...look, ...settings });
    server.write(`${file}.prov`, text);
    server.write(`${file}.inputs.json`, inputs);
    await window.open(`${file}.prov`);
    if (await window.page.locator('.part.sidebar').isVisible()) {
      await window.command('View: Close Primary Side Bar');
    }
    await window.seeLens(/Run/);
    await show();
    await window.screenshot(name);
    assert.ok(statSync(join(root, 'images', `${name}.png`)).size < MOST, `${name}.png is too heavy`);
  };
  try {
    await take('depth', { file: 'difference', text: DIFFERENCE, inputs: '{"secret": [3, 5]}' }, async () => {
      await window.page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
      await window.goTo(1);
      await window.page.keyboard.press('F8');
      await window.see('.marker-widget', /depth/);
    });
    const slow = { 'provable.tier': '8480' };
    await take('proving', { file: 'product', text: PRODUCT, inputs: '{"public": [3599], "secret": [59, 61]}', settings: slow }, async () => {
      await window.lens('Prove');
      await window.seeMessage('Proving product.prov');
      await window.seeStatus(/Proving: key/);
      await until('a progress that can be seen', () => widthOfProgress(window.page), (width) => width > 30, PROOF);
    });
    await take('verified', { file: 'fibonacci', text: FIBONACCI, inputs: '{"public": [10]}' }, async () => {
      await window.lens('Prove');
      await window.seeLens('verified, commitment', PROOF);
      await window.clearMessages();
      await window.lens('Run');
      await window.seeLens('halted after');
      await window.notSee('.notification-toast', /Running/);
    });
  } finally {
    await window.stop();
  }
}
