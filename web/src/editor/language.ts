// Colours before the server has said what the words mean, and what the editor itself needs to know of the language.

import { StreamLanguage, type StringStream } from '@codemirror/language';

interface State {
  /** Whether a mnemonic may come next. */
  atStart: boolean;
}

export const provable = StreamLanguage.define<State>({
  name: 'provable',
  startState: () => ({ atStart: true }),
  token: (stream, state) => {
    if (stream.sol()) {
      state.atStart = true;
    }
    return token(stream, state);
  },
  languageData: { commentTokens: { line: '#' }, closeBrackets: { brackets: ['(', '"'] } },
});

function token(stream: StringStream, state: State): string | null {
  if (stream.eatSpace()) {
    return null;
  }
  if (stream.match(/^[#;].*/)) {
    return 'comment';
  }
  if (stream.match(/^"(\\.|[^"\\])*"?/) || stream.match(/^'(\\.|[^'\\])'/)) {
    return 'string';
  }
  if (stream.match(/^\.\w+/)) {
    state.atStart = false;
    return 'meta';
  }
  if (stream.match(/^[\w.]+:/)) {
    return 'labelName';
  }
  if (stream.match(/^-?(0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_]*)\b/)) {
    return 'number';
  }
  if (stream.match(/^[A-Za-z_][\w.]*/)) {
    const isFirst = state.atStart;
    state.atStart = false;
    return isFirst ? 'keyword' : 'variableName';
  }
  stream.next();
  return null;
}
