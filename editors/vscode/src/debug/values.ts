// Values in the text while the program stands still: behind the line that comes next the words that it will meet, behind
// the others the heap cells that they name; and those cells under the mouse.

import * as vscode from 'vscode';
import { cellOf, metBy, type Named } from './words';

export function showValues(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerInlineValuesProvider('provable', {
      provideInlineValues: (document, viewPort, { stoppedLocation }) => {
        const values: vscode.InlineValue[] = [];
        const last = Math.min(viewPort.end.line, document.lineCount - 1);
        for (let line = viewPort.start.line; line <= last; line++) {
          const { text } = document.lineAt(line);
          const cell = cellOf(text);
          const named = line === stoppedLocation.start.line ? metBy(text) : cell === undefined ? [] : [cell];
          // What has no value here is left out by the editor.
          values.push(...named.map((one) => new vscode.InlineValueEvaluatableExpression(range(line, one), one.expression)));
        }
        return values;
      },
    }),
    vscode.languages.registerEvaluatableExpressionProvider('provable', {
      provideEvaluatableExpression: (document, position) => {
        const cell = cellOf(document.lineAt(position.line).text);
        if (cell !== undefined && range(position.line, cell).contains(position)) {
          return new vscode.EvaluatableExpression(range(position.line, cell), cell.expression);
        }
        const word = document.getWordRangeAtPosition(position);
        return word && new vscode.EvaluatableExpression(word);
      },
    }),
  );
}

function range(line: number, { start, end }: Named): vscode.Range {
  return new vscode.Range(line, start, line, end);
}
