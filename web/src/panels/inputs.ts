// The inputs: two fields, and the same as the JSON of the inputs file. The JSON is what counts; a field that is edited replaces its part of it.
// Without a word on either tape there is no inputs file: whoever received a proof has none, and verifies.

import { Compartment, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { makeEditor, setText } from '../editor/editor';
import { formatInputs, parseInputs, type Tapes } from '../program/inputs';
import { formatTape, parseTape, UnreadableTape, type Entry } from '../program/tape';
import { h } from '../shell/dom';

export const NO_INPUTS = formatInputs({ public: [], secret: [] });

export class InputsPanel {
  private readonly editor: EditorView;
  private readonly fields: Record<keyof Tapes, HTMLTextAreaElement>;
  private readonly error = h('p', { className: 'error', id: 'inputs-error', role: 'status' });
  private readonly details = h('details', {});
  private readonly connection = new Compartment();
  private isConnected = false;
  private fieldIsEdited = false;

  /** `connected` is what the editor of an inputs file has while there is one. `changed` is called after each change, with its text or null. */
  constructor(
    panel: HTMLElement,
    private readonly connected: Extension,
    private readonly changed: (text: string | null) => void,
  ) {
    this.fields = { public: field('public-input'), secret: field('secret-input') };
    for (const [tape, element] of Object.entries(this.fields) as [keyof Tapes, HTMLTextAreaElement][]) {
      element.addEventListener('input', () => this.take(tape, element.value));
    }
    const json = h('div', { className: 'json' });
    this.editor = makeEditor({
      parent: json,
      doc: NO_INPUTS,
      label: 'Inputs as JSON',
      extensions: [this.connection.of([]), EditorView.lineWrapping, EditorView.updateListener.of((update) => update.docChanged && this.show())],
    });
    panel.append(
      h('p', { className: 'privacy' }, 'Inputs stay in this page. Nothing is sent anywhere: the program runs, and the proof is made, on your machine.'),
      labelled('Public input', this.fields.public, 'Read by READ. It is part of the proof.'),
      labelled('Secret input', this.fields.secret, 'Read by SECRET. The proof says nothing of it, and this page does not store it.'),
      this.error,
      h('p', { className: 'note' }, 'Numbers such as 7, -1 or 0xff, characters such as \'a\', and texts such as "hi", between commas or spaces.'),
      this.details,
    );
    this.details.append(h('summary', {}, 'As JSON'), json);
    this.show();
  }

  get text(): string {
    return this.editor.state.doc.toString();
  }

  /** What the inputs file holds; null if there is none. */
  get file(): string | null {
    const tapes = parseInputs(this.text);
    return tapes?.public.length === 0 && tapes.secret.length === 0 ? null : this.text;
  }

  set text(text: string) {
    setText(this.editor, text.trim() === '' ? NO_INPUTS : text);
  }

  /** The entries of the public input; none if the JSON cannot be read. */
  get publicInput(): Entry[] {
    return parseInputs(this.text)?.public ?? [];
  }

  /** Opens the JSON, for whoever goes to a place in it. */
  showJson(): void {
    this.details.open = true;
  }

  private take(tape: keyof Tapes, text: string): void {
    try {
      const tapes = parseInputs(this.text) ?? { public: [], secret: [] };
      this.fieldIsEdited = true;
      setText(this.editor, formatInputs({ ...tapes, [tape]: parseTape(text) }));
      this.error.textContent = '';
    } catch (error) {
      if (!(error instanceof UnreadableTape)) {
        throw error;
      }
      this.error.textContent = `The ${tape} input: ${error.message}.`;
    } finally {
      this.fieldIsEdited = false;
    }
  }

  /** Shows in the fields what the JSON says. A field that is being typed in keeps its spelling. */
  private show(): void {
    const tapes = parseInputs(this.text);
    for (const [tape, element] of Object.entries(this.fields) as [keyof Tapes, HTMLTextAreaElement][]) {
      element.disabled = tapes === undefined;
      if (!this.fieldIsEdited) {
        element.value = tapes === undefined ? '' : formatTape(tapes[tape]);
      }
    }
    if (!this.fieldIsEdited) {
      this.error.textContent = tapes === undefined ? 'The JSON cannot be shown in two fields: mend it below.' : '';
    }
    this.changed(this.file);
    // An editor is not changed while it tells of a change.
    queueMicrotask(() => this.connect(this.file !== null));
  }

  /** Has the server see the text, or not. */
  private connect(connects: boolean): void {
    if (connects !== this.isConnected) {
      this.isConnected = connects;
      this.editor.dispatch({ effects: this.connection.reconfigure(connects ? this.connected : []) });
    }
  }
}

function field(id: string): HTMLTextAreaElement {
  return h('textarea', { id, rows: 3, spellcheck: false, autocapitalize: 'off', attributes: { autocomplete: 'off', 'aria-describedby': `${id}-note inputs-error` } });
}

function labelled(text: string, element: HTMLTextAreaElement, note: string): HTMLElement {
  return h('div', { className: 'field' }, h('label', { htmlFor: element.id }, text), h('p', { className: 'note', id: `${element.id}-note` }, note), element);
}
