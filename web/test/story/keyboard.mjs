// The whole way without a mouse.

import assert from 'node:assert/strict';
import { open } from '../support/browser.mjs';
import { says } from '../support/page.mjs';

/** Presses Tab until the focus is where it is wanted. Each stop on the way has to show that it has the focus. */
async function tabTo(page, selector, key = 'Tab') {
  for (let stops = 0; stops < 80; stops += 1) {
    await page.waitForFunction(focusIsShown, undefined, { timeout: 5000 }).catch(async () => {
      assert.fail(`the focus is not seen on ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))}`);
    });
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) {
      return;
    }
    await page.keyboard.press(key);
  }
  assert.fail(`the key ${key} does not lead to ${selector}`);
}

/** Whether the element that has the focus shows it. The editor shows it on its frame, a moment later. */
function focusIsShown() {
  const element = document.activeElement;
  const editor = element?.closest('.cm-editor');
  return editor ? editor.classList.contains('cm-focused') : element === document.body || getComputedStyle(element).outlineStyle !== 'none';
}

export async function keyboard({ browser, address, screenshots }) {
  const { page, finish } = await open(browser, address);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the program');
  await tabTo(page, '#editor .cm-content');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('push 2\nread\nMUL\nWRITE\nHALT');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Alt+F');
  await says(page, '#editor .cm-line', 'PUSH 2');
  await page.keyboard.press('ControlOrMeta+Enter');
  await says(page, '#panel-output', 'Halted after 5 steps');
  await says(page, '#panel-output .words', '42');

  // Tab leaves the editor, and the arrow keys go through the panels.
  await page.keyboard.press('Tab');
  await tabTo(page, '[role=tab]');
  for (const [key, panel] of [['Home', 'inputs'], ['ArrowRight', 'output'], ['End', 'problems'], ['ArrowRight', 'inputs'], ['ArrowLeft', 'problems'], ['ArrowLeft', 'debug']]) {
    await page.keyboard.press(key);
    assert.equal(await page.evaluate(() => document.activeElement.id), `tab-${panel}`);
    assert.ok(await page.locator(`#panel-${panel}`).isVisible(), `${key} shows ${panel}`);
  }
  await tabTo(page, '#panel-debug button.primary');
  await page.keyboard.press('Enter');
  await says(page, '.place', 'step 0 of 5');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.move), 'next');
  await page.keyboard.press('Enter');
  await says(page, '.place', 'step 1 of 5');
  await page.keyboard.press('F10');
  await says(page, '.place', 'step 2 of 5');
  await page.keyboard.press('Shift+F10');
  await says(page, '.place', 'step 1 of 5');
  await tabTo(page, '#debug-step');
  await page.keyboard.press('ArrowRight');
  await says(page, '.place', 'step 2 of 5');
  await page.screenshot({ path: `${screenshots}keyboard.png` });
  await tabTo(page, '[data-move=stop]', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, '#panel-debug button.primary');

  // Dialogs take the focus and give it back.
  await tabTo(page, '#share', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'share');
  await tabTo(page, '#prove', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await says(page, '#panel-proof .verdict-title', 'Verified');
  await finish();
}
