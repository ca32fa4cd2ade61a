// Once loaded, the page needs no network; and its own service worker isolates it where the host does not.

import assert from 'node:assert/strict';
import { open, ready } from '../support/browser.mjs';
import { says } from '../support/page.mjs';

export async function offline({ browser, address, isDeveloping }) {
  const { page, context, finish } = await open(browser, address);
  assert.equal(await page.evaluate(() => crossOriginIsolated), true, 'the page is isolated');
  await says(page, '#fact-engine', 'threads');
  await says(page, '#fact-offline', 'works offline');
  await page.reload();
  await ready(page);
  await context.setOffline(true);
  await page.reload();
  if (isDeveloping) {
    // The native server is behind the network.
    await says(page, 'h1', 'Provable');
    await page.locator('.cm-editor').first().waitFor({ state: 'attached', timeout: 1000 }).catch(() => undefined);
    await context.close();
    return;
  }
  await ready(page);
  await page.locator('#run').click();
  await says(page, '#panel-output', 'Halted after');
  await page.locator('#keys').click();
  const [reference] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: /The language/ }).click()]);
  await says(reference, 'h1', 'language');
  await finish();
}
