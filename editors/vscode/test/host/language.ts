// What the editor shows of a program as it is typed.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { code, diagnostics, file, hints, open, replace, titles, until, whole } from './support';

const JOIN = `    READ
    JZ small
    PUSH 1
    PUSH 2
    JMP end
small:
    PUSH 3
end:
    WRITE
    HALT
`;
const ROUTINE = `.const LIMIT 3
    PUSH LIMIT
    CALL double
    WRITE
    HALT
# ( a -- 2a ) Doubles it.
double:
    DUP
    ADD
    RET
`;

suite('language', () => {
  test('it is the extension that was installed, with its server and no other on the search path', () => {
    const found = vscode.extensions.getExtension('provable-vm.provable');
    assert.match(found?.extensionPath ?? '', /extensions\/provable-vm\.provable-[^/]+$/);
  });

  test('paths that arrive with different depths: both are named, and the code leads to the reference', async () => {
    await file('join.inputs.json', '{"public": [1]}\n');
    const document = await open('join.prov', JOIN);
    const [found] = await diagnostics(document, (all) => all.length > 0);
    assert.ok(found);
    assert.match(found.message, /depth/);
    assert.equal(found.source, 'provable');
    assert.match(code(found), /^[EW]\d{3}$/);
    assert.ok(typeof found.code === 'object' && found.code !== null && 'target' in found.code);
    assert.ok((found.relatedInformation ?? []).length > 0);
    await replace(document, JOIN.replace('    PUSH 2\n', ''));
    await diagnostics(document, (all) => all.length === 0);
  });

  test('code that no path reaches is faded', async () => {
    const document = await open('faded.prov', '    HALT\n    NOP\n');
    const [found] = await diagnostics(document, (all) => all.length > 0);
    assert.deepEqual(found?.tags, [vscode.DiagnosticTag.Unnecessary]);
    assert.equal(found?.range.start.line, 1);
  });

  test('a misspelt instruction is mended by its quick fix', async () => {
    const document = await open('spelling.prov', '    PUHS 2\n    WRITE\n');
    const [found] = await diagnostics(document, (all) => all.length > 0);
    assert.ok(found);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, found.range);
    const fix = actions.find((action) => action.kind?.contains(vscode.CodeActionKind.QuickFix));
    assert.ok(fix?.edit, actions.map((action) => action.title).join(', '));
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.equal(document.lineAt(0).text, '    PUSH 2');
    await diagnostics(document, (all) => all.length === 0);
  });

  test('Run, Prove and Verify are actions of the code too', async () => {
    const document = await open('actions.prov', ROUTINE);
    const actions = await vscode.commands.executeCommand<(vscode.CodeAction | vscode.Command)[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(0, 0, 0, 0),
    );
    const found = actions.map((action) => action.title);
    for (const title of ['Run', 'Prove', 'Verify']) {
      assert.ok(found.some((one) => one.includes(title)), found.join(', '));
    }
  });

  test('lenses over the program, depths behind its lines', async () => {
    const document = await open('lenses.prov', ROUTINE);
    assert.deepEqual(await until(() => titles(document), (found) => found.length > 0), ['Run', 'Prove', 'Verify', 'Debug']);
    assert.deepEqual(await hints(document), ['2: 1', '3: 1', '4: 0', '5: 0', '8: 2', '9: 1', '10: 1']);
  });

  test('every other question has an answer', async () => {
    const { uri } = await open('questions.prov', ROUTINE);
    const at = new vscode.Position(2, 11); // `double` of the CALL
    const ask = <T>(command: string, ...rest: unknown[]) => vscode.commands.executeCommand<T>(`vscode.${command}`, uri, ...rest);
    const definitions = await ask<(vscode.Location | vscode.LocationLink)[]>('executeDefinitionProvider', at);
    assert.equal(definitions.length, 1);
    assert.equal((await ask<vscode.Location[]>('executeReferenceProvider', at)).length, 2);
    assert.equal((await ask<vscode.DocumentHighlight[]>('executeDocumentHighlights', at)).length, 2);
    assert.ok((await ask<vscode.Hover[]>('executeHoverProvider', at)).length > 0);
    const symbols = await ask<vscode.DocumentSymbol[]>('executeDocumentSymbolProvider');
    assert.deepEqual(symbols.map((symbol) => symbol.name).sort(), ['LIMIT', 'double']);
    assert.ok((await vscode.commands.executeCommand<unknown[]>('vscode.executeWorkspaceSymbolProvider', 'double')).length > 0);
    const completions = await ask<vscode.CompletionList>('executeCompletionItemProvider', new vscode.Position(1, 9));
    assert.ok(completions.items.some((item) => item.label === 'LIMIT' || (typeof item.label === 'object' && item.label.label === 'LIMIT')));
    assert.ok((await ask<vscode.SignatureHelp>('executeSignatureHelpProvider', new vscode.Position(1, 9))).signatures.length > 0);
    const renamed = await ask<vscode.WorkspaceEdit>('executeDocumentRenameProvider', at, 'twice');
    assert.equal(renamed.get(uri).length, 2);
    assert.ok((await ask<unknown[]>('prepareCallHierarchy', at)).length > 0);
    assert.ok((await ask<vscode.FoldingRange[]>('executeFoldingRangeProvider')).length > 0);
    assert.ok((await ask<vscode.SelectionRange[]>('executeSelectionRangeProvider', [at])).length > 0);
    const tokens = await ask<vscode.SemanticTokens>('provideDocumentSemanticTokens');
    assert.ok(tokens.data.length > 0);
  });

  test('formatting lays the text out', async () => {
    const document = await open('format.prov', 'push 1\nwrite\n');
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>('vscode.executeFormatDocumentProvider', document.uri, {
      tabSize: 4,
      insertSpaces: true,
    });
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.equal(document.getText(), '    PUSH 1\n    WRITE\n');
  });

  test('inputs and proofs are told by their schema what they may hold', async () => {
    const document = await vscode.workspace.openTextDocument(await file('schema.inputs.json', '{"public": [1.5], "sceret": []}\n'));
    await vscode.window.showTextDocument(document);
    const found = await diagnostics(document, (all) => all.length >= 2);
    assert.ok(found.some((one) => /sceret/.test(one.message)), found.map((one) => one.message).join('\n'));
    assert.ok(whole(document).contains(found[0]?.range ?? whole(document)));
  });
});
