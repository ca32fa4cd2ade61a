// Edits that come from the server.

import type { LSPClient } from '@codemirror/lsp-client';
import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { offsetsOf } from './positions';

/** Applies an edit to the texts that are open. Answers why it cannot be applied, or undefined. */
export function applyEdit(client: LSPClient, edit: WorkspaceEdit): string | undefined {
  const changes = changesOf(edit);
  if (changes === undefined) {
    return 'the page cannot create, rename or delete files';
  }
  const files = changes.map(([uri, edits]) => ({ file: client.workspace.getFile(uri), edits }));
  if (files.some(({ file }) => file === null)) {
    return 'the edit changes a file that is not open';
  }
  for (const { file, edits } of files) {
    const view = file?.getView();
    view?.dispatch({
      changes: edits.map((one) => ({ ...offsetsOf(view.state.doc, one.range), insert: one.newText })),
      userEvent: 'input.fix',
    });
  }
  return undefined;
}

function changesOf(edit: WorkspaceEdit): [string, TextEdit[]][] | undefined {
  if (edit.documentChanges === undefined) {
    return Object.entries(edit.changes ?? {});
  }
  const found: [string, TextEdit[]][] = [];
  for (const change of edit.documentChanges) {
    if (!('textDocument' in change)) {
      return undefined;
    }
    found.push([change.textDocument.uri, change.edits]);
  }
  return found;
}
