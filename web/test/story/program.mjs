// The whole way: a mistake and its fix, a run, the debugger and back, a proof, and one that is refused.

import assert from 'node:assert/strict';
import { open } from '../support/browser.mjs';
import { debuggerStack, EDITOR, programText, says, setInputs, toStep, typeProgram } from '../support/page.mjs';

const WRONG = 'SECRET\nDUP\nMULL\nREAD\nEQ\nASSERT\nHALT\n';

export async function program({ browser, address, screenshots }) {
  const { page, finish } = await open(browser, address);

  // A mistake is seen as it is typed, and mended by the quick fix.
  await typeProgram(page, WRONG);
  await says(page, '#problem-count', '1');
  await page.locator('#tab-problems').click();
  await says(page, '.problems', 'there is no instruction `MULL`');
  await page.screenshot({ path: `${screenshots}mistake.png` });
  await page.locator('.problems button').first().click();
  await page.keyboard.press('ControlOrMeta+.');
  await says(page, '.cm-actions [role=menuitem]:focus', 'Change to `MUL`');
  await page.screenshot({ path: `${screenshots}fix.png` });
  await page.keyboard.press('Enter');
  await page.locator('#problem-count').waitFor({ state: 'hidden' });
  assert.match(await programText(page), /^\s*SECRET\n\s*DUP\n\s*MUL\n/);

  // Values stand behind the lines after a run.
  await setInputs(page, '49', '7');
  await page.locator('#run').click();
  await says(page, '#panel-output', 'Halted after 7 steps');
  await says(page, '.cm-line:has-text("MUL") .cm-hint', '⇒ 49');
  await page.screenshot({ path: `${screenshots}run.png` });

  await backwards(page, screenshots);

  // Another input traps, and the place is told.
  await setInputs(page, '50', '7');
  await page.locator('#run').click();
  await says(page, '#panel-output', 'Trapped after');
  await says(page, '#panel-output', 'the assertion failed');
  await page.screenshot({ path: `${screenshots}trap.png` });
  await setInputs(page, '49', '7');

  await proof(page, screenshots);
  await finish();
}

async function backwards(page, screenshots) {
  await page.locator('#debug').click();
  await says(page, '.place', 'step 0 of 7');
  await toStep(page, () => page.locator('[data-move=next]').click(), 1);
  assert.deepEqual(await debuggerStack(page), ['7']);
  await toStep(page, () => page.locator('[data-move=next]').click(), 2);
  await toStep(page, () => page.locator('[data-move=next]').click(), 3);
  assert.deepEqual(await debuggerStack(page), ['49']);
  await toStep(page, () => page.locator('[data-move=stepBack]').click(), 2);
  assert.deepEqual(await debuggerStack(page), ['7', '7']);
  assert.match(await page.locator('.cm-stopped').textContent(), /MUL/);
  await page.screenshot({ path: `${screenshots}debug.png` });

  // A breakpoint stops both ways.
  await page.locator(`${EDITOR} .cm-line`, { hasText: 'EQ' }).click();
  await page.keyboard.press('F9');
  await page.locator('.cm-breakpoint:visible').waitFor();
  await toStep(page, () => page.keyboard.press('F6'), 4);
  await toStep(page, () => page.locator('[data-move=end]').click(), 7);
  await toStep(page, () => page.keyboard.press('Shift+F6'), 4);
  await page.locator('#debug-expression').fill('top + stack[1]');
  await page.keyboard.press('Enter');
  await says(page, '.log', '98');
  await toStep(page, () => page.locator('#debug-step').fill('6'), 6);
  await page.locator('[data-move=stop]').click();
  await says(page, '#panel-debug', 'Start debugging');
}

async function proof(page, screenshots) {
  await page.locator('#prove').click();
  await says(page, '#panel-proof .verdict-title', 'Verified');
  await says(page, '#panel-proof', 'convinces you alone');
  await page.screenshot({ path: `${screenshots}proof.png` });
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download the proof' }).click()]);
  assert.equal(download.suggestedFilename(), 'main.proof.json');
  const { readFileSync } = await import('node:fs');
  const text = readFileSync(await download.path(), 'utf8');
  const good = JSON.parse(text);
  assert.deepEqual(good.public_input, [49]);
  assert.equal(good.secret_input, undefined);

  // Somebody claims another output.
  await paste(page, JSON.stringify({ ...good, public_output: [1] }));
  await page.locator('#verify').click();
  await says(page, '#panel-proof .verdict-title', 'Not valid');
  await says(page, '#panel-proof .verdict', 'the proof does not hold for this program');
  await page.screenshot({ path: `${screenshots}refused.png` });
  // A text that is no proof at all.
  await paste(page, '{ "version": 1 }');
  await says(page, '#panel-proof .verdict-title', 'The file is no proof');
  // The proof that was downloaded is taken back as a file.
  await page.locator('#panel-proof input[type=file]').first().setInputFiles(await download.path());
  await page.locator('#verify').click();
  await says(page, '#panel-proof .verdict-title', 'Verified');
}

async function paste(page, text) {
  await page.locator('#tab-proof').click();
  await page.locator('#pasted-proof').fill(text);
  await page.getByRole('button', { name: 'Use the pasted proof' }).click();
}
