// Inputs files are JSON, which is not the server's language: it formats and completes none. It is only told their text,
// so that inputs count before they are saved.

import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  TextDocumentSyncKind,
  type BaseLanguageClient,
  type TextDocumentChangeRegistrationOptions,
} from 'vscode-languageclient';

/** Tells a server of the inputs files of these schemes. */
export function syncInputs(client: BaseLanguageClient, schemes: string[]): void {
  const selector = { documentSelector: schemes.map((scheme) => ({ scheme, pattern: '**/*.inputs.json' })) };
  const change: TextDocumentChangeRegistrationOptions = { ...selector, syncKind: TextDocumentSyncKind.Incremental };
  client.getFeature(DidOpenTextDocumentNotification.method).register({ id: 'inputs-open', registerOptions: selector });
  client.getFeature(DidChangeTextDocumentNotification.method).register({ id: 'inputs-change', registerOptions: change });
  client.getFeature(DidCloseTextDocumentNotification.method).register({ id: 'inputs-close', registerOptions: selector });
}
