// A file to read, such as one of the standard library, in the place of the program.

import type { Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { breakpointGutter, markLine } from '../debug/gutter';
import { makeEditor } from '../editor/editor';
import { provable } from '../editor/language';
import { button, h } from '../shell/dom';

export class Reader {
  private view: EditorView | undefined;
  private name = '';

  constructor(
    private readonly place: HTMLElement,
    private readonly program: HTMLElement,
    private readonly back: () => void,
  ) {}

  /** Shows a text, under a name that identifies it. */
  open(name: string, text: string, extensions: Extension): EditorView {
    if (this.view !== undefined && this.name === name && !this.place.hidden) {
      return this.view;
    }
    this.view?.destroy();
    const parent = h('div', { className: 'reader-text' });
    const close = button('Back to the program', () => this.close());
    this.place.replaceChildren(h('div', { className: 'reader-head' }, h('p', {}, `${name.replace(/^.*\/std\//, 'std/')}, for reading`), close), parent);
    this.place.hidden = false;
    this.program.hidden = true;
    this.name = name;
    this.view = makeEditor({ parent, doc: text, label: `${name}, for reading`, readOnly: true, extensions: [provable, breakpointGutter(() => undefined), extensions] });
    return this.view;
  }

  mark(line: number): void {
    if (this.view !== undefined) {
      markLine(this.view, line);
    }
  }

  /** Shows the program again. */
  close(): void {
    if (!this.place.hidden) {
      this.hide();
      this.back();
    }
  }

  /** As `close`, and leaves the focus where it is. */
  hide(): void {
    this.view?.destroy();
    this.view = undefined;
    this.place.hidden = true;
    this.program.hidden = false;
    this.place.replaceChildren();
  }
}
