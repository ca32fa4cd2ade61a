// A program and the files that it uses as one file: what proofs are verified with, and archived.

import * as vscode from 'vscode';
import { meantProgram } from './active';
import type { Server } from './server/server';

/** Asks where, writes the linked text of the program in the argument, or of the active one, and opens it. */
export async function link(server: Server, argument: unknown): Promise<void> {
  const cannot = server.connected?.cannotLink;
  if (cannot !== undefined) {
    void vscode.window.showInformationMessage(cannot);
    return;
  }
  const program = meantProgram(server.files, argument);
  if (program === undefined) {
    return;
  }
  const uri = vscode.Uri.parse(program);
  if (uri.scheme === 'untitled') {
    void vscode.window.showInformationMessage('Save the program first: it is linked with the files beside it.');
    return;
  }
  const chosen = await vscode.window.showSaveDialog({
    title: 'Where to write the linked program',
    defaultUri: uri.with({ path: uri.path.replace(/\.prov$/, '.linked.prov') }),
    filters: { 'Provable programs': ['prov'] },
  });
  const connection = chosen && (await server.settled());
  if (chosen === undefined || connection === undefined) {
    return;
  }
  // It reads the program and what that uses from disk.
  const unsaved = vscode.workspace.textDocuments.filter(({ isDirty, languageId }) => isDirty && languageId === 'provable');
  await Promise.all(unsaved.filter((document) => !document.isUntitled).map((document) => document.save()));
  try {
    await connection.link(uri, chosen);
  } catch (error) {
    void vscode.window.showErrorMessage(`The program is not linked: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  await vscode.window.showTextDocument(chosen);
}
