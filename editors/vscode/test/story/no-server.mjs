// Servers that are not there, do not start, or do not fit: each says what happened and the way out.

import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Answers every request with a version, and the end when it is told to end. */
const OF_VERSION = (version) => `
let text = '';
process.stdin.on('data', (data) => {
  text += data;
  for (let frame; (frame = /^Content-Length: (\\d+)\\r\\n\\r\\n/.exec(text)) && text.length >= frame[0].length + Number(frame[1]); ) {
    const message = JSON.parse(text.slice(frame[0].length, frame[0].length + Number(frame[1])));
    text = text.slice(frame[0].length + Number(frame[1]));
    if (message.method === 'exit') process.exit(0);
    if (message.id === undefined) continue;
    const result = message.method === 'initialize' ? { capabilities: {}, serverInfo: { name: 'provable', version: '${version}' } } : null;
    const body = JSON.stringify({ jsonrpc: '2.0', id: message.id, result });
    process.stdout.write('Content-Length: ' + body.length + '\\r\\n\\r\\n' + body);
  }
});
`;

export async function misfits(server, window) {
  const says = async (file, ...parts) => {
    await window.clearMessages();
    server.set({ 'provable.server.path': file });
    for (const part of parts) {
      await window.seeMessage(part);
    }
    await window.seeStatus('no server');
    await window.notSee('.notification-toast', /Sending notification/);
  };
  await window.open('square.prov');
  await window.seeStatus('Proof not verified yet');

  await says('/nowhere/provable', '`provable.server.path` is `/nowhere/provable`', 'mend the path, or leave the setting empty');
  await window.screenshot('9-no-server');
  // Its button leads to the setting, the status bar to the same message.
  await window.answer('/nowhere/provable', 'Open Settings');
  await window.see('.settings-editor .setting-item', 'The provable to start');
  await window.page.keyboard.press('Escape');
  await window.openMore('square.prov');
  await window.clearMessages();
  await window.page.locator('.statusbar-item').filter({ hasText: 'no server' }).click();
  await window.seeMessage('/nowhere/provable');

  const silent = server.program('silent', '#!/bin/sh\nexit 1\n');
  await says(silent, `${silent} does not start: it ended with status 1`, 'Update it, or mend the setting');
  const dying = server.program('dying', '#!/bin/sh\necho "libnothing.so is missing" >&2\nexit 3\n');
  await says(dying, /does not start: it ended with status 3: libnothing\.so is missing\./);
  // A first request that is answered by dying.
  const late = server.program('late', '#!/bin/sh\nread -r line\necho "error: no memory" >&2\nkill -9 $$\n');
  await says(late, /does not start: it was ended by SIGKILL: error: no memory/);
  // What a program for another system comes to: the loader that it names is not there.
  const foreign = server.program('foreign', '#!/nowhere/loader\n');
  await says(foreign, /does not start: .*ENOENT\. Is it made for this platform\?/);
  const old = server.program('old', `#!${server.node}\n${OF_VERSION('0.0.9')}`);
  await says(old, 'is version 0.0.9, and this extension (0.2.0) is made for 0.2', 'Update whichever is older');
  const newer = server.program('newer', `#!${server.node}\n${OF_VERSION('9.9.9')}`);
  await says(newer, 'is version 9.9.9');
  // One of before the language server.
  const usage = server.program('usage', `#!/bin/sh\nprintf "error: unrecognized subcommand 'lsp'\\n\\nUsage: provable\\n" >&2\nexit 2\n`);
  await says(usage, "it ended with status 2: error: unrecognized subcommand 'lsp'. Update it");

  await window.clearMessages();
  server.set({});
  await window.seeStatus('Proof not verified yet');
}

/** A package without a server, as for a platform that none was built for: the one on the search path is taken. */
export async function noServer(server, window, binary) {
  rmSync(join(server.extension, 'server'), { recursive: true });
  await window.open('square.prov');
  await window.seeMessage('There is no `provable` to start');
  await window.seeMessage('cargo install --path server');
  await window.screenshot('10-none');
  await window.clearMessages();
  await window.command('Provable: Restart Server');
  await window.seeMessage('There is no `provable` to start');

  const onPath = join(server.bin, 'provable');
  copyFileSync(binary, onPath);
  chmodSync(onPath, 0o755);
  await window.answer('There is no `provable` to start', 'Restart Server');
  await window.seeLens(/Run/);
  assert.equal(server.languageServers(onPath).length, 1);
}

/** No promise was rejected with nobody to hear it, all along: the host notes those with the code they come from. */
export function quietLogs(server) {
  const entries = server.logs().host.split(/^(?=\d{4}-\d\d-\d\d )/m);
  const ours = entries.filter((entry) => /^\S+ \S+ \[error\]/.test(entry) && /provable-vm\.provable|EPIPE|unhandled/i.test(entry));
  assert.deepEqual(ours, []);
}
