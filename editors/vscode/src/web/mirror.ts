// The files that the server in the browser sees: it has no disk, so it is given the programs of the workspace, their inputs and
// their proofs, and what it writes is written where the editor has its files.

import * as vscode from 'vscode';
import { FILES } from './files';
import { ENDINGS, find, isOurs, MOST_FILES, MOST_FOLDERS } from './search';

/** The longest file that is given to the server, in bytes. */
const MOST_BYTES = 4 << 20;
/** What all files together may have, in bytes. */
const MOST_IN_ALL = 64 << 20;
/** How many files are read at a time. */
const AT_ONCE = 16;

/** The file system that the server sees. */
export interface Target {
  write(uri: string, text: string | null): void;
  onWritten(handler: (uri: string, text: string | null) => void): void;
}

export class Mirror implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[] = [];
  /** What the server has, by the server's URIs, with its size. */
  private readonly known = new Map<string, { text: string; size: number }>();
  private size = 0;
  /** Reads and writes of each file, one after the other. */
  private readonly turns = new Map<string, Promise<void>>();
  private readonly refused = new Set<string>();
  private isTold = false;

  constructor(private readonly target: Target) {
    const watcher = vscode.workspace.createFileSystemWatcher(`**/*{${ENDINGS.join(',')}}`);
    const { workspace } = vscode;
    this.subscriptions.push(
      watcher,
      watcher.onDidCreate((uri) => void this.update(uri)),
      watcher.onDidChange((uri) => void this.update(uri)),
      watcher.onDidDelete((uri) => this.give(uri, null)),
      // At once: who saves and then runs is to find what was saved.
      workspace.onDidSaveTextDocument(({ uri }) => isOurs(uri) && void this.update(uri)),
      workspace.onDidOpenTextDocument(({ uri }) => void this.around(uri)),
      workspace.onDidChangeWorkspaceFolders(() => void this.fill()),
    );
    target.onWritten((uri, text) => void this.take(uri, text));
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** Gives the server all that is in the workspace, and what is open from elsewhere. */
  async fill(): Promise<void> {
    const { files, isCut } = await find();
    if (isCut) {
      this.tell(
        `This workspace has more than ${MOST_FILES} programs, inputs and proofs, or more than ${MOST_FOLDERS} folders. ` +
          'In a browser the server is given no more than these. Open the folder that you work in by itself.',
      );
    }
    const left = [...files];
    const read = async (): Promise<void> => {
      for (let uri = left.pop(); uri !== undefined; uri = left.pop()) {
        await this.update(uri);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, read));
    await Promise.all(vscode.workspace.textDocuments.map(({ uri }) => this.around(uri)));
  }

  /** Gives the server a file as it is now. */
  update(uri: vscode.Uri): Promise<void> {
    return this.inTurn(uri, async () => {
      let data: Uint8Array;
      try {
        data = await vscode.workspace.fs.readFile(uri);
      } catch {
        this.give(uri, null);
        return;
      }
      if (this.hasRoom(uri, data.length)) {
        this.give(uri, new TextDecoder().decode(data), data.length);
      }
    });
  }

  /** Resolves when all that has changed is where it belongs. */
  async settled(): Promise<void> {
    while (this.turns.size > 0) {
      await Promise.all(this.turns.values());
    }
  }

  /** A program that is opened from outside of the workspace brings what is beside it. */
  private async around(uri: vscode.Uri): Promise<void> {
    if (!isOurs(uri) || !FILES.isFile(uri) || vscode.workspace.getWorkspaceFolder(uri) !== undefined) {
      return;
    }
    const folder = vscode.Uri.joinPath(uri, '..');
    const entries = await Promise.resolve(vscode.workspace.fs.readDirectory(folder)).catch(() => []);
    const beside = entries.filter(([, type]) => type === vscode.FileType.File).map(([name]) => vscode.Uri.joinPath(folder, name));
    await Promise.all([uri, ...beside.filter(isOurs).slice(0, MOST_FILES)].map((one) => this.update(one)));
  }

  private hasRoom(uri: vscode.Uri, size: number): boolean {
    const had = this.known.get(FILES.toServer(uri))?.size ?? 0;
    if (size <= MOST_BYTES && this.size - had + size <= MOST_IN_ALL) {
      return true;
    }
    this.give(uri, null);
    this.refused.add(uri.toString());
    this.tell(
      `${vscode.workspace.asRelativePath(uri)} is not given to the server: in a browser a file may have ${MOST_BYTES >> 20} MiB, ` +
        `and all programs, inputs and proofs together ${MOST_IN_ALL >> 20} MiB.`,
    );
    return false;
  }

  private give(uri: vscode.Uri, text: string | null, size = 0): void {
    if (!FILES.isFile(uri)) {
      return;
    }
    const key = FILES.toServer(uri);
    const had = this.known.get(key);
    if ((had?.text ?? null) === text) {
      return;
    }
    this.size += size - (had?.size ?? 0);
    if (text === null) {
      this.known.delete(key);
    } else {
      this.known.set(key, { text, size });
    }
    this.target.write(key, text);
  }

  /** Writes what the server has written. */
  private take(key: string, text: string | null): Promise<void> {
    const uri = FILES.fromServer(key);
    if (!FILES.isFile(uri)) {
      return Promise.resolve();
    }
    return this.inTurn(uri, async () => {
      try {
        if (text === null) {
          this.known.delete(key);
          await vscode.workspace.fs.delete(uri);
        } else {
          const data = new TextEncoder().encode(text);
          this.size += data.length - (this.known.get(key)?.size ?? 0);
          this.known.set(key, { text, size: data.length });
          await vscode.workspace.fs.writeFile(uri, data);
        }
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        void vscode.window.showErrorMessage(`${vscode.workspace.asRelativePath(uri)} cannot be written: ${why}`);
      }
    });
  }

  private inTurn(uri: vscode.Uri, step: () => Promise<void>): Promise<void> {
    const key = uri.toString();
    const turn = (this.turns.get(key) ?? Promise.resolve()).then(step);
    this.turns.set(key, turn);
    return turn.finally(() => {
      if (this.turns.get(key) === turn) {
        this.turns.delete(key);
      }
    });
  }

  /** Once: one limit leads to the next. */
  private tell(message: string): void {
    if (!this.isTold) {
      this.isTold = true;
      void vscode.window.showWarningMessage(message);
    }
  }
}
