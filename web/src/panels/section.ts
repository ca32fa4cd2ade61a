// What panels are made of.

import { h } from '../shell/dom';

type Child = Node | string | undefined | false;

/** A titled part of a panel. */
export function section(title: string, ...children: Child[]): HTMLElement {
  return h('section', { className: 'part' }, h('h2', {}, title), ...children);
}

/** Names and values, one under the other. */
export function facts(...rows: ([string, Child] | undefined | false)[]): HTMLElement {
  const list = h('dl', { className: 'facts-list' });
  for (const row of rows) {
    if (row !== undefined && row !== false && row[1] !== undefined && row[1] !== false) {
      list.append(h('dt', {}, row[0]), h('dd', {}, row[1]));
    }
  }
  return list;
}

/** A long hexadecimal number, which may break anywhere. */
export function digest(text: string): HTMLElement {
  return h('code', { className: 'digest' }, text);
}

export type Tone = 'good' | 'bad' | 'stale' | 'plain';

/** A result in a line, with what it means under it. */
export function verdict(tone: Tone, title: string, ...notes: Child[]): HTMLElement {
  return h('div', { className: `verdict ${tone}` }, h('p', { className: 'verdict-title' }, title), ...notes.map((note) => note !== undefined && note !== false && h('p', {}, note)));
}
