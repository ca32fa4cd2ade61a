// The language server as the rest of the page sees it.

import { autocompletion } from '@codemirror/autocomplete';
import { LSPClient, formatKeymap, findReferencesKeymap, hoverTooltips, jumpToDefinitionKeymap, renameKeymap, serverCompletion, signatureHelp } from '@codemirror/lsp-client';
import type { Extension } from '@codemirror/state';
import { keymap, type EditorView } from '@codemirror/view';
import type { Host } from '@host';
import type { Diagnostic, MessageActionItem, ShowMessageParams, ShowMessageRequestParams, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { actionMenu } from './action-menu';
import { Connection } from './connection';
import { diagnostics } from './diagnostics';
import { documentLinks } from './document-links';
import { applyEdit } from './edits';
import { keepInStep, refresh } from './fetching';
import { hints } from './hints';
import { lenses, type Execute } from './lenses';
import { ProgressList } from './progress';
import { executeActionsBy } from './quick-fixes';
import { sanitize } from './sanitize';
import { tokens } from './tokens';
import { typedFormat } from './typed-format';
import { OpenFiles } from './workspace';

export const PROGRAM = 'file:///program/main.prov';
export const INPUTS = 'file:///program/main.inputs.json';
export const PROOF = 'file:///program/main.proof.json';

/** What the server needs of the page. */
export interface Page {
  /** Executes a command, of the page or of the server. */
  execute: Execute;
  message(params: ShowMessageParams): void;
  ask(params: ShowMessageRequestParams): Promise<MessageActionItem | null>;
  diagnostics(uri: string, list: Diagnostic[]): void;
  /** The results of the program may have changed. */
  resultsChanged(): void;
  /** The settings under `provable`. */
  settings(): object;
  /** Shows a text that is not open, for reading. */
  showFile(uri: string): Promise<EditorView | null>;
}

/** Tests and proofs answer when they are done. */
const ANSWER_TIMEOUT_MS = 30 * 60_000;

const CAPABILITIES = {
  workspace: {
    configuration: true,
    applyEdit: true,
    executeCommand: {},
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    didChangeWatchedFiles: {},
  },
  window: { workDoneProgress: true, showMessage: { messageActionItem: { additionalPropertiesSupport: true } } },
  textDocument: { codeLens: {}, inlayHint: {}, documentLink: {}, onTypeFormatting: {}, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'refactor.rewrite', 'source'] } } } },
  experimental: { commands: { commands: ['provable.debug'] } },
};

export class Server {
  readonly client: LSPClient;

  constructor(
    private readonly host: Host,
    private readonly page: Page,
    progress: ProgressList,
  ) {
    executeActionsBy(page.execute);
    this.client = new LSPClient({
      rootUri: 'file:///program',
      timeout: ANSWER_TIMEOUT_MS,
      sanitizeHTML: sanitize,
      workspace: (client) => new OpenFiles(client, (uri) => page.showFile(uri)),
      notificationHandlers: {
        'window/showMessage': (_client, params: ShowMessageParams) => {
          page.message(params);
          return true;
        },
        '$/progress': (_client, params: Parameters<ProgressList['take']>[0]) => {
          progress.take(params);
          return true;
        },
      },
      extensions: [{ clientCapabilities: CAPABILITIES }, diagnostics((uri, list) => page.diagnostics(uri, list))],
    });
  }

  async connect(): Promise<void> {
    const again = (method: string) => () => {
      refresh(method);
      this.page.resultsChanged();
    };
    this.client.connect(
      new Connection(this.host.lsp, {
        'workspace/configuration': (params) => (params as { items: unknown[] }).items.map(() => this.page.settings()),
        'workspace/codeLens/refresh': again('textDocument/codeLens'),
        'workspace/inlayHint/refresh': again('textDocument/inlayHint'),
        'window/workDoneProgress/create': () => null,
        'client/registerCapability': () => null,
        'client/unregisterCapability': () => null,
        'window/showMessageRequest': (params) => this.page.ask(params as ShowMessageRequestParams),
        'workspace/applyEdit': (params) => {
          const failureReason = applyEdit(this.client, (params as { edit: WorkspaceEdit }).edit);
          return { applied: failureReason === undefined, failureReason };
        },
        'workspace/workspaceFolders': () => [{ uri: 'file:///program', name: 'program' }],
      }),
    );
    await this.client.initializing;
  }

  /** Everything that an editor of programs has from the server. */
  programExtensions(uri: string): Extension {
    return [
      this.client.plugin(uri, 'provable'),
      keepInStep,
      serverCompletion({ override: true }),
      // The icons are letters that few fonts have.
      autocompletion({ icons: false }),
      hoverTooltips(),
      signatureHelp(),
      lenses(this.page.execute),
      hints(),
      tokens(),
      documentLinks(),
      actionMenu(),
      typedFormat(),
      keymap.of([...formatKeymap, ...renameKeymap, ...jumpToDefinitionKeymap, ...findReferencesKeymap]),
    ];
  }

  /** What an editor of an inputs file has: its text is sent, and its mistakes are shown. */
  inputsExtensions(): Extension {
    return [this.client.plugin(INPUTS, 'json'), keepInStep];
  }

  /** A command of the server. */
  execute<T>(command: string, args: unknown[]): Promise<T> {
    this.client.sync();
    return this.client.request<object, T>('workspace/executeCommand', { command, arguments: args });
  }

  cancel(token: string | number): void {
    this.client.notification('window/workDoneProgress/cancel', { token });
  }

  /** Tells of a file that the page has written or removed. */
  fileChanged(uri: string): void {
    this.client.notification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
  }

  settingsChanged(): void {
    this.client.notification('workspace/didChangeConfiguration', { settings: { provable: this.page.settings() } });
  }
}
