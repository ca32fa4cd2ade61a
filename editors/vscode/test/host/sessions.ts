// Debug sessions of a test: what the editor and the adapter say to each other, and what is to be asked of both.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, until } from './support';

interface Stopped {
  reason: string;
  description: string;
}
interface Message {
  type: string;
  event?: string;
  body?: { output?: string } & Stopped;
}
interface Frame {
  id: number;
  name: string;
  line: number;
}
interface Variable {
  name: string;
  value: string;
  variablesReference: number;
}

/** A session that somebody started. */
export class Session {
  private seen = 0;

  constructor(
    private readonly inner: vscode.DebugSession,
    private readonly messages: Message[],
  ) {}

  ask<T>(request: string, args?: object): Thenable<T> {
    return this.inner.customRequest(request, args) as Thenable<T>;
  }

  /** The next stop, told as `line reason · step`. */
  async stop(): Promise<string> {
    const stops = () => this.messages.filter((one) => one.event === 'stopped');
    const [stop] = await until(() => stops().slice(this.seen), (found) => found.length > 0);
    this.seen++;
    const [frame] = await this.frames();
    return `${frame?.line} ${stop?.body?.description}`;
  }

  async frames(): Promise<Frame[]> {
    return (await this.ask<{ stackFrames: Frame[] }>('stackTrace', { threadId: 1 })).stackFrames;
  }

  /** One of the groups of variables, as `name = value`. */
  async group(name: string): Promise<string[]> {
    return (await this.variables(name)).map((one) => `${one.name} = ${one.value}`);
  }

  /** The number that a group goes by. */
  async reference(name: string): Promise<number> {
    const [frame] = await this.frames();
    const { scopes } = await this.ask<{ scopes: Variable[] }>('scopes', { frameId: frame?.id });
    const found = scopes.find((one) => one.name === name);
    assert.ok(found, `${name} in ${scopes.map((one) => one.name).join(', ')}`);
    return found.variablesReference;
  }

  private async variables(name: string): Promise<Variable[]> {
    const variablesReference = await this.reference(name);
    return (await this.ask<{ variables: Variable[] }>('variables', { variablesReference })).variables;
  }

  /** The value of an expression, as a watch has it. */
  async value(expression: string): Promise<string> {
    return (await this.ask<{ result: string }>('evaluate', { expression, context: 'watch' })).result;
  }

  /** All that the adapter has printed. */
  get output(): string {
    return this.messages.map((one) => (one.event === 'output' ? (one.body?.output ?? '') : '')).join('');
  }

  /** Whether it is the one that the editor is in. */
  get isActive(): boolean {
    return vscode.debug.activeDebugSession?.id === this.inner.id;
  }

  get configuration(): vscode.DebugConfiguration {
    return this.inner.configuration;
  }
}

/** Has something start a session; breakpoints and the session are gone when the step is done. */
export async function debugging(
  start: () => PromiseLike<unknown>,
  step: (session: Session) => Promise<void>,
): Promise<void> {
  await extension().activate();
  const messages: Message[] = [];
  const sessions: vscode.DebugSession[] = [];
  const watching = vscode.Disposable.from(
    vscode.debug.registerDebugAdapterTrackerFactory('provable', {
      createDebugAdapterTracker: () => ({ onDidSendMessage: (message: Message) => messages.push(message) }),
    }),
    vscode.debug.onDidStartDebugSession((session) => sessions.push(session)),
  );
  try {
    await start();
    const [session] = await until(() => sessions, (found) => found.length > 0);
    assert.ok(session);
    await step(new Session(session, messages));
  } finally {
    watching.dispose();
    await vscode.debug.stopDebugging();
    await until(() => vscode.debug.activeDebugSession === undefined, (isOver) => isOver);
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
  }
}

/** Sets a breakpoint at a line, from 1. */
export function breakAt(document: vscode.TextDocument, line: number): void {
  const location = new vscode.Location(document.uri, new vscode.Position(line - 1, 0));
  vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location)]);
}
