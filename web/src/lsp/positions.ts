// The protocol's positions (lines from 0, columns in UTF-16 units) and the editor's offsets. A position that lies outside of a text means the
// nearest place in it, because the server may speak of a text that the user has edited since.

import type { Text } from '@codemirror/state';
import type { Position, Range } from 'vscode-languageserver-protocol';

export function offsetOf(doc: Text, position: Position): number {
  if (position.line < 0) {
    return 0;
  }
  if (position.line >= doc.lines) {
    return doc.length;
  }
  const line = doc.line(position.line + 1);
  return line.from + Math.min(Math.max(position.character, 0), line.length);
}

export function positionOf(doc: Text, offset: number): Position {
  const line = doc.lineAt(Math.min(Math.max(offset, 0), doc.length));
  return { line: line.number - 1, character: Math.max(offset, line.from) - line.from };
}

export function offsetsOf(doc: Text, range: Range): { from: number; to: number } {
  const from = offsetOf(doc, range.start);
  return { from, to: Math.max(from, offsetOf(doc, range.end)) };
}
