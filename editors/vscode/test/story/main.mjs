// The extension in the real editor: installed by its script, tested inside the extension host, used by hand from a mistake to
// a verified proof, and with everything wrong that can be.
//
//   node test/story/main.mjs --cache FOLDER --server FILE [--update-screenshots]

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CodeServer } from '../editor/code-server.mjs';
import { stage } from '../editor/stages.mjs';
import { Window } from '../editor/window.mjs';
import { crashes, killedAtWork } from './crashes.mjs';
import { debugging } from './debugging.mjs';
import { firstProof, typing, unsavedInputs, walkthrough } from './first-proof.mjs';
import { inExtensionHost } from './host.mjs';
import { installs, refusesToInstall } from './install.mjs';
import { misfits, noServer, quietLogs } from './no-server.mjs';
import { pictures } from './pictures.mjs';
import { recipient } from './recipient.mjs';
import { testing } from './testing.mjs';
import { trust } from './trust.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const screenshots = join(root, 'test/screenshots');
const { values: options } = parseArgs({
  options: { cache: { type: 'string' }, server: { type: 'string' }, 'update-screenshots': { type: 'boolean', default: false } },
});

rmSync(screenshots, { recursive: true, force: true });
const server = new CodeServer(options.cache);
const window = new Window(server, screenshots);
try {
  await stage('install.sh says what is missing', () => refusesToInstall(root, server, options.server));
  await stage('install.sh packages and installs', () => installs(root, server, options.server));
  await (options['update-screenshots'] ? stage('screenshots for the READMEs', () => pictures(root, server, window)) : story());
} catch (error) {
  await window.page?.screenshot({ path: join(screenshots, 'failed.png') }).catch(() => undefined);
  console.error(`FAILED. Screenshots, failed.png the last: ${screenshots}\nThe editor's files and logs: ${server.home}/data/logs`);
  console.error(error);
  process.exitCode = 1;
} finally {
  await window.stop();
  await server.stop();
  if (!process.exitCode) {
    server.remove();
  }
}

async function story() {
  await window.start();
  await server.start({ trusted: true, driver: true });
  await stage('inside the extension host', () => inExtensionHost(root, server, window));
  await server.stop();
  await server.start({ trusted: true });
  await stage('from a mistake to a verified proof', () => firstProof(server, window));
  await stage('typing', () => typing(window));
  await stage('unsaved inputs', () => unsavedInputs(window));
  await stage('debugging, forwards and backwards', () => debugging(root, server, window));
  await stage('tests', () => testing(server, window));
  await stage('a received proof', () => recipient(server, window));
  await stage('the walkthrough', () => walkthrough(server, window));
  await stage('a server that is killed while it proves', () => killedAtWork(server, window));
  await stage('a server that ends by itself, again and again', () => crashes(server, window));
  await stage('a server that is not there, does not start, does not fit', () => misfits(server, window));
  await stage('a folder that nobody trusts', () => trust(server, window));
  await stage('no server came with the extension', () => noServer(server, window, options.server));
  await stage('nothing failed unheard', () => quietLogs(server));
}
