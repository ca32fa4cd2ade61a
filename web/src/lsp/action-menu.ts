// Ctrl-. shows what can be done at the cursor, as a menu under it.

import { LSPPlugin } from '@codemirror/lsp-client';
import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { keymap, showTooltip, type EditorView, type Tooltip } from '@codemirror/view';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { button, h } from '../shell/dom';
import { diagnosticsOf } from './diagnostics';
import { offsetsOf, positionOf } from './positions';
import { actionsAt, perform, type Action } from './quick-fixes';

const open = StateEffect.define<Tooltip | null>();

const menu = StateField.define<Tooltip | null>({
  create: () => null,
  update: (tooltip, transaction) => {
    const effect = transaction.effects.find((one) => one.is(open));
    if (effect !== undefined) {
      return effect.value;
    }
    return transaction.docChanged || transaction.selection !== undefined ? null : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

export function actionMenu(): Extension {
  return [
    menu,
    keymap.of([
      { key: 'Mod-.', run: (view) => show(view), preventDefault: true },
      { key: 'Escape', run: (view) => close(view) },
    ]),
  ];
}

function close(view: EditorView): boolean {
  if (view.state.field(menu) === null) {
    return false;
  }
  view.dispatch({ effects: open.of(null) });
  view.focus();
  return true;
}

function show(view: EditorView): boolean {
  const plugin = LSPPlugin.get(view);
  if (plugin === null) {
    return false;
  }
  const { doc, selection } = view.state;
  const { from, to, head } = selection.main;
  const near = diagnosticsOf(view.state).filter((one) => touches(view, one, from, to));
  // A mistake that the cursor is in is mended as a whole.
  const ranges = near.map((one) => one.range);
  const range = ranges[0] ?? { start: positionOf(doc, from), end: positionOf(doc, to) };
  void actionsAt(plugin.client, view, range, near).then((actions) => {
    view.dispatch({ effects: open.of({ pos: head, above: false, create: () => ({ dom: dom(view, plugin, actions), mount: focusFirst(view) }) }) });
  });
  return true;
}

function touches(view: EditorView, diagnostic: Diagnostic, from: number, to: number): boolean {
  const place = offsetsOf(view.state.doc, diagnostic.range);
  const line = view.state.doc.lineAt(from);
  return (place.from <= to && place.to >= from) || (from === to && place.from >= line.from && place.from <= line.to);
}

/** Tooltips are measured before they are placed: only then can they have the focus. */
function focusFirst(view: EditorView): () => void {
  return () => requestAnimationFrame(() => view.dom.querySelector<HTMLElement>('.cm-actions [role=menuitem]')?.focus());
}

function dom(view: EditorView, plugin: LSPPlugin, actions: Action[]): HTMLElement {
  if (actions.length === 0) {
    return h('div', { className: 'cm-actions', role: 'status' }, 'There is nothing to do here.');
  }
  const items = actions.map((action) => {
    const item = button(action.title, () => {
      close(view);
      perform(plugin.client, action);
    });
    item.role = 'menuitem';
    item.tabIndex = -1;
    return item;
  });
  const element = h('div', { className: 'cm-actions', role: 'menu', ariaLabel: 'Actions at the cursor' }, ...items);
  element.addEventListener('keydown', (event) => {
    const at = items.findIndex((item) => item === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) {
      items.at(to % items.length)?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      close(view);
    } else {
      return;
    }
    event.preventDefault();
  });
  return element;
}
