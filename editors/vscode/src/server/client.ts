// The language client over one server process. It never starts a second process: when and whether to is decided in
// `server.ts`.

import {
  CloseAction,
  CodeLensRequest,
  ErrorAction,
  LanguageClient,
  State,
  type CodeLensProviderShape,
  type Middleware,
} from 'vscode-languageclient/node';
import { workspace, type OutputChannel } from 'vscode';
import type { ServerProcess } from './process';

export class Client extends LanguageClient {
  constructor(process: ServerProcess, output: OutputChannel, middleware: Middleware) {
    super('provable', 'Provable', () => Promise.resolve(process.streams), {
      documentSelector: [{ language: 'provable' }],
      outputChannel: output,
      middleware,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => ({ action: CloseAction.DoNotRestart, handled: true, message: 'The connection to the server closed.' }),
      },
      initializationFailedHandler: () => false,
    });
  }

  /** What the library would force on the user is told by `server.ts`, once and with the way out. */
  override error(message: string, data?: unknown, showNotification?: boolean | 'force'): void {
    super.error(message, data, showNotification === 'force' ? false : showNotification);
  }

  /** Who gives the lenses of the programs that are open; it tells when they are to be asked for anew, and can be told. */
  lenses(): CodeLensProviderShape | undefined {
    const feature = this.getFeature(CodeLensRequest.method);
    const providers = workspace.textDocuments.map((document) => feature.getProvider(document));
    return providers.find((one) => one !== undefined);
  }

  /** After a failed start the library stops what never ran, and rejects, unheard; `server.ts` ends that process. */
  override async stop(timeout?: number): Promise<void> {
    if (this.state !== State.Starting) {
      await super.stop(timeout);
    }
  }
}
