// Both themes, wide and narrow, and at twice the size, as an accessibility checker sees them.

import assert from 'node:assert/strict';
import { accessible, noSidewaysScroll } from '../support/axe.mjs';
import { open } from '../support/browser.mjs';
import { says, typeProgram } from '../support/page.mjs';

const SIZES = {
  wide: { viewport: { width: 1360, height: 860 } },
  narrow: { viewport: { width: 320, height: 640 } },
  // A window of 1280 by 800 at a zoom of 200 %.
  zoomed: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
};

export async function looks({ browser, address, screenshots }) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [size, options] of Object.entries(SIZES)) {
      const { page, finish } = await open(browser, address, { ...options, colorScheme, reducedMotion: 'reduce' });
      const name = `${colorScheme}, ${size}`;
      const look = async (stage) => {
        await accessible(page, `${stage}, ${name}`);
        await noSidewaysScroll(page, `${stage}, ${name}`);
        await page.screenshot({ path: `${screenshots}${colorScheme}-${size}-${stage}.png`, fullPage: size !== 'wide' });
      };
      assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), colorScheme);
      assert.equal(await page.evaluate(() => scrollY), 0, `${name}: the page begins at its head`);
      await look('inputs');
      await page.locator('#run').click();
      await says(page, '#panel-output', 'Halted after');
      await page.locator('#test').click();
      await says(page, '#panel-output', '3 tests passed');
      await look('output');
      await page.locator('#prove').click();
      await says(page, '#panel-proof .verdict-title', 'Verified');
      await look('proof');
      await page.locator('#debug').click();
      await says(page, '.place', 'step 0 of 27');
      const scrolled = await page.evaluate(() => scrollY);
      // The browser's own click, which brings nothing into view.
      await page.locator('[data-move=next]').evaluate((one) => one.click());
      await says(page, '.place', 'step 1 of 27');
      assert.equal(await page.evaluate(() => scrollY), scrolled, `${name}: a step does not move the page`);
      await look('debug');
      await page.locator('#share').click();
      await page.locator('dialog[open]').waitFor();
      await look('share');
      await page.keyboard.press('Escape');
      await page.locator('#keys').click();
      await look('keys');
      await page.keyboard.press('Escape');
      await typeProgram(page, 'PUHS 2\nJMP nowhere\nADD\nHALT\nPOP\n');
      await page.locator('#tab-problems').click();
      await says(page, '.problems', 'there is no instruction `PUHS`');
      await page.locator('.problems button').first().click();
      await page.keyboard.press('ControlOrMeta+.');
      await page.locator('.cm-actions').waitFor();
      await look('problems');
      await page.keyboard.press('Escape');
      await page.locator('#theme').click();
      assert.notEqual(await page.evaluate(() => document.documentElement.dataset.theme), colorScheme);
      await finish();
    }
  }
}
