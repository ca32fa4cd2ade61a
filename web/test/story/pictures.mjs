// The pictures of the README.

import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { open } from '../support/browser.mjs';
import { says } from '../support/page.mjs';

const images = fileURLToPath(new URL('../../images/', import.meta.url));

export async function pictures({ browser, address }) {
  mkdirSync(images, { recursive: true });
  const light = await open(browser, address, { viewport: { width: 1280, height: 760 }, colorScheme: 'light' });
  await light.page.locator('#run').click();
  await says(light.page, '#panel-output', 'Halted after');
  await light.page.locator('#prove').click();
  await says(light.page, '#panel-proof .verdict-title', 'Verified');
  await light.page.screenshot({ path: `${images}verified.png` });
  await light.finish();
  const dark = await open(browser, address, { viewport: { width: 1280, height: 760 }, colorScheme: 'dark' });
  await dark.page.locator('#run').click();
  await says(dark.page, '#panel-output', 'Halted after');
  await dark.page.locator('#debug').click();
  await says(dark.page, '.place', 'step 0 of 27');
  for (let step = 1; step <= 12; step += 1) {
    await dark.page.locator('[data-move=next]').click();
    await says(dark.page, '.place', `step ${step} of 27`);
  }
  await dark.page.screenshot({ path: `${images}debugging.png` });
  await dark.finish();
}
