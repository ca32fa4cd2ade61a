// A session from a mistake to a verified proof, as somebody has it who sits before the window.

import assert from 'node:assert/strict';
import { until } from '../editor/waiting.mjs';

/** The longest that a proof and its key may take, in milliseconds. */
export const PROOF = 300_000;

// The routine is fallen into: its DUP finds an empty stack, and its RET no call.
const SQUARE = `# A square root that stays secret.

    SECRET
    CALL square
    READ
    EQ
    ASSERT
square:
    DUP
    MUL
    RET
`;

export async function firstProof(server, window) {
  const { page } = window;
  server.write('square.prov', SQUARE);
  server.write('square.inputs.json', '{"public": [49], "secret": [7]}\n');
  // The key of a large tier takes longer than anybody is in pressing Cancel.
  server.set({ 'provable.tier': '8470', 'provable.lens.cost': false });
  await window.open('square.prov');
  await window.seeLens(/Run/);
  await window.seeStatus('Not proved');

  await page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
  await window.goTo(1);
  await page.keyboard.press('F8');
  await window.see('.marker-widget', /the stack may hold only 0/);
  await window.screenshot('1-depth');
  await page.keyboard.press('Escape');

  await window.goTo(11);
  await page.keyboard.press('End');
  await page.keyboard.press('Control+.');
  await window.see('.action-widget', 'Insert HALT before');
  await window.screenshot('2-quick-fix');
  await page.keyboard.press('Enter');
  await window.see('.view-line', 'HALT');
  await window.notSee('.squiggly-error, .squiggly-warning');
  await window.command('File: Save');

  await window.lens('Run');
  await window.seeLens('halted after');
  await window.screenshot('3-run');

  await window.lens('Prove');
  await window.seeMessage('Proving square.prov');
  await window.seeStatus(/Proving: key/);
  await until('the progress to move', () => widthOfProgress(page), (width) => width > 0);
  await window.screenshot('4-proving');
  await window.answer('Proving square.prov', 'Cancel');
  await window.notSee('.notification-toast', /Proving/);
  await window.seeStatus('Not proved');
  assert.equal(server.read('square.proof.json'), undefined, 'a cancelled proof leaves no file');
  // All settings arrive at once, and this one can be seen.
  server.set({});
  await window.seeLens('a proof takes about');

  await window.lens('Prove');
  await window.seeLens(/verified, commitment [0-9a-f]{12}…/, PROOF);
  await window.seeStatus(/Verified$/);
  await window.screenshot('5-proved');
  const { version, trace_commitment: commitment } = JSON.parse(server.read('square.proof.json'));
  assert.equal(version, 1);
  await window.seeLens(`commitment ${commitment.slice(0, 12)}…`);

  await window.clearMessages();
  await window.lens('Verify');
  await window.seeMessage('the proof is valid');

  // Without its ASSERT the program shows nothing.
  await window.goTo(7);
  await page.keyboard.press('Control+Shift+k');
  await window.seeLens('stale (the program changed)');
  await window.seeStatus('Proof stale');
  await window.screenshot('6-stale');
  await page.keyboard.press('Control+z');
  await window.seeStatus(/Verified$/);

  await page.locator('.statusbar-item').filter({ hasText: /Verified$/ }).click();
  await window.see('.quick-input-list', 'Prove');
  await window.screenshot('7-actions');
  await page.keyboard.press('Escape');
}

/** How far the progress of a job has come, in points. */
export function widthOfProgress(page) {
  return page
    .locator('.notification-toast .progress-bit')
    .first()
    .evaluate((bit) => bit.getBoundingClientRect().width);
}

/** A line that is written out and ended is ended: the suggestion that equals it is in nobody's way. */
export async function typing(window) {
  const { page } = window;
  await window.goTo(13);
  for (const word of ['    NOP', 'HALT']) {
    await page.keyboard.type(word);
    await window.see('.suggest-widget.visible', word.trim());
    await page.keyboard.press('Enter');
  }
  await window.see('.statusbar-item', 'Ln 15');
  await window.command('File: Revert File');
  await window.seeStatus(/Verified$/);
}

export async function unsavedInputs(window) {
  const { page } = window;
  await window.openMore('square.inputs.json');
  // The state is that of the program beside the inputs.
  await window.seeStatus(/Verified$/);
  await window.goTo(1);
  // A digit before the public one: quotes and brackets would be closed by the editor, into what can't be read.
  await page.keyboard.press('Home');
  for (let step = 0; step < '{"public": ['.length; step++) {
    await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.insertText('1');
  await window.seeStatus('Proof stale');
  await window.command('File: Revert File');
  await window.seeStatus(/Verified$/);
}

/** Its steps in their order, each by its own button, up to a proof that was verified. */
export async function walkthrough(server, window) {
  const { page } = window;
  await window.openFolder();
  await window.begin('Welcome: Open Walkthrough...');
  await page.locator('.quick-input-widget input').first().fill('A first proof');
  await window.choose('A first proof');
  await window.see('.gettingStarted', 'Write a program');
  await window.screenshot('11-walkthrough');

  const press = async (step, button) => {
    await page.locator('.getting-started-step').filter({ hasText: step }).first().click();
    await page.locator('.gettingStarted .monaco-button').getByText(button, { exact: true }).first().click();
  };
  await press('Write a program', 'Write the Example');
  await window.see('.quick-input-widget', 'Where to write the example');
  // The dialog takes no key before it has listed the folder.
  await window.see('.quick-input-list .monaco-list-row', 'square.prov');
  await page.locator('.quick-input-widget input:enabled').first().press('Enter');
  await window.see('.tab.active', 'product.prov');
  await window.seeLens(/Run/);
  await page.locator('.tab').filter({ hasText: 'Welcome' }).first().click();
  await press('Run it', 'Run');
  // What came of it is shown where it stands: over the program, which is put beside the walkthrough.
  await window.seeLens('halted after');
  await press('Prove the run', 'Prove');
  await window.seeMessage('proved and verified', PROOF);
  await press('Verify the proof', 'Verify');
  await window.seeMessage('the proof is valid');
  await window.screenshot('12-walkthrough-done');
  await window.clearMessages();
  assert.ok(server.read('product.proof.json'));
}
