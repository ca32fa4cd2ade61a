// What a session is launched with: from a launch.json, or without one from the program in front.

import * as vscode from 'vscode';
import { activeProgram } from '../active';
import type { Files } from '../platform';
import { programOf, type Step } from '../program';
import { seedOf } from '../testing/seeds';

export const TYPE = 'provable';

/** What the adapter takes; the manifest describes it to those who write a launch.json. */
export interface Launch extends vscode.DebugConfiguration {
  program?: string;
  test?: string;
  seed?: number;
  inputs?: string | object;
  cwd?: string;
  stopOnEntry?: boolean;
  stopOnEnd?: boolean;
  stopAtStep?: Step;
  stepLimit?: number | undefined;
  memoryLimitMiB?: number | undefined;
}

/** A session with a program or one of its tests, at a step of the run if one is given. */
export function launchOf(
  files: Files,
  program: vscode.Uri,
  { step, test }: { step?: Step | undefined; test?: string | undefined } = {},
): Launch {
  const seed = test === undefined ? undefined : seedOf(program.toString(), test);
  return {
    type: TYPE,
    request: 'launch',
    // The id of a test begins with its file.
    name: `Debug ${test?.replace(/^.*?\.prov::/, '') ?? program.path.slice(program.path.lastIndexOf('/') + 1)}`,
    program: files.toLaunch(program),
    ...(test === undefined ? {} : { test }),
    ...(seed === undefined ? {} : { seed }),
    ...(step === undefined ? firstStop(program) : { stopAtStep: step }),
  };
}

/** Without a breakpoint in it, a program would be at its end before anybody has seen it. */
function firstStop(program: vscode.Uri): Launch | object {
  const isIn = (one: vscode.Breakpoint) => {
    const isHere = one instanceof vscode.SourceBreakpoint ? one.location.uri.toString() === program.toString() : true;
    return one.enabled && isHere;
  };
  return vscode.debug.breakpoints.some(isIn) ? {} : { stopOnEntry: true };
}

/** What the list of the Run and Debug view offers without a launch.json. */
export const offered = (files: Files): vscode.DebugConfigurationProvider => ({
  provideDebugConfigurations: () => {
    const program = activeProgram();
    return program === undefined ? [] : [launchOf(files, vscode.Uri.parse(program))];
  },
});

/** Fills in what a launch leaves open. */
export class Resolver implements vscode.DebugConfigurationProvider {
  /** `ready` answers whether there is an adapter, and tells the user why if not. */
  constructor(
    private readonly files: Files,
    private readonly ready: () => Promise<boolean>,
  ) {}

  resolveDebugConfiguration(_: unknown, given: vscode.DebugConfiguration): vscode.DebugConfiguration | undefined {
    const launch: Launch = given;
    if (launch.program !== undefined) {
      return launch;
    }
    const program = activeProgram();
    if (program === undefined) {
      void vscode.window.showInformationMessage('Open a Provable program (.prov) first.');
      return undefined;
    }
    const uri = vscode.Uri.parse(program);
    if (uri.scheme === 'untitled') {
      void vscode.window.showInformationMessage('Save the program first: the debugger reads it from disk.');
      return undefined;
    }
    // Without a launch.json there is nothing in what is given.
    return { ...launchOf(this.files, uri), ...launch };
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    if (!(await this.ready())) {
      return undefined;
    }
    const launch: Launch = given;
    const opened = folder && this.files.toLaunch(folder.uri);
    if (typeof launch.cwd === 'string') {
      launch.cwd = this.files.resolve(opened, launch.cwd);
    }
    const absolute = (file: string) => this.files.resolve(launch.cwd ?? opened, file);
    if (typeof launch.program === 'string') {
      // `${file}` may be the inputs or the proof.
      launch.program = absolute(programOf(launch.program) ?? launch.program);
    }
    if (typeof launch.inputs === 'string') {
      launch.inputs = absolute(launch.inputs);
    }
    // As far as Run would go.
    const limits = vscode.workspace.getConfiguration('provable.limits');
    launch.stepLimit ??= limits.get('steps');
    launch.memoryLimitMiB ??= limits.get('memoryMiB');
    return launch;
  }
}
