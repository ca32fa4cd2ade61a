// Verdicts and counts as the editor shows them.

import * as vscode from 'vscode';
import type { Files } from '../platform';
import type { Executed, Verdict } from './answers';
import { failure, report, sides } from './words';

/** Shows how a test came out. */
export function show(run: vscode.TestRun, item: vscode.TestItem, verdict: Verdict, files: Files): void {
  run.appendOutput(`${report(verdict)}\n`.replaceAll('\n', '\r\n'), undefined, item);
  if (verdict.verdict === 'passed') {
    run.passed(item);
  } else {
    run.failed(item, messageOf(item, verdict, files));
  }
}

/** Why a test failed, at the trap if it trapped, else at the test. */
function messageOf(item: vscode.TestItem, verdict: Verdict, files: Files): vscode.TestMessage {
  const both = sides(verdict);
  const text = failure(verdict);
  const message = both === undefined ? new vscode.TestMessage(text) : vscode.TestMessage.diff(text, both.expected, both.actual);
  const place = verdict.trap?.places[0];
  if (place !== undefined) {
    const { line, character } = place.range.start;
    message.location = new vscode.Location(files.fromServer(place.uri), new vscode.Position(line, character));
  } else if (item.uri !== undefined && item.range !== undefined) {
    message.location = new vscode.Location(item.uri, item.range.start);
  }
  return message;
}

/** A file's coverage, with the counts of its lines. */
export class Coverage extends vscode.FileCoverage {
  private constructor(
    uri: vscode.Uri,
    readonly lines: vscode.StatementCoverage[],
  ) {
    const executed = lines.filter((line) => line.executed !== 0).length;
    super(uri, new vscode.TestCoverageCount(executed, lines.length));
  }

  static of({ uri, lines }: Executed, files: Files): Coverage {
    const statements = lines.map(([line, count]) => new vscode.StatementCoverage(count, new vscode.Position(line - 1, 0)));
    return new Coverage(files.fromServer(uri), statements);
  }
}
