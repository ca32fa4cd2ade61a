// Semantic tokens: the meaning of each word, as a class of its own.

import { LSPPlugin } from '@codemirror/lsp-client';
import type { Extension, Text } from '@codemirror/state';
import { Decoration, type EditorView } from '@codemirror/view';
import type { SemanticTokens, SemanticTokensLegend } from 'vscode-languageserver-protocol';
import { decorated } from './decorated';
import { fetched } from './fetching';
import { offsetOf } from './positions';

const [replace, field] = decorated();

export function tokens(): Extension {
  return [
    field,
    fetched({
      method: 'textDocument/semanticTokens/full',
      show: (view, answer) => {
        const data = (answer as SemanticTokens | null)?.data ?? [];
        return { effects: replace.of(Decoration.set(marks(view, data))) };
      },
    }),
  ];
}

function marks(view: EditorView, data: number[]) {
  const legend = LSPPlugin.get(view)?.client.serverCapabilities?.semanticTokensProvider?.legend;
  if (legend === undefined) {
    return [];
  }
  return placed(view.state.doc, data).flatMap(({ from, to, type, modifiers }) => {
    return from < to ? [Decoration.mark({ class: classesOf(legend, type, modifiers) }).range(from, to)] : [];
  });
}

function classesOf(legend: SemanticTokensLegend, type: number, modifiers: number): string {
  const names = legend.tokenModifiers.filter((_, bit) => (modifiers & (1 << bit)) !== 0);
  return [legend.tokenTypes[type] ?? 'unknown', ...names].map((name) => `tok-${name}`).join(' ');
}

/** The tokens by their places; in the protocol each is five numbers that begin with its distance from the one before. */
export function placed(doc: Text, data: readonly number[]): { from: number; to: number; type: number; modifiers: number }[] {
  const found = [];
  let [line, character] = [0, 0];
  for (let at = 0; at + 4 < data.length; at += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
    character = lines === 0 ? character + characters : characters;
    line += lines;
    const from = offsetOf(doc, { line, character });
    found.push({ from, to: offsetOf(doc, { line, character: character + length }), type, modifiers });
  }
  return found;
}
