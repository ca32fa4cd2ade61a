// What is only so in a browser: a mistake and what is said of a word, the standard library's files, and what needs a process.

import assert from 'node:assert/strict';
import { DebugView } from '../editor/debug-view.mjs';
import { until } from '../editor/waiting.mjs';
import { PROOF } from '../story/first-proof.mjs';

const MISTAKE = `.use "std@1/check"

        PUHS 5
        CALL check.between 1, 9
        HALT
`;

/** From a mistake to its fix, to what a word means, and to the library, which is nowhere on disk. */
export async function mistake(server, window) {
  const { page } = window;
  server.write('lib/mistake.prov', MISTAKE);
  await window.openFolder();
  await window.openMore('mistake.prov');
  await page.locator('.squiggly-error').first().waitFor();
  await window.goTo(3);
  await page.keyboard.press('F8');
  await window.see('.marker-widget', /there is no instruction `PUHS`/);
  await window.screenshot('web-1-mistake');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+.');
  await window.see('.action-widget', 'PUSH');
  await page.keyboard.press('Enter');
  await window.see('.view-line', /PUSH\s5/);
  await window.notSee('.squiggly-error');

  await window.seeLens('Run');
  const word = page.locator('.view-line span').getByText('PUSH', { exact: true }).first();
  const meaning = page.locator('.monaco-hover:not(.hidden)').filter({ hasText: /PUSH/ }).first();
  // Lenses move the lines when they come, so a pointer may be beside the word.
  for (let tries = 0; tries < 20 && !(await meaning.isVisible()); tries++) {
    await page.mouse.move(5, 5);
    await word.hover();
    await meaning.waitFor({ timeout: 5000 }).catch(() => undefined);
  }
  await window.see('.monaco-hover:not(.hidden)', /PUSH/);
  await window.screenshot('web-2-hover');

  await window.goTo(4);
  await page.keyboard.press('End');
  for (let step = 0; step < 'een 1, 9'.length; step++) {
    await page.keyboard.press('ArrowLeft');
  }
  await page.keyboard.press('F12');
  await window.see('.tab.active', 'check.prov');
  await window.see('.view-line', /\.routine\sbetween/);
  // Nobody can write into it.
  await page.keyboard.type('x');
  await window.see('.monaco-editor-overlaymessage', /read-only/);
  await window.screenshot('web-3-library');
}

/** A launch.json names files as it does on a disk. */
export async function configured(server, window) {
  const { page } = window;
  const launch = { type: 'provable', request: 'launch', name: 'ours', program: '${workspaceFolder}/fibonacci.prov', inputs: 'lib/three.inputs.json', stopAtStep: 'end' };
  server.write('lib/three.inputs.json', '{"public": [3]}');
  server.write('.vscode/launch.json', JSON.stringify({ version: '0.2.0', configurations: [launch] }));
  await window.open('fibonacci.prov');
  // The lenses may be out of sight: the editor keeps where a text was left.
  await window.seeStatus('Not proved');
  const debug = new DebugView(window);
  await page.keyboard.press('F5');
  await window.see('.repl .monaco-list-row', 'halted after 39 steps');
  await page.locator('.monaco-editor .debug-top-stack-frame-line').first().waitFor();
  await debug.stop();
  server.write('.vscode/launch.json', '{}');
  await window.command('View: Hide Panel');
  await window.command('View: Show Explorer');
}

/** Who checks a proof elsewhere has the program, the proof and the prover's key. */
export async function received(server, window) {
  const { page } = window;
  await window.open('product.prov');
  await window.seeLens(/Run/);
  await window.lens('Prove');
  await window.seeStatus(/Verified$/, PROOF);
  await window.begin('Provable: Export Verifying Key…');
  await window.see('.quick-input-widget', 'Where to write the verifying key');
  // The dialog takes no key before it has listed the folder, of which it shows folders and keys.
  await window.see('.quick-input-list .monaco-list-row', '..');
  await page.locator('.quick-input-widget input:enabled').first().press('Enter');
  await window.seeMessage('product.vk is the key of this proof');

  // Another browser, which has no keys.
  const files = new Map(server.files);
  await window.stop();
  await window.start();
  assert.deepEqual([...server.files.keys()], [...files.keys()]);
  await window.open('product.prov');
  await window.seeLens('its key is not among those at hand');
  await window.lens('Verify');
  await window.seeMessage(/no key [0-9a-f]{64} is held/);
  await window.screenshot('web-7-no-key');
  await window.clearMessages();
  await window.begin('Provable: Import Verifying Key…');
  await window.see('.quick-input-widget', 'Which verifying key to take');
  await window.choose('product.vk');
  await window.seeMessage('product.vk is among the keys');
  await window.clearMessages();
  await window.lens('Verify');
  await window.seeMessage('the proof is valid');
  await window.screenshot('web-8-received');
}

/** What the server is given has a limit, and whoever meets it is told. */
export async function tooMany(server, window) {
  for (let file = 0; file < 2001; file++) {
    server.write(`many/${file}.prov`, 'HALT\n');
  }
  await window.open('square.prov');
  await window.seeMessage('more than 2000 programs, inputs and proofs');
  await window.seeLens(/Run/);
}

/** What a browser has not says so. */
export async function missing(server, window) {
  const { page } = window;
  server.set({});
  await window.open('square.prov');
  await window.seeLens(/Run/);
  await window.command('Provable: Link to One File…');
  await window.seeMessage(/To link a program takes the command .?provable.?, and a browser starts no processes/);
  await window.screenshot('web-4-link');
  await window.clearMessages();

  server.set({ 'provable.server.path': '/usr/bin/provable' });
  await window.seeMessage(/The setting .?provable\.server\.path.? has no effect in a browser/);
  await window.screenshot('web-5-setting');
  await window.clearMessages();
  server.set({});

  await page.locator('.statusbar-item').filter({ has: page.locator('[class*=codicon-bracket]') }).first().hover();
  await window.see('.monaco-hover:not(.hidden)', /In the browser.*no process, no terminal and no key store on disk/s);
  await window.screenshot('web-6-place');
  await page.locator('.monaco-hover').getByText('More', { exact: true }).click();
  await window.seeMessage(/A browser starts no processes/);
  await window.clearMessages();

  // The server is started anew, with all files.
  await window.command('Provable: Restart Server');
  await window.command('Provable: Run');
  await window.seeLens('halted after');
}

/** Nothing that the page asked for was missing, but for what no extension has to have. */
export async function nothingMissing(server) {
  const { missing: paths } = server;
  await until('no file to be missing', () => paths.filter((path) => path.startsWith('/extensions/provable/') && !path.endsWith('package.nls.json')), (left) => left.length === 0, 1);
}
