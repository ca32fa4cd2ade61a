// Every example runs; those that are said to be quick fit in one of the three smallest tiers, and the others do not.

import assert from 'node:assert/strict';
import { open } from '../support/browser.mjs';
import { says } from '../support/page.mjs';

const SMALLEST = ['44', '113', '251'];

export async function examples({ browser, address }) {
  const { page, finish } = await open(browser, address);
  const groups = await page.locator('#examples optgroup').evaluateAll((all) => all.map((group) => [...group.querySelectorAll('option')].map((one) => one.value)));
  assert.equal(groups.length, 2);
  for (const [index, names] of groups.entries()) {
    for (const name of names) {
      await page.locator('#examples').selectOption(name);
      await page.locator('#run').click();
      await page.locator('#panel-output .verdict.good').waitFor();
      await says(page, '#panel-output dt', 'tier');
      const tier = await page.locator('#panel-output dt:text-is("tier") + dd').textContent();
      assert.equal(SMALLEST.includes(tier), index === 0, `${name} takes tier ${tier}`);
    }
  }
  // Nothing was lost: an example takes the place of an example.
  assert.equal(await page.locator('.notice').count(), 0);
  await finish();
}
