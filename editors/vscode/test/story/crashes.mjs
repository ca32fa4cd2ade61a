// A server that ends without being told to.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../editor/waiting.mjs';

/** Kills the language server; answers with its process. */
async function kill(server, last) {
  const [pid] = await until('a language server', () => server.languageServers().filter((pid) => pid !== last), (pids) => pids.length === 1);
  process.kill(pid, 'SIGKILL');
  return pid;
}

export async function killedAtWork(server, window) {
  server.write('long.prov', '    PUSH 7\n    WRITE\n');
  server.set({ 'provable.tier': '8470' });
  await window.open('long.prov');
  await window.seeLens(/Run/);
  await window.lens('Prove');
  await window.seeMessage('Proving long.prov');
  await window.seeStatus(/Proving: key/);
  const pid = await kill(server);
  // Nothing goes on that nobody works at, and the next server is there without being asked for.
  await window.notSee('.notification-toast', /Proving/);
  await until('another server', () => server.languageServers(), ([other]) => other !== undefined && other !== pid);
  await window.seeMessage(/ended by itself.*was started again/);
  await window.seeStatus('Not proved');
  assert.ok(!existsSync(join(server.folder, 'long.proof.json')), 'half a proof leaves no file');
  server.set({});
  await window.clearMessages();
  await window.lens('Run');
  await window.seeLens('halted after 2 steps, output 7');
  await window.command('Provable: Restart Server');
}

export async function crashes(server, window) {
  await window.open('square.prov');
  await window.seeLens(/Run/);
  let last;
  for (let crash = 1; crash <= 2; crash++) {
    last = await kill(server, last);
    await window.seeMessage(/ended by itself.*was started again/);
    await window.clearMessages();
  }
  await kill(server, last);
  await window.seeMessage('ended by itself 3 times');
  await window.seeStatus('no server');
  await window.screenshot('8-crashed');
  assert.deepEqual(server.languageServers(), []);
  await window.answer('ended by itself 3 times', 'Restart Server');
  await window.seeLens(/Run/);
  await window.seeStatus('Proof not verified yet');
}
