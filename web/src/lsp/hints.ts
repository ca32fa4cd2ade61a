// Inlay hints: the stack depth after each line, and the values that the last run left there.

import type { EditorState, Extension } from '@codemirror/state';
import { Decoration, WidgetType, type EditorView } from '@codemirror/view';
import type { InlayHint } from 'vscode-languageserver-protocol';
import { h } from '../shell/dom';
import { decorated } from './decorated';
import { fetched } from './fetching';
import { offsetOf } from './positions';

/** The kind of hints of the stack depth: `InlayHintKind.Type` of the protocol. */
const TYPE = 1;

class Hint extends WidgetType {
  constructor(
    private readonly text: string,
    private readonly tooltip: string,
    private readonly isDepth: boolean,
  ) {
    super();
  }

  override eq(other: Hint): boolean {
    return other.text === this.text && other.tooltip === this.tooltip;
  }

  override toDOM(): HTMLElement {
    const className = this.isDepth ? 'cm-hint cm-hint-depth' : 'cm-hint';
    return h('span', { className, title: this.tooltip, ariaHidden: 'true' }, this.text);
  }

  /** The stack depth, if that is what it tells. */
  get depth(): string | undefined {
    return this.isDepth ? this.text : undefined;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

const [replace, field] = decorated();

export function hints(): Extension {
  return [
    field,
    fetched({
      method: 'textDocument/inlayHint',
      params: (view) => ({ range: { start: { line: 0, character: 0 }, end: { line: view.state.doc.lines, character: 0 } } }),
      show: (view, answer) => ({ effects: replace.of(widgets(view, (answer ?? []) as InlayHint[])) }),
    }),
  ];
}

function widgets(view: EditorView, list: InlayHint[]) {
  const ranges = list.map((hint) => {
    const text = typeof hint.label === 'string' ? hint.label : hint.label.map((part) => part.value).join('');
    const tooltip = typeof hint.tooltip === 'string' ? hint.tooltip : (hint.tooltip?.value ?? '');
    const widget = new Hint(text, tooltip, hint.kind === TYPE);
    return Decoration.widget({ widget, side: 1 }).range(offsetOf(view.state.doc, hint.position));
  });
  return Decoration.set(ranges, true);
}

/** The stack depth after a line, if there is a hint of it. */
export function depthAt(state: EditorState, from: number, to: number): string | undefined {
  let depth: string | undefined;
  state.field(field, false)?.between(from, to, (_from, _to, { spec }) => {
    depth ??= (spec as { widget: Hint }).widget.depth;
  });
  return depth;
}
