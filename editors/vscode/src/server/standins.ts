// While the server runs, its client registers the server's commands; while it does not, these stand in for them and say
// why, so that no button leads to "command not found".

import * as vscode from 'vscode';

const COMMANDS = ['run', 'prove', 'verify', 'test', 'cancel', 'show', 'createInputs'].map((name) => `provable.${name}`);

export class StandIns implements vscode.Disposable {
  private standing: vscode.Disposable[] = [];

  constructor(private readonly tell: () => Promise<void>) {}

  stand(): void {
    if (this.standing.length === 0) {
      this.standing = COMMANDS.map((id) => vscode.commands.registerCommand(id, this.tell));
    }
  }

  /** Makes room for the server's own. */
  dispose(): void {
    vscode.Disposable.from(...this.standing).dispose();
    this.standing = [];
  }
}
