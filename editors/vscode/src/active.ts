// The program that the user is at.

import * as vscode from 'vscode';
import type { Files } from './platform';
import { programOf, uriIn } from './program';

let last: string | undefined;

/** That of the active editor. Where there is no such editor, as on the walkthrough's page or in the output, the last one. */
export function activeProgram(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined || document.uri.scheme === 'output') {
    const isOpen = vscode.workspace.textDocuments.some(
      (open) => programOf(open.uri.toString(), open.languageId) === last,
    );
    return isOpen ? last : undefined;
  }
  last = programOf(document.uri.toString(), document.languageId) ?? last;
  return programOf(document.uri.toString(), document.languageId);
}

/** The program that a command is for: that in its argument, or the active one. Without any, the user is told. */
export function meantProgram(files: Files, argument: unknown): string | undefined {
  const asked = uriIn(argument, (uri) => files.fromServer(uri).toString());
  const program = asked === undefined ? activeProgram() : (programOf(asked) ?? asked);
  if (program === undefined) {
    void vscode.window.showInformationMessage('Open a Provable program (.prov) first.');
  }
  return program;
}
