// The commands that have to do with debugging.

import * as vscode from 'vscode';
import { meantProgram } from '../active';
import { tellTrust } from '../commands';
import type { Files } from '../platform';
import { stepIn, testIn } from '../program';
import { launchOf, TYPE } from './configurations';

/** Debugs the program in the argument, or that of the active editor; with `{"uri": …, "step": …}` at that step, with `"test"` that test of it. */
export async function debug(files: Files, argument: unknown): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    await tellTrust();
    return;
  }
  const program = meantProgram(files, argument);
  if (program === undefined) {
    return;
  }
  const uri = vscode.Uri.parse(program);
  const launch = launchOf(files, uri, { step: stepIn(argument), test: testIn(argument) });
  await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(uri), launch);
}

/** Asks for a number of steps and goes to the state after them. */
export async function goToStep(): Promise<void> {
  const session = vscode.debug.activeDebugSession;
  if (session?.type !== TYPE) {
    return;
  }
  const given = await vscode.window.showInputBox({
    title: 'Go to Step',
    prompt: 'How many steps after the beginning? The run is followed there, or to its end if that comes before.',
    validateInput: (text) => (/^\s*\d+\s*$/.test(text) ? undefined : 'A number of steps: 0 is the beginning.'),
  });
  if (given === undefined) {
    return;
  }
  try {
    await session.customRequest('provable/goto', { step: Number(given) });
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}
