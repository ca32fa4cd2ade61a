// A program goes to somebody by its address. The secret input does not.

import assert from 'node:assert/strict';
import { open, ready } from '../support/browser.mjs';
import { programText, says, setInputs, typeProgram } from '../support/page.mjs';

const PROGRAM = 'SECRET\nREAD\nADD\nWRITE\nHALT\n# über';

async function addressOf(page, withInput) {
  await page.locator('#share').click();
  await page.locator('dialog[open] #share-address').waitFor();
  if (withInput) {
    const before = await page.locator('#share-address').inputValue();
    await page.locator('#share-input').check();
    await page.waitForFunction((old) => document.querySelector('#share-address').value !== old, before);
  }
  await page.getByRole('button', { name: 'Copy' }).click();
  await says(page, 'dialog[open]', 'Copied.');
  const address = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(address, await page.locator('#share-address').inputValue());
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  return address;
}

export async function sharing({ browser, address, screenshots }) {
  const { page, finish } = await open(browser, address);
  await typeProgram(page, PROGRAM);
  await setInputs(page, '20', '22');
  const own = await programText(page);
  const plain = await addressOf(page, false);
  const withInput = await addressOf(page, true);
  assert.notEqual(plain, withInput);
  await page.locator('#share').click();
  await page.screenshot({ path: `${screenshots}share.png` });
  await page.keyboard.press('Escape');

  // Somebody else opens it.
  const other = await open(browser, withInput);
  assert.equal(await programText(other.page), own);
  assert.equal(await other.page.locator('#public-input').inputValue(), '20');
  assert.equal(await other.page.locator('#secret-input').inputValue(), '');
  await other.page.goto('about:blank');
  await other.page.goto(plain);
  await ready(other.page);
  assert.equal(await programText(other.page), own);
  assert.equal(await other.page.locator('#public-input').inputValue(), '');

  // Their own program is set aside, and comes back.
  await typeProgram(other.page, 'PUSH 5\nHALT');
  await other.page.evaluate((hash) => (location.hash = hash), new URL(plain).hash);
  await says(other.page, '.notice', 'taken the place of yours');
  assert.equal(await programText(other.page), own);
  await other.page.getByRole('button', { name: 'Bring mine back' }).click();
  assert.match(await programText(other.page), /PUSH 5/);
  await other.finish();

  // A damaged address changes nothing.
  await page.evaluate((hash) => (location.hash = hash), `${new URL(plain).hash.slice(0, -4)}!`);
  await says(page, '.notice.error', 'cannot be opened');
  assert.equal(await programText(page), own);
  // To load the page again loses nothing but the secret input.
  await page.waitForFunction(() => localStorage.getItem('provable.draft')?.includes('über'));
  assert.ok(!(await page.evaluate(() => JSON.stringify(localStorage))).includes('22'), 'the secret input is not stored');
  await page.evaluate(() => history.replaceState(null, '', location.pathname));
  await page.reload();
  await ready(page);
  assert.equal(await programText(page), own);
  assert.equal(await page.locator('#public-input').inputValue(), '20');
  assert.equal(await page.locator('#secret-input').inputValue(), '');
  await finish();
}
