// What the editor has from the server: hover, completion, definition, rename, formatting, the standard library; and that none of it lets a
// program act in the page.

import assert from 'node:assert/strict';
import { open } from '../support/browser.mjs';
import { EDITOR, programText, says, setInputs, toStep, typeProgram } from '../support/page.mjs';

export async function features({ browser, address, screenshots }) {
  const { page, finish } = await open(browser, address);
  await names(page);
  await completion(page, screenshots);
  await documents(page, screenshots);
  await library(page, screenshots);
  await inputs(page);
  await tests(page, screenshots);
  await cancelling(page);
  await finish();
}

/** Puts the cursor into a word of the program. */
async function click(page, line, word) {
  await page.locator(`${EDITOR} .cm-line`, { hasText: line }).first().getByText(word, { exact: true }).first().click();
}

async function names(page) {
  await typeProgram(page, 'READ\nagain:\nPUSH 1\nSUB\nDUP\nJNZ again\nHALT\n');
  await page.keyboard.press('Shift+Alt+F');
  await page.waitForFunction(() => /^ {2,}PUSH/m.test(document.querySelector('#editor .cm-content').innerText));
  await click(page, 'JNZ', 'again');
  await page.keyboard.press('F12');
  await says(page, '#fact-position', /^2:/);
  await page.keyboard.press('F2');
  await page.locator('.cm-lsp-rename-panel input').fill('once_more');
  await page.keyboard.press('Enter');
  await says(page, '.cm-line', 'once_more:');
  await says(page, '.cm-line', 'JNZ once_more');
  assert.doesNotMatch(await programText(page), /again/);
}

async function completion(page, screenshots) {
  await typeProgram(page, '');
  await page.keyboard.type('ASS');
  await says(page, '.cm-tooltip-autocomplete', 'ASSERT');
  await page.screenshot({ path: `${screenshots}completion.png` });
  await page.locator('.cm-tooltip-autocomplete [aria-selected]').waitFor();
  // Nothing is taken before it is certain that the user has seen it.
  await page.waitForFunction(() => {
    const list = document.querySelector('.cm-tooltip-autocomplete');
    return list !== null && !list.matches('.cm-tooltip-autocomplete-disabled');
  });
  await page.keyboard.press('Enter');
  assert.equal((await programText(page)).trim(), 'ASSERT');
}

async function documents(page, screenshots) {
  const attack = '<img src=x onerror="document.title=1"><a href="javascript:document.title=2">x</a><script>document.title=3</script>';
  await typeProgram(page, `CALL twice\nHALT\n\n## Doubles. ${attack}\n.routine twice ( n -- n )\nDUP\nADD\nRET\n`);
  await page.locator(`${EDITOR} .cm-line`, { hasText: 'CALL' }).getByText('twice').first().hover();
  await says(page, '.cm-lsp-hover-tooltip', 'Doubles.');
  await page.screenshot({ path: `${screenshots}hover.png` });
  assert.equal(await page.locator('.cm-lsp-hover-tooltip :is(img, script, [onerror], [href^=javascript])').count(), 0);
  await says(page, '.cm-lsp-hover-tooltip', '<img src=x');
  assert.equal(await page.title(), 'Provable VM');
}

async function library(page, screenshots) {
  await typeProgram(page, '.use "std@1/check"\n\nREAD\nDUP\nCALL check.between 2, 0xffff\nWRITE\nHALT\n');
  await setInputs(page, '7', '');
  await page.locator(`${EDITOR} .cm-link`).waitFor();
  await page.locator(`${EDITOR} .cm-link`).click({ modifiers: ['ControlOrMeta'] });
  await says(page, '#reader', 'for reading');
  await says(page, '#reader .cm-line', '.routine');
  await page.screenshot({ path: `${screenshots}library.png` });
  await page.getByRole('button', { name: 'Back to the program' }).click();
  await page.locator('#reader').waitFor({ state: 'hidden' });

  // The debugger goes into it, and comes back out.
  await page.locator('#debug').click();
  await says(page, '.place', 'step 0 of');
  await toStep(page, () => page.keyboard.press('F10'), 1);
  await toStep(page, () => page.keyboard.press('F10'), 2);
  await page.keyboard.press('F11');
  await page.keyboard.press('F11');
  await says(page, '#reader', 'for reading');
  await page.locator('#reader .cm-stopped').waitFor();
  await page.screenshot({ path: `${screenshots}into-the-library.png` });
  await page.keyboard.press('Shift+F11');
  await page.locator('#editor .cm-stopped').waitFor();
}

/** A mistake in the inputs is told where the others are. */
async function inputs(page) {
  await setInputs(page, '99999999999', '"hi" 0x1f');
  await page.locator('#tab-problems').click();
  await says(page, '.problems', 'Inputs, line');
  await page.locator('.problems li', { hasText: 'Inputs, line' }).first().getByRole('button').click();
  await page.locator('#panel-inputs .cm-editor.cm-focused').waitFor();
  await says(page, '#panel-inputs .cm-content', '"text:hi", "0x1f"');
  await page.locator('#public-input').fill('"open');
  await says(page, '#inputs-error', 'no closing quote');
}

async function tests(page, screenshots) {
  await page.locator('#examples').selectOption('gcd');
  await page.locator('.cm-lens', { hasText: 'Run Test' }).first().click();
  await says(page, '#panel-output', '1 test passed');
  await page.locator('.cm-lens', { hasText: 'Run All Tests' }).click();
  await says(page, '#panel-output', '3 tests passed');
  await page.screenshot({ path: `${screenshots}tests.png` });
  await page.locator('.cm-lens', { hasText: 'Debug Test' }).nth(1).click();
  await says(page, '.place', 'step 0 of 26');
  await page.locator('[data-move=stop]').click();
}

/** A proof that takes long is cancelled, and nothing is left of it. */
async function cancelling(page) {
  await page.locator('#examples').selectOption('sorting');
  await page.locator('#prove').click();
  await says(page, '#job-text', 'Proving');
  await page.locator('#job-cancel').click();
  await says(page, '#status-text', 'cancelled');
  await page.locator('#job').waitFor({ state: 'hidden' });
  await page.locator('#run').click();
  await says(page, '#panel-output', 'Halted after');
}
