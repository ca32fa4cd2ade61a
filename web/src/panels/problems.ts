// The list of problems, of the program and of its inputs.

import type { Diagnostic } from 'vscode-languageserver-protocol';
import { severityOf, wordsOf } from '../lsp/diagnostics';
import { button, h } from '../shell/dom';

export class ProblemsPanel {
  private readonly byUri = new Map<string, Diagnostic[]>();

  /** `count` shows how many there are; `open` goes to one. */
  constructor(
    private readonly panel: HTMLElement,
    private readonly count: HTMLElement,
    private readonly open: (uri: string, diagnostic: Diagnostic) => void,
  ) {
    this.render();
  }

  show(uri: string, list: Diagnostic[]): void {
    this.byUri.set(uri, list);
    this.render();
  }

  private render(): void {
    const all = [...this.byUri].flatMap(([uri, list]) => list.map((diagnostic) => ({ uri, diagnostic })));
    this.count.hidden = all.length === 0;
    this.count.textContent = String(all.length);
    const hasErrors = all.some(({ diagnostic }) => severityOf(diagnostic) === 'error');
    this.count.className = hasErrors ? 'count error' : 'count';
    if (all.length === 0) {
      this.panel.replaceChildren(h('p', { className: 'empty' }, 'No problems. Mistakes in the program and in the inputs are listed here while you type.'));
      return;
    }
    const items = all.map(({ uri, diagnostic }) => {
      const { line, character } = diagnostic.range.start;
      const place = `${uri.endsWith('.json') ? 'Inputs, line' : 'Line'} ${line + 1}, column ${character + 1}`;
      const severity = severityOf(diagnostic);
      return h('li', { className: severity }, h('span', { className: 'mark' }, severity), button(place, () => this.open(uri, diagnostic)), ...wordsOf(diagnostic));
    });
    this.panel.replaceChildren(h('ul', { className: 'problems' }, ...items));
  }
}
