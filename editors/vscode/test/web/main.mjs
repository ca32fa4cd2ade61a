// The extension in VS Code for the Web, where there is neither a process nor a disk: what is done by hand on the desktop, and what
// differs.
//
//   node test/web/main.mjs --cache FOLDER --package FILE

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CodeServer } from '../editor/code-server.mjs';
import { stage } from '../editor/stages.mjs';
import { Window } from '../editor/window.mjs';
import { debugging } from '../story/debugging.mjs';
import { firstProof, typing, unsavedInputs, walkthrough } from '../story/first-proof.mjs';
import { testing } from '../story/testing.mjs';
import { configured, missing, mistake, nothingMissing, received, tooMany } from './place.mjs';
import { WebEditor } from './web-editor.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const screenshots = join(root, 'test/screenshots/web');
const { values: options } = parseArgs({ options: { cache: { type: 'string' }, package: { type: 'string' } } });

rmSync(screenshots, { recursive: true, force: true });
// An editor that takes the package apart.
const installed = new CodeServer(options.cache);
let server;
let window;
try {
  await stage('the package installs', () => installed.install(options.package));
  server = new WebEditor(options.cache, installed.extension);
  window = new Window(server, screenshots);
  await server.start();
  await window.start();
  await stage('a mistake, its fix, and the library', () => mistake(server, window));
  await stage('from a mistake to a verified proof', () => firstProof(server, window));
  await stage('typing', () => typing(window));
  await stage('unsaved inputs', () => unsavedInputs(window));
  await stage('debugging, forwards and backwards', () => debugging(root, server, window));
  await stage('a launch.json', () => configured(server, window));
  await stage('tests', () => testing(server, window));
  await stage('the walkthrough', () => walkthrough(server, window));
  await stage('a received proof', () => received(server, window));
  await stage('what needs a process says so', () => missing(server, window));
  await stage('a workspace that is too large', () => tooMany(server, window));
  await stage('every file of the extension is in the package', () => nothingMissing(server));
} catch (error) {
  await window?.page?.screenshot({ path: join(screenshots, 'failed.png') }).catch(() => undefined);
  console.error(`FAILED. Screenshots, failed.png the last: ${screenshots}`);
  console.error(error);
  process.exitCode = 1;
} finally {
  await window?.stop();
  await server?.stop();
  installed.remove();
}
