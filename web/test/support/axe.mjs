// The page as an accessibility checker sees it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Fails if axe finds a violation in what is shown now. */
export async function accessible(page, what) {
  // The page's policy allows no scripts but its own; an evaluated one is the browser's.
  await page.evaluate(`${source}; undefined`);
  const violations = await page.evaluate(async () => {
    const { violations: found } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return found.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 4).map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`) }));
  });
  assert.deepEqual(violations, [], `axe finds nothing in ${what}`);
}

/** Fails if the page is wider than the window. */
export async function noSidewaysScroll(page, what) {
  const [width, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(width <= window, `${what}: the page is ${width} wide in a window of ${window}`);
}
