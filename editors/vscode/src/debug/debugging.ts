// The debugger: sessions with the server's own adapter, `provable dap`.

import * as vscode from 'vscode';
import type { Server } from '../server/server';
import { debug, goToStep } from './commands';
import { OFFERED, Resolver, TYPE } from './configurations';
import { showValues } from './values';

export function debugging(server: Server): vscode.Disposable {
  const resolver = new Resolver(async () => (await server.settled()) !== undefined);
  const { Dynamic } = vscode.DebugConfigurationProviderTriggerKind;
  return vscode.Disposable.from(
    vscode.debug.registerDebugConfigurationProvider(TYPE, resolver),
    vscode.debug.registerDebugConfigurationProvider(TYPE, OFFERED, Dynamic),
    vscode.debug.registerDebugAdapterDescriptorFactory(TYPE, {
      createDebugAdapterDescriptor: () => {
        // One binary for both, so that what the lenses say and what a session shows cannot differ.
        if (server.file === undefined) {
          throw new Error(server.trouble?.message ?? 'The Provable server is not running.');
        }
        return new vscode.DebugAdapterExecutable(server.file, ['dap']);
      },
    }),
    vscode.commands.registerCommand('provable.debug', debug),
    vscode.commands.registerCommand('provable.goToStep', goToStep),
    showValues(),
  );
}
