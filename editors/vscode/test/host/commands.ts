// Every command of the extension, as a key binding or another extension gives it.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, file, hints, open, status, titles, until } from './support';

const PRODUCT = `    SECRET
    SECRET
    MUL
    READ
    EQ
    ASSERT
    HALT
`;

suite('commands', () => {
  const exists = (uri: vscode.Uri) =>
    vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
  const beside = (document: vscode.TextDocument, ending: string) =>
    document.uri.with({ path: document.uri.path.replace(/\.prov$/, ending) });

  async function product(name: string): Promise<vscode.TextDocument> {
    await file(`${name}.inputs.json`, '{"public": [15], "secret": [3, 5]}\n');
    return open(`${name}.prov`, PRODUCT);
  }

  test('all that are contributed are there', async () => {
    await open('there.prov', PRODUCT);
    const { contributes } = extension().packageJSON as { contributes: { commands: { command: string }[] } };
    const there = await vscode.commands.getCommands(true);
    for (const { command } of contributes.commands) {
      assert.ok(there.includes(command), command);
    }
  });

  test('Run, of the active editor: what came of it stands over the program and behind its lines', async () => {
    const document = await product('run');
    await vscode.commands.executeCommand('provable.run');
    await until(() => titles(document), (found) => found.some((title) => title.startsWith('halted after 7 steps')));
    assert.ok((await hints(document)).includes('3: ⇒ 15'));
  });

  test('Prove, Verify, and an edit and its undoing', async () => {
    const document = await product('prove');
    await vscode.commands.executeCommand('provable.prove', document.uri);
    const { proof } = await until(() => status(document), (now) => now.proof.state === 'fresh' && now.activity === null);
    assert.ok(proof.verified);
    assert.ok(await exists(beside(document, '.proof.json')));
    const commitment = proof.trace_commitment ?? '';
    assert.match(commitment, /^[0-9a-f]{64}$/);
    await until(() => titles(document), (found) => found.some((title) => title.includes(`commitment ${commitment.slice(0, 12)}…`)));

    await vscode.commands.executeCommand('provable.verify', { uri: document.uri.toString() });
    await until(() => status(document), (now) => now.activity === null && now.proof.verified);

    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '    NOP\n');
    await vscode.workspace.applyEdit(edit);
    await until(() => status(document), (now) => now.proof.state === 'stale' && !now.proof.verified);
    await vscode.commands.executeCommand('undo');
    await until(() => status(document), (now) => now.proof.verified);
  });

  test('a program that traps says where, and is not proved', async () => {
    await file('trap.inputs.json', '{"public": [16], "secret": [3, 5]}\n');
    const document = await open('trap.prov', PRODUCT);
    await vscode.commands.executeCommand('provable.run');
    const at = (line: number) => vscode.languages.getDiagnostics(document.uri).find((one) => one.range.start.line === line);
    const found = await until(() => at(5), (one) => one !== undefined);
    assert.match(found?.message ?? '', /trapped here/);
    await vscode.commands.executeCommand('provable.prove');
    await until(() => titles(document), (all) => all.some((title) => title.startsWith('failed: trap.prov')));
    assert.ok(!(await exists(beside(document, '.proof.json'))));
  });

  test('Cancel stops a job', async () => {
    const document = await open('cancel.prov', 'again:\n    JMP again\n');
    await vscode.commands.executeCommand('provable.run');
    await vscode.commands.executeCommand('provable.cancel');
    await until(() => status(document), (now) => now.activity === null);
    assert.ok(!(await titles(document)).some((title) => title.startsWith('halted')));
  });

  test('Create Inputs File writes one beside the program and shows it', async () => {
    const document = await open('inputs.prov', PRODUCT);
    await vscode.workspace.fs.delete(beside(document, '.inputs.json')).then(undefined, () => undefined);
    await vscode.commands.executeCommand('provable.createInputs');
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, beside(document, '.inputs.json').path);
    const inputs = JSON.parse(vscode.window.activeTextEditor.document.getText()) as object;
    assert.deepEqual(Object.keys(inputs).sort(), ['public', 'secret']);
  });

  test('commands given beside the inputs or the proof are for the program', async () => {
    await product('neighbour');
    const inputs = await vscode.workspace.openTextDocument(await file('neighbour.inputs.json', '{"public": [6], "secret": [2, 3]}\n'));
    await vscode.window.showTextDocument(inputs);
    await vscode.commands.executeCommand('provable.run');
    const program = await vscode.workspace.openTextDocument(beside(inputs, '.json').with({ path: inputs.uri.path.replace('.inputs.json', '.prov') }));
    await until(() => titles(program), (found) => found.some((title) => title.startsWith('halted')));
  });

  test('Restart Server starts another, which knows the programs that are open', async () => {
    const document = await product('restart');
    await vscode.commands.executeCommand('provable.restartServer');
    assert.equal((await status(document)).run.state, 'none');
    await until(() => titles(document), (found) => found.includes('Run'));
  });

  test('what shows something can be given, and nothing waits for an answer to it', async () => {
    await product('shown');
    await vscode.commands.executeCommand('provable.show');
    await vscode.commands.executeCommand('provable.showOutput');
    for (const command of ['provable.actions', 'provable.newExample', 'provable.link']) {
      const answered = vscode.commands.executeCommand(command);
      // Closing what is asked is an answer too; it may be asked before it shows.
      let isAnswered = false;
      void answered.then(() => (isAnswered = true));
      await until(
        () => vscode.commands.executeCommand('workbench.action.closeQuickOpen'),
        () => isAnswered,
      );
    }
  });

  test('with no program at hand a command says so instead of failing', async () => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'plaintext', content: 'a letter' }));
    assert.equal(await vscode.commands.executeCommand('provable.run'), undefined);
  });
});
