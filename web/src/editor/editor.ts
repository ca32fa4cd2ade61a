// Editors: what those of programs, of inputs and of files to read have in common.

import { closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap, completionStatus, selectedCompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { indentUnit } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, Prec, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { highlighting } from './highlighting';

export interface EditorOptions {
  parent: HTMLElement;
  doc: string;
  label: string;
  extensions: Extension;
  readOnly?: boolean;
}

/**
 * An editor. Tab leaves it, so that whoever uses the keyboard alone gets on; lines are laid out by formatting.
 */
export function makeEditor({ parent, doc, label, extensions, readOnly = false }: EditorOptions): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc,
      extensions: [
        EditorView.cspNonce.of(STYLE_NONCE),
        Prec.highest(keymap.of([{ key: 'Enter', run: endLine }])),
        extensions,
        lineNumbers(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        EditorState.allowMultipleSelections.of(true),
        EditorState.readOnly.of(readOnly),
        highlighting,
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSelectionMatches(),
        closeBrackets(),
        indentUnit.of('    '),
        EditorView.contentAttributes.of({ 'aria-label': label }),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
      ],
    }),
  });
}

/** Enter ends the line, and takes no completion, where the word is written already. */
function endLine(view: EditorView): boolean {
  const { state } = view;
  if (completionStatus(state) === 'active') {
    const { from, text } = state.doc.lineAt(state.selection.main.head);
    const word = /\S*$/.exec(text.slice(0, state.selection.main.head - from))?.[0] ?? '';
    if (selectedCompletion(state)?.label.toLowerCase() === word.toLowerCase()) {
      closeCompletion(view);
    }
  }
  return false;
}

/** Brings a place into view within the editor. The page stays where it is, unlike with the editor's own way. */
export function scrollWithin(view: EditorView, offset: number): void {
  view.requestMeasure({
    read: ({ scrollDOM }) => {
      const { top, bottom } = view.lineBlockAt(offset);
      const { scrollTop, clientHeight } = scrollDOM;
      return top < scrollTop || bottom > scrollTop + clientHeight ? top - clientHeight / 2 : undefined;
    },
    write: (top, { scrollDOM }) => {
      if (top !== undefined) {
        scrollDOM.scrollTop = top;
      }
    },
  });
}

/** Replaces the text as a whole. It can be undone. */
export function setText(view: EditorView, text: string): void {
  if (view.state.doc.toString() !== text) {
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } });
    view.scrollDOM.scrollTop = 0;
  }
}
