// The Test Explorer, and the command behind the lenses over tests: both end in the same runs, so that there is one result.

import * as vscode from 'vscode';
import { meantProgram } from '../active';
import { tellTrust } from '../commands';
import { testIn } from '../program';
import type { Server } from '../server/server';
import type { Answer } from './answers';
import { Catalogue } from './catalogue';
import { Coverage } from './results';
import { Runner } from './runner';

export class Testing implements vscode.Disposable {
  readonly controller = vscode.tests.createTestController('provable', 'Provable');
  private readonly catalogue: Catalogue;
  private readonly runner: Runner;
  private readonly subscriptions: vscode.Disposable[] = [];
  private profile: vscode.TestRunProfile | undefined;

  constructor(private readonly server: Server) {
    this.catalogue = new Catalogue(this.controller, server);
    this.runner = new Runner(this.controller, this.catalogue, server);
    this.subscriptions.push(
      this.controller,
      this.catalogue,
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.offer()),
    );
    if (vscode.workspace.isTrusted) {
      this.offer();
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /**
   * Runs the test in the argument, `{"uri": …, "id": …}`, or all tests of the program there or of the active one. Answers as the
   * server does.
   */
  async command(argument: unknown): Promise<Answer | undefined> {
    if (!vscode.workspace.isTrusted) {
      await tellTrust();
      return undefined;
    }
    const program = meantProgram(this.server.files, argument);
    if (program === undefined) {
      return undefined;
    }
    const uri = vscode.Uri.parse(program);
    // A lens may have been clicked before the tests of the text as it is now were asked for.
    await this.catalogue.refresh(uri);
    const file = this.catalogue.file(uri);
    const id = testIn(argument);
    const item = id === undefined ? file : file?.children.get(id);
    if (item === undefined) {
      const name = vscode.workspace.asRelativePath(uri);
      const which = id === undefined ? 'is no test: one begins with `.test`' : `is no test ${id}`;
      void vscode.window.showInformationMessage(`In ${name} there ${which}.`);
      return undefined;
    }
    return this.runner.run(new vscode.TestRunRequest([item], undefined, this.profile));
  }

  /** Offers to run tests: not in a folder that nobody trusts. */
  private offer(): void {
    const { Run, Debug, Coverage: Covered } = vscode.TestRunProfileKind;
    const run = async (request: vscode.TestRunRequest, token: vscode.CancellationToken, withCoverage: boolean) => {
      if (request.continuous === true) {
        this.follow(request, token, withCoverage);
      } else {
        await this.runner.run(request, withCoverage);
      }
    };
    this.profile = this.controller.createRunProfile('Run', Run, (request, token) => run(request, token, false), true, undefined, true);
    const covered = this.controller.createRunProfile('Run with Coverage', Covered, (request, token) => run(request, token, true), true, undefined, true);
    covered.loadDetailedCoverage = async (_, coverage) => (coverage instanceof Coverage ? coverage.lines : []);
    this.controller.createRunProfile('Debug', Debug, (request) => this.runner.debug(request), true);
  }

  /** Runs anew whenever a program changed: any may be used by those whose tests these are. */
  private follow(request: vscode.TestRunRequest, token: vscode.CancellationToken, withCoverage: boolean): void {
    let isRunning = false;
    let isDue = false;
    const again = async (): Promise<void> => {
      isDue = true;
      if (isRunning) {
        return;
      }
      isRunning = true;
      try {
        while (isDue && !token.isCancellationRequested) {
          isDue = false;
          await this.runner.run(new vscode.TestRunRequest(request.include, request.exclude, request.profile, true), withCoverage);
        }
      } finally {
        isRunning = false;
      }
    };
    const following = this.catalogue.onChange(() => void again());
    token.onCancellationRequested(() => {
      following.dispose();
    });
  }
}
