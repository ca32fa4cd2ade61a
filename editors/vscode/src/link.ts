// A program and the files that it uses as one file, by the command line: what proofs are verified with, and archived.

import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { meantProgram } from './active';
import { reason } from './server/words';
import type { Server } from './server/server';

/** Asks where, writes the linked text of the program in the argument, or of the active one, and opens it. */
export async function link(server: Server, argument: unknown): Promise<void> {
  const program = meantProgram(argument);
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
  const provable = chosen && (await server.settled());
  if (chosen === undefined || provable === undefined) {
    return;
  }
  // It reads the program and what that uses from disk.
  const unsaved = vscode.workspace.textDocuments.filter(({ isDirty, languageId }) => isDirty && languageId === 'provable');
  await Promise.all(unsaved.filter((document) => !document.isUntitled).map((document) => document.save()));
  try {
    await promisify(execFile)(provable, ['link', uri.fsPath, '--out', chosen.fsPath], { cwd: path.dirname(uri.fsPath) });
  } catch (error) {
    const said = typeof error === 'object' && error !== null && 'stderr' in error ? reason(String(error.stderr)) : '';
    void vscode.window.showErrorMessage(`The program is not linked: ${said || String(error)}`);
    return;
  }
  await vscode.window.showTextDocument(chosen);
}
