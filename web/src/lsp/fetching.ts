// Keeps what is shown of a text in step with it: lenses, hints, tokens, links. They are fetched a moment after each edit, and when the server
// asks for it. An answer about an older text is dropped, because one about the present text is on its way.

import { LSPPlugin } from '@codemirror/lsp-client';
import { Facet, type Extension, type TransactionSpec } from '@codemirror/state';
import { ViewPlugin, type EditorView, type ViewUpdate } from '@codemirror/view';
import { messageOf } from '../shell/errors';

/** What is fetched of a text. */
export interface Source {
  method: string;
  /** The parameters besides the document's identifier. */
  params?: (view: EditorView) => object;
  /** Shows an answer about the present text. */
  show: (view: EditorView, answer: unknown) => TransactionSpec;
}

const sources = Facet.define<Source>();

/** Fetches it with every change of the text. */
export function fetched(source: Source): Extension {
  return sources.of(source);
}

/** How long after an edit the server hears of it, in milliseconds: a few quick characters go together. */
const DELAY = 30;

/** Called when the server asks for something to be fetched again, with its method. */
const refreshers = new Set<(method: string) => void>();

export function refresh(method: string): void {
  for (const one of refreshers) {
    one(method);
  }
}

export const keepInStep = ViewPlugin.fromClass(
  class {
    private timer: ReturnType<typeof setTimeout> | undefined;
    private readonly refresher = (method: string): void => this.fetch(this.sources().filter((source) => source.method === method));

    constructor(private readonly view: EditorView) {
      refreshers.add(this.refresher);
      this.schedule();
    }

    update(update: ViewUpdate): void {
      if (update.docChanged) {
        this.schedule();
      }
    }

    destroy(): void {
      clearTimeout(this.timer);
      refreshers.delete(this.refresher);
    }

    private sources(): readonly Source[] {
      return this.view.state.facet(sources);
    }

    private schedule(): void {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        LSPPlugin.get(this.view)?.client.sync();
        this.fetch(this.sources());
      }, DELAY);
    }

    private fetch(wanted: readonly Source[]): void {
      for (const source of wanted) {
        void this.fetchOne(source).catch((error: unknown) => console.warn(`${source.method}: ${messageOf(error)}`));
      }
    }

    private async fetchOne(source: Source): Promise<void> {
      const plugin = LSPPlugin.get(this.view);
      if (plugin === null) {
        return;
      }
      plugin.client.sync();
      const { doc } = this.view.state;
      const params = { textDocument: { uri: plugin.uri }, ...source.params?.(this.view) };
      const answer = await plugin.client.request<object, unknown>(source.method, params);
      if (this.view.state.doc === doc) {
        this.view.dispatch(source.show(this.view, answer));
      }
    }
  },
);
