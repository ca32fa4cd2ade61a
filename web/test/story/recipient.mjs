// Somebody receives a program, a proof and a key, and verifies without inputs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { open } from '../support/browser.mjs';
import { says } from '../support/page.mjs';

async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  return { name: download.suggestedFilename(), mimeType: 'application/octet-stream', buffer: readFileSync(await download.path()) };
}

export async function recipient({ browser, address, screenshots }) {
  const prover = await open(browser, address);
  await prover.page.locator('#examples').selectOption('prime');
  await prover.page.locator('#prove').click();
  await says(prover.page, '#panel-proof .verdict-title', 'Verified');
  const proof = await saved(prover.page, 'Download the proof');
  const key = await saved(prover.page, 'Download the verifying key');
  assert.match(key.name, /\.vk$/);
  await prover.finish();

  const { page, finish } = await open(browser, address);
  await page.locator('#examples').selectOption('prime');
  await page.locator('#tab-inputs').click();
  await page.locator('#public-input').fill('');
  await page.locator('#secret-input').fill('');
  await page.locator('#tab-proof').click();
  const [proofs, keys] = [page.locator('#panel-proof input[type=file]').nth(0), page.locator('#panel-proof input[type=file]').nth(1)];
  await proofs.setInputFiles(proof);
  await says(page, '#panel-proof', 'This key is not here');
  await keys.setInputFiles({ ...key, buffer: key.buffer.subarray(0, 100) });
  await page.locator('.notice.error').waitFor();
  await page.locator('.notice.error .close').click();
  await keys.setInputFiles(key);
  await says(page, '.notice', 'is here now');
  await page.locator('#verify').click();
  await says(page, '#panel-proof .verdict-title', 'Verified');
  await says(page, '#panel-proof', 'imported');
  await page.screenshot({ path: `${screenshots}received.png` });
  await finish();
}
