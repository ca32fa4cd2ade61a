// A browser of its own, and pages in it that may speak to the page's own origin alone.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

export function launch() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  assert.ok(existsSync(executablePath), `there is no ${executablePath}: apt-get install chromium fonts-dejavu-core, or set CHROMIUM`);
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/**
 * A page of a fresh profile, opened at an address. Whatever goes wrong in it is in `faults`: errors, what its policy refused, requests that
 * go elsewhere. `finish` fails if there is any, and closes the page.
 */
export async function open(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, acceptDownloads: true, ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  const { origin } = new URL(address);
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.stack ?? String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') {
      faults.push(message.text());
    }
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !['blob:', 'data:'].includes(url.protocol)) {
      faults.push(`a request to ${request.url()}`);
    }
  });
  // A key takes a while on a machine that does other things too.
  page.setDefaultTimeout(180_000);
  await page.goto(address);
  await ready(page);
  const finish = async () => {
    assert.deepEqual(faults, [], 'nothing goes wrong in the page, and nothing is asked of another origin');
    await context.close();
  };
  return { page, context, faults, finish };
}

/** The server answers. */
export async function ready(page) {
  await page.locator('#run:enabled').waitFor();
}
