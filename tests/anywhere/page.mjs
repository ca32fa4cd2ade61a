// The page, as a prover and as a verifier.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, open } from '../../web/test/support/browser.mjs';
import { says, setInputs, typeProgram } from '../../web/test/support/page.mjs';
import { serve } from '../../web/test/support/serve.mjs';

const dist = fileURLToPath(new URL('../../web/dist', import.meta.url));

export async function openPage() {
  const server = await serve(dist, { isolated: true });
  const browser = await launch();
  const close = async () => {
    await browser.close();
    await server.close();
  };
  return { close, prove: (...all) => prove(browser, server.address, ...all), accepts: (one) => accepts(browser, server.address, one) };
}

/** Proves a program with these inputs, and saves proof and key in a folder. */
async function prove(browser, address, program, inputs, folder) {
  const { page, finish } = await open(browser, address);
  await typeProgram(page, readFileSync(program, 'utf8'));
  await setInputs(page, inputs.public.join(' '), inputs.secret.join(' '));
  await page.locator('#prove').click();
  await says(page, '#panel-proof .verdict-title', 'Verified');
  const proof = join(folder, 'page.json');
  const key = join(folder, 'page.vk');
  for (const [name, path] of [['Download the proof', proof], ['Download the verifying key', key]]) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    writeFileSync(path, readFileSync(await download.path()));
  }
  await finish();
  return { program, key, proof };
}

/** Whether the page accepts a proof that it receives. */
async function accepts(browser, address, { program, key, proof }) {
  const { page, context } = await open(browser, address);
  await typeProgram(page, readFileSync(program, 'utf8'));
  await setInputs(page, '', '');
  await page.locator('#tab-proof').click();
  const files = page.locator('#panel-proof input[type=file]');
  await files.nth(1).setInputFiles(key);
  await says(page, '.notice', 'is here now');
  await files.nth(0).setInputFiles(proof);
  await page.locator('#verify').click();
  const verdict = page.locator('#panel-proof .verdict-title').filter({ hasText: /^(Verified|Not valid)/ });
  await verdict.waitFor();
  const text = await verdict.textContent();
  await context.close();
  return text.startsWith('Verified');
}
