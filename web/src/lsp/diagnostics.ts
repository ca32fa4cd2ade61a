// Diagnostics as the server publishes them: under the text, in the gutter, and in the list of problems.

import { LSPPlugin, type LSPClient, type LSPClientExtension } from '@codemirror/lsp-client';
import { lintGutter, setDiagnostics, type Diagnostic as Shown } from '@codemirror/lint';
import { StateEffect, StateField, type EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { Diagnostic, Location, PublishDiagnosticsParams } from 'vscode-languageserver-protocol';
import { button, h } from '../shell/dom';
import { showLocation } from './locations';
import { linkTo } from './links';
import { offsetsOf } from './positions';
import { quickFixes } from './quick-fixes';

const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

const replace = StateEffect.define<Diagnostic[]>();

/** The diagnostics as they came last. Their ranges are those of the text that the server had then. */
const received = StateField.define<Diagnostic[]>({
  create: () => [],
  update: (list, transaction) => transaction.effects.find((one) => one.is(replace))?.value ?? list,
});

export function diagnosticsOf(state: EditorState): Diagnostic[] {
  return state.field(received, false) ?? [];
}

export function severityOf(diagnostic: Diagnostic): Severity {
  return SEVERITIES[(diagnostic.severity ?? 1) - 1] ?? 'error';
}

/** `changed` is told of all diagnostics of a text that is open. */
export function diagnostics(changed: (uri: string, list: Diagnostic[]) => void): LSPClientExtension {
  return {
    clientCapabilities: {
      textDocument: { publishDiagnostics: { versionSupport: true, relatedInformation: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } } },
    },
    notificationHandlers: {
      'textDocument/publishDiagnostics': (client, params: PublishDiagnosticsParams) => {
        const file = client.workspace.getFile(params.uri);
        const view = file?.getView();
        if (file === null || view === null || view === undefined) {
          return true;
        }
        const isOld = typeof params.version === 'number' && params.version !== file.version;
        if (!isOld) {
          show(client, view, params.diagnostics);
          changed(params.uri, params.diagnostics);
        }
        return true;
      },
    },
    editorExtension: [received, lintGutter()],
  };
}

function show(client: LSPClient, view: EditorView, list: Diagnostic[]): void {
  const plugin = LSPPlugin.get(view);
  if (plugin === null) {
    return;
  }
  const map = (offset: number): number => plugin.unsyncedChanges.mapPos(offset);
  const shown = list.map((diagnostic): Shown => {
    const { from, to } = offsetsOf(plugin.syncedDoc, diagnostic.range);
    const faded = diagnostic.tags?.includes(1) === true ? { markClass: 'cm-unnecessary' } : {};
    return {
      from: map(from),
      to: map(to),
      severity: severityOf(diagnostic),
      message: diagnostic.message,
      renderMessage: (shownIn) => render(client, shownIn, diagnostic),
      ...faded,
    };
  });
  view.dispatch(setDiagnostics(view.state, shown), { effects: replace.of(list) });
}

function render(client: LSPClient, view: EditorView, diagnostic: Diagnostic): HTMLElement {
  const fixes = h('div', { className: 'cm-fixes' });
  void quickFixes(client, view, diagnostic).then((buttons) => fixes.append(...buttons));
  return h('div', { className: 'cm-message' }, ...wordsOf(diagnostic), relatedOf(client, diagnostic), fixes);
}

/** The message, and its code as a link to the reference. */
export function wordsOf(diagnostic: Diagnostic): HTMLElement[] {
  const [first = '', ...rest] = diagnostic.message.split('\n');
  const href = linkTo(diagnostic.codeDescription?.href ?? '');
  const code = diagnostic.code === undefined ? '' : String(diagnostic.code);
  const link = href === undefined ? h('span', {}, code) : h('a', { href, target: '_blank', rel: 'noopener' }, code);
  const head = h('p', { className: 'cm-message-head' }, first, ' ', link);
  return [head, ...rest.map((line) => h('p', { className: 'cm-message-note' }, line))];
}

function relatedOf(client: LSPClient, diagnostic: Diagnostic): HTMLElement | undefined {
  const related = diagnostic.relatedInformation ?? [];
  if (related.length === 0) {
    return undefined;
  }
  const items = related.map(({ location, message }) => h('li', {}, button(`line ${line(location)}`, () => showLocation(client, location)), ` ${message}`));
  return h('ul', { className: 'cm-related' }, ...items);
}

function line(location: Location): number {
  return location.range.start.line + 1;
}
