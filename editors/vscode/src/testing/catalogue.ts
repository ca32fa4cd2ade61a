// The tests of all programs, as the Test Explorer shows them: a row for each file that has any, and under it its tests.

import * as vscode from 'vscode';
import { ExecuteCommandRequest } from 'vscode-languageclient';
import type { Server } from '../server/server';
import type { Test } from './answers';

const PATTERN = '**/*.prov';
/** How long edits are gathered before the server is asked, in milliseconds. */
const DELAY = 200;
/** How many files the server is asked about at a time. */
const AT_ONCE = 8;
/** A column that no line reaches. */
const END_OF_LINE = 2 ** 20;

export class Catalogue implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[] = [];
  /** Files that changed, with what waits to ask about them. */
  private readonly waiting = new Map<string, ReturnType<typeof setTimeout>>();
  /** The latest question about each file: an answer to an older one is none. */
  private readonly asked = new Map<string, number>();
  private questions = 0;
  /** Whether somebody looked at all tests: until then, only those of open programs are asked for. */
  private isLooked = false;
  private readonly changed = new vscode.EventEmitter<void>();
  /** Fires when the text of a program changed, on disk or in an editor, and its tests are known again. */
  readonly onChange = this.changed.event;

  constructor(
    private readonly controller: vscode.TestController,
    private readonly server: Server,
  ) {
    controller.resolveHandler = (item) => (item === undefined ? this.all() : Promise.resolve());
    controller.refreshHandler = () => this.all();
    const watcher = vscode.workspace.createFileSystemWatcher(PATTERN);
    this.subscriptions.push(
      this.changed,
      watcher,
      watcher.onDidCreate((uri) => this.soon(uri)),
      watcher.onDidChange((uri) => this.soon(uri)),
      watcher.onDidDelete((uri) => this.forget(uri)),
      vscode.workspace.onDidOpenTextDocument((document) => this.isProgram(document) && this.soon(document.uri)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.isProgram(document) && this.soon(document.uri)),
      vscode.workspace.onDidCloseTextDocument((document) => this.closed(document)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.again()),
      server.onChange(() => void this.again()),
    );
  }

  dispose(): void {
    this.waiting.forEach((timer) => clearTimeout(timer));
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** The row of a program that has tests. */
  file(uri: vscode.Uri): vscode.TestItem | undefined {
    return this.controller.items.get(uri.toString());
  }

  /** Asks for the tests of a program. */
  async refresh(uri: vscode.Uri): Promise<void> {
    const client = this.server.running;
    const key = uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.delete(key);
    if (client === undefined) {
      return;
    }
    const question = ++this.questions;
    this.asked.set(key, question);
    let tests: Test[] = [];
    try {
      const params = { command: 'provable.tests', arguments: [{ uri: client.spelled(key) }] };
      tests = ((await client.sendRequest(ExecuteCommandRequest.type, params)) as { tests: Test[] }).tests;
    } catch {
      // A program that cannot be read has no tests; of one whose server is going nothing is known.
      if (this.server.running !== client) {
        return;
      }
    }
    if (this.asked.get(key) === question) {
      this.show(uri, tests);
    }
  }

  /** Asks at once about all files that changed. */
  async settle(): Promise<void> {
    await Promise.all([...this.waiting.keys()].map((key) => this.refresh(vscode.Uri.parse(key))));
  }

  /** Asks about every program of the workspace, and those that are open. */
  private async all(): Promise<void> {
    this.isLooked = true;
    // Whoever looks before the server has started sees what there is once it has.
    if (this.server.running === undefined) {
      return;
    }
    const found = await this.server.files.programs();
    const uris = new Map([...found, ...this.opened()].map((uri) => [uri.toString(), uri]));
    for (const item of rows(this.controller.items)) {
      if (!uris.has(item.id)) {
        this.controller.items.delete(item.id);
      }
    }
    const left = [...uris.values()];
    const ask = async (): Promise<void> => {
      for (let uri = left.pop(); uri !== undefined; uri = left.pop()) {
        await this.refresh(uri);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, ask));
  }

  /** The same as far as somebody looked, after a server or a folder came. */
  private async again(): Promise<void> {
    if (this.server.running === undefined) {
      return;
    }
    await (this.isLooked ? this.all() : Promise.all(this.opened().map((uri) => this.refresh(uri))));
  }

  /** Asks about a program after a while in which further calls are one. */
  private soon(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.waiting.get(key));
    const ask = () => void this.refresh(uri).then(() => this.changed.fire());
    this.waiting.set(key, setTimeout(ask, DELAY));
  }

  private forget(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.delete(key);
    this.asked.delete(key);
    this.controller.items.delete(key);
  }

  /** A program outside of the workspace is there as long as it is open. */
  private closed(document: vscode.TextDocument): void {
    if (this.isProgram(document) && vscode.workspace.getWorkspaceFolder(document.uri) === undefined) {
      this.forget(document.uri);
    }
  }

  private opened(): vscode.Uri[] {
    return vscode.workspace.textDocuments.filter((document) => this.isProgram(document)).map((document) => document.uri);
  }

  /** The debugger, and whoever runs tests elsewhere, reads files: a text that is none has no tests. */
  private isProgram({ languageId, uri }: vscode.TextDocument): boolean {
    return languageId === 'provable' && this.server.files.isFile(uri);
  }

  private show(uri: vscode.Uri, tests: Test[]): void {
    const key = uri.toString();
    if (tests.length === 0) {
      this.controller.items.delete(key);
      return;
    }
    const file = this.controller.items.get(key) ?? this.row(uri);
    // Those that stay keep their results.
    file.children.replace(
      tests.map((test, index) => {
        const item = file.children.get(test.id) ?? this.controller.createTestItem(test.id, test.name, uri);
        item.range = new vscode.Range(test.line - 1, 0, test.end_line - 1, END_OF_LINE);
        item.sortText = String(index).padStart(6, '0');
        return item;
      }),
    );
  }

  private row(uri: vscode.Uri): vscode.TestItem {
    const path = vscode.workspace.asRelativePath(uri);
    const at = path.lastIndexOf('/');
    const item = this.controller.createTestItem(uri.toString(), path.slice(at + 1), uri);
    item.description = path.slice(0, Math.max(at, 0));
    this.controller.items.add(item);
    return item;
  }
}

export function rows(items: vscode.TestItemCollection): vscode.TestItem[] {
  return [...items].map(([, item]) => item);
}
