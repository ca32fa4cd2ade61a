// A line is laid out when it ends: on-type formatting at Enter.

import { LSPPlugin } from '@codemirror/lsp-client';
import { EditorView, type ViewUpdate } from '@codemirror/view';
import type { Extension } from '@codemirror/state';
import type { TextEdit } from 'vscode-languageserver-protocol';
import { offsetsOf, positionOf } from './positions';

export function typedFormat(): Extension {
  return EditorView.updateListener.of((update) => {
    if (endsLine(update)) {
      void format(update.view);
    }
  });
}

function endsLine(update: ViewUpdate): boolean {
  let found = false;
  if (update.transactions.some((one) => one.isUserEvent('input') && !one.isUserEvent('input.paste') && !one.isUserEvent('input.fix'))) {
    update.changes.iterChanges((_fromA, _toA, _fromB, _toB, inserted) => {
      found ||= inserted.lines === 2;
    });
  }
  return found;
}

async function format(view: EditorView): Promise<void> {
  const plugin = LSPPlugin.get(view);
  if (plugin?.client.serverCapabilities?.documentOnTypeFormattingProvider === undefined) {
    return;
  }
  plugin.client.sync();
  const { doc, selection } = view.state;
  const params = {
    textDocument: { uri: plugin.uri },
    position: positionOf(doc, selection.main.head),
    ch: '\n',
    options: { tabSize: 4, insertSpaces: true },
  };
  const edits = await plugin.client.request<object, TextEdit[] | null>('textDocument/onTypeFormatting', params);
  // Whoever has typed on since is not disturbed.
  if (edits !== null && edits.length > 0 && view.state.doc === doc) {
    view.dispatch({ changes: edits.map((edit) => ({ ...offsetsOf(doc, edit.range), insert: edit.newText })), userEvent: 'format' });
  }
}
