// A set of decorations that an effect replaces and edits move.

import { StateEffect, StateField, type StateEffectType } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** The effect that replaces the set, and the extension that shows it. */
export function decorated(): [StateEffectType<DecorationSet>, StateField<DecorationSet>] {
  const replace = StateEffect.define<DecorationSet>();
  const field = StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update: (set, transaction) => {
      const effect = transaction.effects.find((one) => one.is(replace));
      return effect?.is(replace) === true ? effect.value : set.map(transaction.changes);
    },
    provide: (one) => EditorView.decorations.from(one),
  });
  return [replace, field];
}
