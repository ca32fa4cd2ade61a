// The language client over one server. It never starts a second one: when and whether to is decided in
// `server.ts`.

import {
  BaseLanguageClient,
  CloseAction,
  CodeLensRequest,
  ErrorAction,
  State,
  type CodeLensProviderShape,
  type MessageSignature,
  type MessageTransports,
  type Middleware,
} from 'vscode-languageclient';
import { Uri, workspace, type CancellationToken, type OutputChannel } from 'vscode';
import type { Connection, Files } from '../platform';

export class Client extends BaseLanguageClient {
  /** It was told to stop: what fails from here on is no news, and its output may be gone. */
  private isEnding = false;

  constructor(
    private readonly connection: Connection,
    private readonly files: Files,
    output: OutputChannel,
    middleware: Middleware,
  ) {
    super('provable', 'Provable', {
      documentSelector: [{ language: 'provable' }],
      outputChannel: output,
      middleware,
      uriConverters: { code2Protocol: (uri) => files.toServer(uri), protocol2Code: (uri) => files.fromServer(uri) },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => ({ action: CloseAction.DoNotRestart, handled: true, message: 'The connection to the server closed.' }),
      },
      initializationFailedHandler: () => false,
    });
    // The server offers a debugger to those who say that they have one.
    this.registerFeature({
      fillInitializeParams: (params) => {
        params.processId = connection.parent ?? null;
      },
      fillClientCapabilities: (capabilities) => {
        capabilities.experimental = { commands: { commands: ['provable.debug'] } };
      },
      initialize: () => undefined,
      getState: () => ({ kind: 'static' }),
      clear: () => undefined,
    });
    hearFailedStarts(this);
  }

  /**
   * What the library would force on the user, or has to say of a server that is gone, is told by `server.ts`, once and with
   * the way out.
   */
  override error(message: string, data?: unknown, showNotification?: boolean | 'force'): void {
    if (this.isEnding) {
      return;
    }
    const isShown = showNotification !== 'force' && this.state === State.Running;
    super.error(message, data, isShown ? showNotification : false);
  }

  /** A question that a server has not answered before it ended has no answer, and is no failure of whoever asked. */
  override handleFailedRequest<T>(
    type: MessageSignature,
    token: CancellationToken | undefined,
    error: unknown,
    defaultValue: T,
    showNotification?: boolean,
  ): T {
    const isGone = this.isEnding || this.state !== State.Running;
    return isGone ? defaultValue : super.handleFailedRequest(type, token, error, defaultValue, showNotification);
  }

  protected override createMessageTransports(): Promise<MessageTransports> {
    return Promise.resolve(this.connection.transports);
  }

  /** A URI of the editor as the server spells it, for the arguments of commands. */
  spelled(uri: string): string {
    return this.files.toServer(Uri.parse(uri));
  }

  /** Resolves when server and editor have the same files. */
  settled(): Promise<void> {
    return this.connection.settled();
  }

  /** Who gives the lenses of the programs that are open; it tells when they are to be asked for anew, and can be told. */
  lenses(): CodeLensProviderShape | undefined {
    const feature = this.getFeature(CodeLensRequest.method);
    const providers = workspace.textDocuments.map((document) => feature.getProvider(document));
    return providers.find((one) => one !== undefined);
  }

  /** After a failed start the library stops what never ran, and rejects, unheard; `server.ts` ends that process. */
  override async stop(timeout?: number): Promise<void> {
    this.isEnding = true;
    if (this.state !== State.Starting) {
      await super.stop(timeout);
    }
  }
}

/**
 * The library makes a promise for each start and forgets it when the connection closes before the first answer, so that its
 * rejection is heard by nobody. Here somebody listens; whether the server runs is seen by the client's state.
 */
function hearFailedStarts(client: BaseLanguageClient): void {
  const inner = client as unknown as { createOnStartPromise: () => [Promise<void>, () => void, (error: unknown) => void] };
  const create = inner.createOnStartPromise.bind(client);
  inner.createOnStartPromise = () => {
    const made = create();
    made[0].catch(() => undefined);
    return made;
  };
}
