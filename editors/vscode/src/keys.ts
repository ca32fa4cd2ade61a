// Keys that go to others and come from others: whoever checks a proof needs the key that it was made under.

import * as vscode from 'vscode';
import { ExecuteCommandRequest } from 'vscode-languageclient';
import { meantProgram } from './active';
import type { Server } from './server/server';
import type { Status } from './status/text';

const FILTERS = { 'Verifying keys': ['vk'] };

/** Asks for a key that somebody sent, and takes it into the store. */
export async function importKey(server: Server): Promise<void> {
  const [file] = (await vscode.window.showOpenDialog({ title: 'Which verifying key to take', filters: FILTERS })) ?? [];
  const connection = file && (await server.settled());
  if (file === undefined || connection === undefined) {
    return;
  }
  try {
    await connection.importKey(file);
  } catch (error) {
    void vscode.window.showErrorMessage(`The key is not taken: ${messageOf(error)}`);
    return;
  }
  void vscode.window.showInformationMessage(
    `${vscode.workspace.asRelativePath(file)} is among the keys. It convinces you as far as you trust its maker.`,
  );
  server.running?.lenses()?.onDidChangeCodeLensEmitter.fire();
}

/** Writes the key of the proof beside the program, for those who are to check it. */
export async function exportKey(server: Server, argument: unknown): Promise<void> {
  const program = meantProgram(server.files, argument);
  const connection = program === undefined ? undefined : await server.settled();
  const client = server.running;
  if (program === undefined || connection === undefined || client === undefined) {
    return;
  }
  try {
    const params = { command: 'provable.status', arguments: [client.spelled(program)] };
    const { proof } = (await client.sendRequest(ExecuteCommandRequest.type, params)) as Status;
    if (proof.key == null) {
      void vscode.window.showInformationMessage('There is no proof beside the program, and so no key of it: prove it first.');
      return;
    }
    const uri = vscode.Uri.parse(program);
    const chosen = await vscode.window.showSaveDialog({
      title: 'Where to write the verifying key',
      defaultUri: uri.with({ path: uri.path.replace(/(\.prov)?$/, '.vk') }),
      filters: FILTERS,
    });
    if (chosen !== undefined) {
      await connection.exportKey(proof.key.digest, chosen);
      void vscode.window.showInformationMessage(
        `${vscode.workspace.asRelativePath(chosen)} is the key of this proof: whoever checks it needs the program, the proof and this file.`,
      );
    }
  } catch (error) {
    void vscode.window.showErrorMessage(`The key is not written: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
