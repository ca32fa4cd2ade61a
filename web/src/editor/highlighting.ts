// Colours, as classes whose colours are in the page's style sheet for both themes. Those of the server's tokens have the same names.

import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';

export const highlighting = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.comment, class: 'tok-comment' },
    { tag: tags.string, class: 'tok-string' },
    { tag: tags.number, class: 'tok-number' },
    { tag: tags.meta, class: 'tok-macro' },
    { tag: tags.keyword, class: 'tok-keyword' },
    { tag: tags.labelName, class: 'tok-label' },
    { tag: tags.variableName, class: 'tok-variable' },
    { tag: tags.propertyName, class: 'tok-label' },
  ]),
);
