// A folder that somebody sent: it is looked at, and nothing of it is run until it is trusted.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../editor/waiting.mjs';

export async function trust(server, window) {
  const { page } = window;
  await server.stop();
  await server.start({ trusted: false });
  const mark = join(server.home, 'was-run');
  const theirs = server.program('theirs', `#!/bin/sh\necho run >'${mark}'\nexec '${join(server.extension, 'server/provable')}' "$@"\n`);
  server.set({ 'provable.server.path': theirs });
  // Somebody who knows the commands by heart.
  server.keys([
    { key: 'ctrl+f9', command: 'provable.run' },
    { key: 'ctrl+f10', command: 'provable.prove' },
    { key: 'ctrl+f8', command: 'provable.debug' },
  ]);
  await window.open('square.prov');

  // One that can be pressed: until the server has answered, there may be a picture of the lenses of before.
  await window.see('.codelens-decoration a', /^Verify$/);
  await window.notSee('.codelens-decoration a', /^(Run|Debug|Prove)$/);
  await window.see('.view-line', /SECRET.*1/);
  await window.screenshot('13-untrusted');
  await window.goTo(1);
  for (const key of ['Control+F9', 'Control+F10', 'Control+F8']) {
    await page.keyboard.press(key);
  }
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().fill('>Provable: ');
  await window.see('.quick-input-list .monaco-list-row', 'Provable: Verify');
  await window.notSee('.quick-input-list .monaco-list-row', /Provable: (Run|Debug|Prove|New Example)/);
  await page.keyboard.press('Escape');
  await page.locator('.statusbar-item').filter({ hasText: 'Proof not verified yet' }).click();
  await window.see('.quick-input-list', 'Trust This Folder');
  await window.notSee('.quick-input-list .monaco-list-row', /^ ?(Run|Debug|Prove)/);
  await page.keyboard.press('Escape');

  // While the focus is elsewhere, the editor asks for no lenses, and may show those of before, which cannot be pressed.
  await window.goTo(1);
  await window.lens('Verify');
  await window.seeMessage('the proof is valid');
  assert.ok(!existsSync(mark), 'the server that the folder names was started');
  assert.equal(await page.locator('.debug-toolbar').count(), 0, 'a session was started');
  assert.equal(server.languageServers().length, 1);

  await window.command('Workspaces: Manage Workspace Trust');
  await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
  await window.closeModalEditor();
  await window.openMore('square.prov');
  await window.see('.codelens-decoration a', /^Run$/);
  await until('the server that the folder names, now that it is trusted', () => existsSync(mark));
  await window.lens('Run');
  await window.seeLens('halted after');

  server.set({});
  server.keys([]);
  await server.stop();
  await server.start({ trusted: true });
}
