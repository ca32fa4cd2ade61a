// Programs of a test, and what the editor has to say about them.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const EXTENSION = 'provable-vm.provable';

export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(EXTENSION);
  assert.ok(found, `${EXTENSION} is installed`);
  return found;
}

/** A file of the folder; it is written anew. */
export async function file(name: string, text: string): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder);
  const uri = vscode.Uri.joinPath(folder, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** Writes a program and shows it. */
export async function open(name: string, text: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(await file(name, text));
  await vscode.window.showTextDocument(document);
  await extension().activate();
  return document;
}

/** Shorter than a test may take, so that one that waits in vain says for what. */
const PATIENCE = 25_000;

/** Asks again and again, with room for others in between. */
export async function until<T>(ask: () => PromiseLike<T> | T, isWanted: (found: T) => boolean): Promise<T> {
  const start = Date.now();
  for (;;) {
    const found = await ask();
    if (isWanted(found)) {
      return found;
    }
    if (Date.now() - start > PATIENCE) {
      throw new Error(`not so: ${String(isWanted)}\nthe last answer: ${JSON.stringify(found)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function whole(document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(0, 0, document.lineCount, 0);
}

/** The titles of the lenses over a program. */
export async function lenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
  return (await vscode.commands.executeCommand<vscode.CodeLens[] | undefined>('vscode.executeCodeLensProvider', document.uri)) ?? [];
}

export async function titles(document: vscode.TextDocument): Promise<string[]> {
  return (await lenses(document)).map((lens) => lens.command?.title ?? '');
}

/** The hints of a program: line, from 1, and text. */
export async function hints(document: vscode.TextDocument): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole(document));
  return found.map((hint) => `${hint.position.line + 1}: ${typeof hint.label === 'string' ? hint.label : hint.label.map((part) => part.value).join('')}`);
}

/** The diagnostics of a program, once they are as wanted. */
export function diagnostics(document: vscode.TextDocument, isWanted: (found: vscode.Diagnostic[]) => boolean): Promise<vscode.Diagnostic[]> {
  return until(() => vscode.languages.getDiagnostics(document.uri), isWanted);
}

export function code(diagnostic: vscode.Diagnostic | undefined): string {
  const { code } = diagnostic ?? {};
  return String(typeof code === 'object' ? code.value : code);
}

export async function replace(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, whole(document), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

interface Status {
  run: { state: string };
  proof: { state: string; verified: boolean; trace_commitment: string | null };
  activity: string | null;
  text: string;
}

/** What the server knows of a program; `provable.status` is its answer to any client. */
export function status(document: vscode.TextDocument): Thenable<Status> {
  return vscode.commands.executeCommand<Status>('provable.status', document.uri);
}

/** Sets settings of the folder for as long as a step takes. */
export async function withSettings(settings: Record<string, unknown>, step: () => Promise<void>): Promise<void> {
  const write = async (name: string, value: unknown) =>
    vscode.workspace.getConfiguration('provable').update(name, value, vscode.ConfigurationTarget.Workspace);
  try {
    for (const [name, value] of Object.entries(settings)) {
      await write(name, value);
    }
    await step();
  } finally {
    for (const name of Object.keys(settings)) {
      await write(name, undefined);
    }
  }
}
