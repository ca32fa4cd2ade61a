// A test in the debugger.

import * as vscode from 'vscode';
import { launchOf, TYPE } from '../debug/configurations';
import type { Files } from '../platform';

/** Goes through a test; resolves when the session is over, with false if none began. */
export async function debugTest(files: Files, program: vscode.Uri, id: string, token: vscode.CancellationToken): Promise<boolean> {
  const launch = launchOf(files, program, { test: id });
  let ours: vscode.DebugSession | undefined;
  let over: () => void = () => undefined;
  const isOver = new Promise<void>((resolve) => (over = resolve));
  const isOurs = ({ type, configuration }: vscode.DebugSession) =>
    type === TYPE && configuration['program'] === launch.program && configuration['test'] === id;
  const listening = vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession((session) => {
      ours ??= isOurs(session) ? session : undefined;
    }),
    vscode.debug.onDidTerminateDebugSession((session) => {
      if (session.id === ours?.id || (ours === undefined && isOurs(session))) {
        over();
      }
    }),
    token.onCancellationRequested(() => {
      if (ours === undefined) {
        over();
      } else {
        void vscode.debug.stopDebugging(ours);
      }
    }),
  );
  try {
    const hasBegun = await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(program), launch);
    if (hasBegun) {
      await isOver;
    }
    return hasBegun;
  } finally {
    listening.dispose();
  }
}
