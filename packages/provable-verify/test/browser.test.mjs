// The package in a browser: the same cases as in Node.js, from files that a server on this machine gives as they are.

import assert from 'node:assert/strict';
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };
const PAGE = `<!doctype html><title>provable-verify</title><script type="module">
import * as provable from '/dist/esm/browser.js';
import { cases } from '/test/cases.mjs';
const material = await (await fetch('/material')).json();
const failed = [];
let passed = 0;
for (const [name, run] of Object.entries(cases(provable, material))) {
  try {
    await run();
    passed += 1;
  } catch (error) {
    failed.push(name + ': ' + error.stack);
  }
}
window.results = { passed, failed };
</script>`;

const server = createServer((request, response) => {
  const path = normalize(new URL(request.url, 'http://localhost').pathname);
  const file = path === '/material' ? process.env.MATERIAL : join(root, path);
  if (path === '/') {
    response.setHeader('content-type', 'text/html');
    // As strict as a page can be that has a module of WebAssembly.
    response.setHeader('content-security-policy', "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'");
    response.end(PAGE);
  } else if (/^\/(dist|test)\//.test(path) && existsSync(file) || path === '/material') {
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  } else {
    response.statusCode = 404;
    response.end();
  }
});

test('in Chromium the verdicts are the same', async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => window.results !== undefined, undefined, { timeout: 120_000 });
    const { passed, failed } = await page.evaluate(() => window.results);
    assert.deepEqual([...errors, ...failed], []);
    assert.ok(passed > 10, `${passed}`);
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
});
