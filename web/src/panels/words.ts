// Words of a tape or of the stack, in decimal; the same in hexadecimal and as text on demand.

import { h } from '../shell/dom';
import { asText } from '../program/status';

/** The most words that are shown. */
const MOST = 256;

/** `count` is the number of words of which `words` are the first. */
export function shownWords(words: readonly number[], count = words.length): HTMLElement {
  if (count === 0) {
    return h('p', { className: 'none' }, 'no words');
  }
  const shown = words.slice(0, MOST);
  const chips = shown.map((word) => h('li', { title: `0x${word.toString(16)}` }, String(word)));
  const left = count - shown.length;
  if (left > 0) {
    chips.push(h('li', { className: 'more' }, `and ${left.toLocaleString('en')} more`));
  }
  const text = asText(words);
  return h('div', {}, h('ol', { className: 'words' }, ...chips), text !== undefined && h('p', { className: 'as-text' }, 'as text: ', h('q', {}, text)));
}
