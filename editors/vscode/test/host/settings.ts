// Settings are followed while the server runs.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hints, open, titles, until, withSettings } from './support';

const COUNT = `    PUSH 10
again:
    PUSH 1
    SUB
    DUP
    JNZ again
    WRITE
    HALT
`;

suite('settings', () => {
  test('each lens can be turned off and on again', async () => {
    const document = await open('lens.prov', COUNT);
    for (const title of ['Run', 'Prove', 'Verify', 'Debug']) {
      await withSettings({ [`lens.${title.toLowerCase()}`]: false }, async () => {
        await until(() => titles(document), (found) => found.length === 3 && !found.includes(title));
      });
      await until(() => titles(document), (found) => found.includes(title));
    }
  });

  test('hints can be turned off and on again', async () => {
    const document = await open('hints.prov', COUNT);
    await withSettings({ 'hints.depth': false }, async () => {
      await until(() => hints(document), (found) => found.length === 0);
    });
    await until(() => hints(document), (found) => found.length > 0);
    await vscode.commands.executeCommand('provable.run');
    await until(() => hints(document), (found) => found.includes('4: ⇒ 9, 8, 7, 6, 5 …'));
    await withSettings({ 'hints.values': false, 'hints.result': false }, async () => {
      await until(() => hints(document), (found) => found.length > 0 && !found.some((one) => /⇒|halted/.test(one)));
    });
  });

  test('a limit of steps ends a run', async () => {
    const document = await open('limit.prov', COUNT);
    await withSettings({ 'limits.steps': 5 }, async () => {
      // The server asks for the settings anew; until then a run still halts.
      await until(async () => {
        await vscode.commands.executeCommand('provable.run');
        return titles(document);
      }, (found) => found.some((title) => title.startsWith('trapped after 5 steps')));
    });
  });

  test('programs are laid out by the language\'s own defaults', async () => {
    const { uri } = await open('defaults.prov', COUNT);
    const editor = vscode.workspace.getConfiguration('editor', { uri, languageId: 'provable' });
    assert.equal(editor.get('acceptSuggestionOnEnter'), 'smart');
    assert.equal(editor.get('wordBasedSuggestions'), 'off');
    assert.equal(editor.get('tabSize'), 4);
  });
});
