// Code actions: asking for them, and doing one.

import { LSPPlugin, type LSPClient } from '@codemirror/lsp-client';
import type { EditorView } from '@codemirror/view';
import type { CodeAction, Command, Diagnostic, Range } from 'vscode-languageserver-protocol';
import { button } from '../shell/dom';
import { applyEdit } from './edits';
import type { Execute } from './lenses';

export type Action = CodeAction | Command;

let execute: Execute = () => undefined;

/** Says who executes the commands of actions. */
export function executeActionsBy(executor: Execute): void {
  execute = executor;
}

export async function actionsAt(client: LSPClient, view: EditorView, range: Range, diagnostics: Diagnostic[], only?: string[]): Promise<Action[]> {
  const uri = LSPPlugin.get(view)?.uri;
  if (uri === undefined) {
    return [];
  }
  client.sync();
  const context = only === undefined ? { diagnostics } : { diagnostics, only };
  return (await client.request<object, Action[] | null>('textDocument/codeAction', { textDocument: { uri }, range, context })) ?? [];
}

export function perform(client: LSPClient, action: Action): void {
  if (typeof action.command === 'string') {
    execute(action.command, ('arguments' in action ? action.arguments : undefined) ?? []);
    return;
  }
  const { edit, command } = action as CodeAction;
  if (edit !== undefined) {
    applyEdit(client, edit);
  }
  if (command !== undefined) {
    execute(command.command, command.arguments ?? []);
  }
}

/** Buttons that mend what a diagnostic is about. */
export async function quickFixes(client: LSPClient, view: EditorView, diagnostic: Diagnostic): Promise<HTMLElement[]> {
  const actions = await actionsAt(client, view, diagnostic.range, [diagnostic], ['quickfix']).catch(() => []);
  return actions.map((action) => button(action.title, () => perform(client, action), 'cm-fix'));
}
