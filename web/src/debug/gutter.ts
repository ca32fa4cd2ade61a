// Breakpoints beside the line numbers, and the line that comes next.

import { RangeSet, StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, gutter, GutterMarker, keymap, type DecorationSet } from '@codemirror/view';
import { scrollWithin } from '../editor/editor';

class Dot extends GutterMarker {
  override toDOM(): Node {
    const dot = document.createElement('span');
    dot.className = 'cm-breakpoint';
    dot.title = 'Breakpoint';
    return dot;
  }
}

const DOT = new Dot();
const toggle = StateEffect.define<number>({ map: (offset, changes) => changes.mapPos(offset) });
const replace = StateEffect.define<number[]>();
const stopAt = StateEffect.define<number | undefined>();

const breakpoints = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update: (set, transaction) => {
    let now = set.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(toggle)) {
        now = toggled(now, effect.value);
      } else if (effect.is(replace)) {
        now = RangeSet.of([...new Set(effect.value)].sort((a, b) => a - b).map((from) => DOT.range(from)));
      }
    }
    return now;
  },
});

function toggled(set: RangeSet<GutterMarker>, offset: number): RangeSet<GutterMarker> {
  let has = false;
  set.between(offset, offset, () => {
    has = true;
  });
  return has ? set.update({ filter: (from) => from !== offset }) : set.update({ add: [DOT.range(offset)] });
}

const stopped = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (set, transaction) => {
    for (const effect of transaction.effects) {
      if (effect.is(stopAt)) {
        return effect.value === undefined ? Decoration.none : Decoration.set(Decoration.line({ class: 'cm-stopped' }).range(effect.value));
      }
    }
    return set.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** `changed` is called when the user has set or removed a breakpoint. */
export function breakpointGutter(changed: (view: EditorView) => void): Extension {
  const toggleAt = (view: EditorView, offset: number): void => {
    view.dispatch({ effects: toggle.of(view.state.doc.lineAt(offset).from) });
    changed(view);
  };
  return [
    breakpoints,
    stopped,
    gutter({
      class: 'cm-breakpoints',
      markers: (view) => view.state.field(breakpoints),
      initialSpacer: () => DOT,
      domEventHandlers: {
        mousedown: (view, line) => {
          toggleAt(view, line.from);
          return true;
        },
      },
    }),
    keymap.of([
      {
        key: 'F9',
        run: (view) => {
          toggleAt(view, view.state.selection.main.head);
          return true;
        },
      },
    ]),
  ];
}

/** The lines with a breakpoint, from 1. */
export function breakpointLines(state: EditorState): number[] {
  const lines: number[] = [];
  state.field(breakpoints).between(0, state.doc.length, (from) => {
    lines.push(state.doc.lineAt(from).number);
  });
  return lines;
}

export function setBreakpointLines(view: EditorView, lines: number[]): void {
  const offsets = lines.filter((line) => line >= 1 && line <= view.state.doc.lines).map((line) => view.state.doc.line(line).from);
  view.dispatch({ effects: replace.of(offsets) });
}

/** Marks the line that comes next, and brings it into view; without a line, nothing is marked. */
export function markLine(view: EditorView, line: number | undefined): void {
  if (line === undefined || line < 1 || line > view.state.doc.lines) {
    view.dispatch({ effects: stopAt.of(undefined) });
    return;
  }
  const { from } = view.state.doc.line(line);
  view.dispatch({ effects: stopAt.of(from) });
  scrollWithin(view, from);
}
