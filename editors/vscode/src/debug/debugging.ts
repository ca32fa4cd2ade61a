// The debugger: sessions with the server's own adapter.

import * as vscode from 'vscode';
import type { Server } from '../server/server';
import { debug, goToStep } from './commands';
import { offered, Resolver, TYPE } from './configurations';
import { showValues } from './values';

export function debugging(server: Server): vscode.Disposable {
  const resolver = new Resolver(server.files, async () => (await server.settled()) !== undefined);
  const { Dynamic } = vscode.DebugConfigurationProviderTriggerKind;
  return vscode.Disposable.from(
    vscode.debug.registerDebugConfigurationProvider(TYPE, resolver),
    vscode.debug.registerDebugConfigurationProvider(TYPE, offered(server.files), Dynamic),
    vscode.debug.registerDebugAdapterDescriptorFactory(TYPE, {
      createDebugAdapterDescriptor: () => {
        if (server.connected === undefined) {
          throw new Error(server.trouble?.message ?? 'The Provable server is not running.');
        }
        return server.connected.adapter();
      },
    }),
    vscode.commands.registerCommand('provable.debug', (argument: unknown) => debug(server.files, argument)),
    vscode.commands.registerCommand('provable.goToStep', goToStep),
    showValues(),
  );
}
