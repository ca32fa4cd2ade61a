// Code lenses: what can be done with the program, over its lines. They take no stops of the Tab key: Ctrl-. offers the same.

import type { Extension } from '@codemirror/state';
import { Decoration, WidgetType, type EditorView } from '@codemirror/view';
import type { CodeLens, Command } from 'vscode-languageserver-protocol';
import { button, h } from '../shell/dom';
import { decorated } from './decorated';
import { fetched } from './fetching';
import { offsetOf } from './positions';

export type Execute = (command: string, args: unknown[]) => void;

class LensRow extends WidgetType {
  private readonly key: string;

  constructor(
    private readonly commands: Command[],
    private readonly execute: Execute,
  ) {
    super();
    this.key = JSON.stringify(commands);
  }

  override eq(other: LensRow): boolean {
    return other.key === this.key;
  }

  override toDOM(): HTMLElement {
    const lenses = this.commands.map((command) => {
      const lens = button(command.title, () => this.execute(command.command, command.arguments ?? []), 'cm-lens');
      lens.tabIndex = -1;
      lens.title = command.title;
      return lens;
    });
    return h('div', { className: 'cm-lenses' }, ...lenses);
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

const [replace, field] = decorated();

export function lenses(execute: Execute): Extension {
  return [
    field,
    fetched({
      method: 'textDocument/codeLens',
      show: (view, answer) => ({ effects: replace.of(rows(view, (answer ?? []) as CodeLens[], execute)) }),
    }),
  ];
}

function rows(view: EditorView, lenses: CodeLens[], execute: Execute) {
  const byLine = new Map<number, Command[]>();
  for (const { range, command } of lenses) {
    if (command !== undefined) {
      const from = view.state.doc.lineAt(offsetOf(view.state.doc, range.start)).from;
      byLine.set(from, [...(byLine.get(from) ?? []), command]);
    }
  }
  const widgets = [...byLine].map(([from, commands]) => {
    return Decoration.widget({ widget: new LensRow(commands, execute), block: true, side: -1 }).range(from);
  });
  return Decoration.set(widgets, true);
}
