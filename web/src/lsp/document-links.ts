// Links of `.use` lines: underlined; Ctrl-click follows one, and F12 with the cursor in it.

import { LSPPlugin } from '@codemirror/lsp-client';
import type { Extension } from '@codemirror/state';
import { Decoration, EditorView } from '@codemirror/view';
import type { DocumentLink } from 'vscode-languageserver-protocol';
import { decorated } from './decorated';
import { fetched } from './fetching';
import { offsetsOf } from './positions';

const [replace, field] = decorated();

export function documentLinks(): Extension {
  return [
    field,
    fetched({
      method: 'textDocument/documentLink',
      show: (view, answer) => {
        const ranges = ((answer ?? []) as DocumentLink[]).flatMap(({ range, target, tooltip }) => {
          const { from, to } = offsetsOf(view.state.doc, range);
          const attributes = { 'data-target': target ?? '', title: `${tooltip ?? 'Open'} (Ctrl-click)` };
          return from < to ? [Decoration.mark({ class: 'cm-link', attributes }).range(from, to)] : [];
        });
        return { effects: replace.of(Decoration.set(ranges, true)) };
      },
    }),
    EditorView.domEventHandlers({
      click: (event, view) => {
        const target = (event.target as Element | null)?.closest<HTMLElement>('.cm-link')?.dataset['target'];
        if (!(event.ctrlKey || event.metaKey) || target === undefined || target === '') {
          return false;
        }
        void LSPPlugin.get(view)?.client.workspace.displayFile(target);
        return true;
      },
    }),
  ];
}
