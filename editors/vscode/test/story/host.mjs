// The tests in test/host, run inside the extension host on the extension as it is installed.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a line of the tests begins with, among what the window logs. */
const MARK = 'TEST ';
/** The longest that all of them may take, in milliseconds. */
const PATIENCE = 600_000;

export async function inExtensionHost(root, server, window) {
  execFileSync(process.execPath, ['scripts/build.mjs', '--tests'], { cwd: root, stdio: 'inherit' });
  const folder = join(server.home, 'host');
  mkdirSync(folder);
  const payload = [
    ['extensionDevelopmentPath', server.uri(server.extension)],
    ['extensionTestsPath', server.uri(join(root, 'out/host/index.js'))],
  ];
  const page = await window.page.context().newPage();
  const log = [];
  let exit;
  const exited = new Promise((resolve) => (exit = resolve));
  await page.exposeFunction('codeAutomationLog', (type, words) => {
    const text = words.map(String).join(' ');
    log.push(`${type}: ${text}`);
    if (text.startsWith(MARK)) {
      console.log(text.slice(MARK.length));
    }
  });
  await page.exposeFunction('codeAutomationExit', (code) => exit(code));
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(() => resolve('nothing, for too long'), PATIENCE)));
  let code;
  try {
    await page.goto(`http://${server.host}/?folder=${folder}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    code = await Promise.race([exited, late]);
  } finally {
    // A timer that runs would keep this process from ending.
    clearTimeout(timer);
  }
  if (code !== 0) {
    await page.screenshot({ path: join(window.screenshots, 'host.png') });
    writeFileSync(join(window.screenshots, 'host.log'), log.join('\n'));
  }
  await page.close();
  assert.equal(code, 0, `the tests inside the extension host ended with ${code}; the window's log is host.log among the screenshots`);
}
