// What a user does with the page.

import assert from 'node:assert/strict';

export const EDITOR = '#editor .cm-content';

/** Replaces the program by typing. */
export async function typeProgram(page, text) {
  await page.locator(EDITOR).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}

/** The program's text, as the page would share it: lines without what is shown behind them. */
export async function programText(page) {
  return page.evaluate(() => {
    const lines = [...document.querySelectorAll('#editor .cm-line')];
    return lines
      .map((line) => {
        const copy = line.cloneNode(true);
        copy.querySelectorAll('.cm-hint').forEach((hint) => hint.remove());
        return copy.textContent;
      })
      .join('\n');
  });
}

/** Waits until an element says something. */
export async function says(page, selector, text) {
  await page
    .locator(selector)
    .filter({ hasText: text })
    .first()
    .waitFor()
    .catch(async () => {
      const found = await page.locator(selector).allTextContents();
      assert.fail(`${selector} should say ${text}, and says ${JSON.stringify(found).slice(0, 2000)}`);
    });
}

export async function setInputs(page, publicInput, secretInput) {
  await page.locator('#tab-inputs').click();
  await page.locator('#public-input').fill(publicInput);
  await page.locator('#secret-input').fill(secretInput);
}

/** The words on the stack in the debugger, the top first. */
export function debuggerStack(page) {
  return page.locator('.stack li span:last-child').allTextContents();
}

/** Does something in the debugger and waits until it has come to a step. */
export async function toStep(page, act, step) {
  await act();
  await says(page, '.place', new RegExp(`^step ${step} of `));
}
