// The status bar item of the active program, and the contexts that show and hide commands. Both follow the server's
// own refreshes: it asks for lenses anew whenever anything about a program changed.

import * as vscode from 'vscode';
import { ExecuteCommandRequest } from 'vscode-languageclient';
import { activeProgram } from '../active';
import { programOf } from '../program';
import type { Server } from '../server/server';
import { shown, withoutServer, type Shown, type Status } from './text';

/** How long edits are gathered before the server is asked, in milliseconds. */
const DELAY = 150;
/** How often a job at work is looked at, in milliseconds: its phases change without a refresh. */
const PULSE = 500;

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('provable.status', vscode.StatusBarAlignment.Left, 100);
  private readonly subscriptions: vscode.Disposable[] = [this.item];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;
  private refreshes: vscode.Disposable | undefined;
  /** What was last heard of the active program. */
  last: Status | undefined;

  constructor(private readonly server: Server) {
    this.item.name = 'Provable proof state';
    this.item.command = 'provable.actions';
    this.subscriptions.push(
      server.onChange(() => {
        this.follow();
        this.soon(0);
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.soon(0)),
      vscode.workspace.onDidChangeTextDocument((change) => {
        if (programOf(change.document.uri.toString(), change.document.languageId) !== undefined) {
          this.soon(DELAY);
        }
      }),
    );
    this.soon(0);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.refreshes?.dispose();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** Asks the server, after a while in which further calls are one. */
  soon(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.update(), delay);
  }

  private follow(): void {
    this.refreshes?.dispose();
    this.refreshes = this.server.running?.lenses()?.onDidChangeCodeLensEmitter.event(() => this.soon(0));
  }

  private async update(): Promise<void> {
    const program = activeProgram();
    const turn = ++this.asked;
    if (program === undefined) {
      this.item.hide();
      await this.setContexts(undefined);
      return;
    }
    const client = this.server.running;
    if (client === undefined) {
      this.show(withoutServer(this.server.trouble?.message));
      await this.setContexts(undefined);
      return;
    }
    if (this.refreshes === undefined) {
      this.follow();
    }
    try {
      const params = { command: 'provable.status', arguments: [client.spelled(program)] };
      const status = (await client.sendRequest(ExecuteCommandRequest.type, params)) as Status;
      if (turn !== this.asked) {
        return;
      }
      this.last = status;
      this.show(shown(status));
      await this.setContexts(status, await exists(program.replace(/\.prov$/, '.inputs.json')));
      if (status.activity !== null) {
        this.soon(PULSE);
      }
    } catch {
      // The program is not there, or the server is going: neither has a state.
      this.item.hide();
      await this.setContexts(undefined);
    }
  }

  private show({ text, tooltip, tone }: Shown): void {
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.backgroundColor =
      tone === 'plain' ? undefined : new vscode.ThemeColor(`statusBarItem.${tone}Background`);
    this.item.show();
  }

  private async setContexts(status: Status | undefined, hasInputs = false): Promise<void> {
    if (status === undefined) {
      this.last = undefined;
    }
    const contexts = {
      'provable.isProgram': status !== undefined,
      'provable.isBusy': status?.activity != null,
      'provable.hasProof': status?.proof.trace_commitment != null,
      'provable.isVerified': status?.proof.verified === true,
      'provable.hasInputs': hasInputs,
    };
    for (const [name, value] of Object.entries(contexts)) {
      await vscode.commands.executeCommand('setContext', name, value);
    }
  }
}

function exists(uri: string): Promise<boolean> {
  const found = vscode.workspace.fs.stat(vscode.Uri.parse(uri));
  return Promise.resolve(found).then(
    () => true,
    () => false,
  );
}
