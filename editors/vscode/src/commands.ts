// The server's commands as a user gives them: with the program of the active editor, and with progress that can be seen
// and cancelled.

import * as vscode from 'vscode';
import { ExecuteCommandRequest, WorkDoneProgress, WorkDoneProgressCancelNotification } from 'vscode-languageclient';
import { meantProgram } from './active';
import { uriIn, programOf } from './program';
import type { Client } from './server/client';
import type { Server } from './server/server';
import type { StatusItem } from './status/item';

/** Commands that execute the program: not in a folder that nobody trusts. */
export const NEED_TRUST = ['provable.run', 'provable.debug', 'provable.prove', 'provable.test'];
/** Those that start a job, with the title of its progress. */
const JOBS: Record<string, string> = {
  'provable.run': 'Running',
  'provable.prove': 'Proving',
  'provable.verify': 'Verifying',
};

/** Runs one of the server's commands for the program in its argument, or for that of the active editor. */
export async function execute({ running: client, files }: Server, command: string, args: unknown[]): Promise<unknown> {
  if (NEED_TRUST.includes(command) && !vscode.workspace.isTrusted) {
    await tellTrust();
    return undefined;
  }
  const program = meantProgram(files, args[0]);
  if (program === undefined) {
    return undefined;
  }
  if (client === undefined) {
    return undefined;
  }
  if (uriIn(args[0]) === undefined) {
    await reveal(program);
  }
  const doing = JOBS[command];
  try {
    await client.settled();
    if (doing !== undefined) {
      return await job(client, command, program, doing);
    }
    const answer: unknown = await client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [client.spelled(program)] });
    if (command === 'provable.createInputs') {
      await client.settled();
      await vscode.window.showTextDocument(vscode.Uri.parse(program.replace(/\.prov$/, '.inputs.json')));
    }
    return answer;
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** Shows a program that is meant without being in sight, as from the walkthrough: what comes of the command stands over it. */
async function reveal(program: string): Promise<void> {
  const isInSight = vscode.window.visibleTextEditors.some(
    ({ document }) => programOf(document.uri.toString(), document.languageId) === program,
  );
  if (!isInSight) {
    const options = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    await vscode.window.showTextDocument(vscode.Uri.parse(program), options);
  }
}

let jobs = 0;

/** A job that is over in this time shows no progress, in milliseconds: it would flash up and be gone. */
const BRIEF = 200;

/** Starts a job under a token of ours, so that its progress is one that can be seen and cancelled. */
async function job(client: Client, command: string, program: string, doing: string): Promise<unknown> {
  const token = `vscode/${++jobs}`;
  const name = decodeURIComponent(program.slice(program.lastIndexOf('/') + 1));
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const reported = new vscode.EventEmitter<void>();
  let message: string | undefined;
  let reached = 0;
  const listening = client.onProgress(WorkDoneProgress.type, token, (value) => {
    if (value.kind === 'end') {
      finish();
    } else {
      message = value.message ?? message;
      reached = Math.max(reached, value.percentage ?? 0);
      reported.fire();
    }
  });
  const gone = client.onDidChangeState(() => finish());
  const options = { location: vscode.ProgressLocation.Notification, title: `${doing} ${name}`, cancellable: true };
  const show = (): Thenable<void> =>
    vscode.window.withProgress(options, async (progress, cancelled) => {
      let shown = 0;
      const update = (): void => {
        progress.report({ ...(message === undefined ? {} : { message }), increment: reached - shown });
        shown = reached;
      };
      update();
      const updates = reported.event(update);
      const cancels = cancelled.onCancellationRequested(() => client.sendNotification(WorkDoneProgressCancelNotification.type, { token }));
      await finished;
      vscode.Disposable.from(updates, cancels).dispose();
    });
  const waiting = setTimeout(() => void show(), BRIEF);
  void finished.then(() => {
    clearTimeout(waiting);
    vscode.Disposable.from(listening, gone, reported).dispose();
  });
  try {
    const params = { command, arguments: [client.spelled(program)], workDoneToken: token };
    return await client.sendRequest(ExecuteCommandRequest.type, params);
  } catch (error) {
    finish();
    throw error;
  }
}

export async function tellTrust(): Promise<void> {
  const manage = 'Manage Workspace Trust';
  const chosen = await vscode.window.showWarningMessage(
    'Programs of a folder that is not trusted are neither run, tested, debugged nor proved.',
    manage,
  );
  if (chosen === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
}

/** What a click on the status bar item offers. */
export async function offerActions(server: Server, status: StatusItem): Promise<void> {
  if (server.running === undefined) {
    await server.tellTrouble();
    return;
  }
  const known = status.last;
  const trusted = vscode.workspace.isTrusted;
  const actions = [
    { label: '$(play) Run', command: 'provable.run', when: trusted },
    { label: '$(debug-alt) Debug', command: 'provable.debug', when: trusted },
    { label: '$(shield) Prove', command: 'provable.prove', when: trusted },
    { label: '$(verified) Verify', command: 'provable.verify', when: known?.proof.trace_commitment != null },
    { label: '$(stop-circle) Cancel', command: 'provable.cancel', when: known?.activity != null },
    { label: '$(info) Show Status', command: 'provable.show', when: true },
    { label: '$(lock) Trust This Folder to Run and Prove', command: 'workbench.trust.manage', when: !trusted },
  ];
  const chosen = await vscode.window.showQuickPick(
    actions.filter((action) => action.when),
    { title: 'Provable', placeHolder: known?.text.split('\n')[0] ?? '' },
  );
  if (chosen !== undefined) {
    await vscode.commands.executeCommand(chosen.command);
  }
}
