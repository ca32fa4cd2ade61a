// Which tests a run is for.

import type * as vscode from 'vscode';
import { rows } from './catalogue';

/** The tests of one file that are to run. */
export interface Chosen {
  file: vscode.TestItem;
  tests: vscode.TestItem[];
  /** Whether these are all that the file has. */
  isAll: boolean;
}

/** What a request asks for, file by file. Rows are taken as they are now: the request may be older. */
export function chosen(controller: vscode.TestController, request: vscode.TestRunRequest): Chosen[] {
  const included = request.include === undefined ? undefined : new Set(request.include.map(path));
  const excluded = new Set(request.exclude?.map(path));
  const isWanted = (item: vscode.TestItem) => {
    const paths = [path(item), item.parent?.id ?? ''];
    return (included === undefined || paths.some((one) => included.has(one))) && !paths.some((one) => excluded.has(one));
  };
  const each = rows(controller.items).map((file) => {
    const tests = rows(file.children).filter(isWanted);
    return { file, tests, isAll: tests.length === file.children.size };
  });
  return each.filter(({ tests }) => tests.length > 0);
}

/** What no other row has. */
function path(item: vscode.TestItem): string {
  return item.parent === undefined ? item.id : `${item.parent.id}#${item.id}`;
}
