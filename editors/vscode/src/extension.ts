// Where the parts are put together.

import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';
import { execute, NEED_TRUST, offerActions } from './commands';
import { debugging } from './debug/debugging';
import { newExample } from './example';
import { exportKey, importKey } from './keys';
import { link } from './link';
import type { Platform } from './platform';
import { Server } from './server/server';
import { StatusItem } from './status/item';
import { showPlace } from './status/place';
import { Testing } from './testing/testing';

let server: Server | undefined;

/** What tests of the extension look at. */
export interface Exports {
  tests: vscode.TestController;
}

export async function activateOn(platform: Platform, context: vscode.ExtensionContext): Promise<Exports> {
  const output = vscode.window.createOutputChannel('Provable');
  const middleware: Middleware = {
    executeCommand: (command, args) => (command === 'provable.test' ? testing.command(args[0]) : execute(started, command, args)),
    workspace: {
      didChangeWatchedFile: async (event, next) => {
        // Whoever gives the server its files may hear of the change after the client.
        await Promise.resolve();
        await started.connected?.settled();
        await next(event);
      },
    },
    provideCodeLenses: async (document, token, next) => {
      const lenses = await next(document, token);
      return lenses?.filter((lens) => isOffered(lens.command));
    },
    provideCodeActions: async (document, range, context, token, next) => {
      const actions = await next(document, range, context, token);
      return actions?.filter((action) => isOffered(typeof action.command === 'string' ? action : action.command));
    },
  };
  const started = new Server(context, platform, output, middleware);
  server = started;
  const status = new StatusItem(started);
  const testing = new Testing(started);
  const restart = () => started.restart();
  context.subscriptions.push(
    platform,
    output,
    started,
    showPlace(platform),
    status,
    testing,
    debugging(started),
    vscode.commands.registerCommand('provable.restartServer', restart),
    vscode.commands.registerCommand('provable.showOutput', () => output.show()),
    vscode.commands.registerCommand('provable.actions', () => offerActions(started, status)),
    vscode.commands.registerCommand('provable.newExample', newExample),
    vscode.commands.registerCommand('provable.link', (argument: unknown) => link(started, argument)),
    vscode.commands.registerCommand('provable.importKey', () => importKey(started)),
    vscode.commands.registerCommand('provable.exportKey', (argument: unknown) => exportKey(started, argument)),
    // A server that only a trusted folder may name is a change of configuration, which is seen to below.
    vscode.workspace.onDidGrantWorkspaceTrust(() => started.running?.lenses()?.onDidChangeCodeLensEmitter.fire()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('provable.server.path')) {
        void restart();
      }
    }),
  );
  await vscode.commands.executeCommand('setContext', 'provable.isActive', true);
  // Commands come with the server: whoever activated the extension by one finds it once this returns.
  await started.start();
  return { tests: testing.controller };
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** Whether a command stands over a program: those that execute it do not in a folder that nobody trusts. */
function isOffered(command: unknown): boolean {
  const id = typeof command === 'object' && command !== null && 'command' in command ? command.command : undefined;
  return vscode.workspace.isTrusted || !NEED_TRUST.some((one) => one === id);
}
