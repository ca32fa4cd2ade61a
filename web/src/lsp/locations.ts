// Going to a place in a text.

import type { LSPClient } from '@codemirror/lsp-client';
import type { Location } from 'vscode-languageserver-protocol';
import { EditorView } from '@codemirror/view';
import { offsetsOf } from './positions';

/** Selects a place, in its own editor, and moves the focus there. */
export async function showLocation(client: LSPClient, { uri, range }: Location): Promise<void> {
  const view = await client.workspace.displayFile(uri);
  if (view !== null) {
    const { from, to } = offsetsOf(view.state.doc, range);
    view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
    view.focus();
  }
}
