// The server's process, and the last words it left on its error stream: they say why, when it does not start.

import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import * as path from 'node:path';
import { Writable } from 'node:stream';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { StreamMessageReader, StreamMessageWriter, type MessageTransports } from 'vscode-languageclient/node';
import type { Connection } from '../platform';
import { reason } from './words';

const KEPT = 4000;

export class ServerProcess implements Connection {
  private tail = '';
  private ended: string | undefined;
  readonly transports: MessageTransports;
  readonly parent = process.pid;
  readonly cannotLink = undefined;

  private constructor(
    /** The binary. */
    readonly name: string,
    private readonly child: ChildProcessWithoutNullStreams,
    tell: (text: string) => void,
  ) {
    child.stderr.on('data', (data: Buffer) => {
      this.tail = (this.tail + data.toString()).slice(-KEPT);
      tell(data.toString());
    });
    child.on('exit', (code, signal) => {
      this.ended = signal === null ? `ended with status ${code}` : `was ended by ${signal}`;
    });
    this.transports = { reader: new StreamMessageReader(child.stdout), writer: new StreamMessageWriter(deafened(child.stdin)) };
  }

  /** Starts `FILE lsp`, with a listener to its error stream; rejects if the system cannot. */
  static start(file: string, tell: (text: string) => void): Promise<ServerProcess> {
    const child = spawn(file, ['lsp'], { stdio: 'pipe', windowsHide: true });
    const server = new ServerProcess(file, child, tell);
    return new Promise((resolve, reject) => {
      child.once('spawn', () => resolve(server));
      child.once('error', reject);
    });
  }

  /** How it ended, with the last it said; waits for the end of a process whose streams are closed already. */
  async end(): Promise<string> {
    if (this.ended === undefined && this.child.exitCode === null) {
      await Promise.race([
        new Promise((resolve) => this.child.once('exit', resolve)),
        new Promise((resolve) => setTimeout(resolve, 1000)),
      ]);
    }
    const how = this.ended ?? 'closed its streams';
    const why = reason(this.tail);
    return why === '' ? how : `${how}: ${why}`;
  }

  kill(): void {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill();
    }
  }

  /** The server writes to disk, where the editor sees it. */
  settled(): Promise<void> {
    return Promise.resolve();
  }

  /** One binary for both, so that what the lenses say and what a session shows cannot differ. */
  adapter(): vscode.DebugAdapterDescriptor {
    return new vscode.DebugAdapterExecutable(this.name, ['dap']);
  }

  link(program: vscode.Uri, to: vscode.Uri): Promise<void> {
    return this.run(['link', program.fsPath, '--out', to.fsPath], path.dirname(program.fsPath));
  }

  importKey(file: vscode.Uri): Promise<void> {
    return this.run(['keys', 'import', file.fsPath], path.dirname(file.fsPath));
  }

  exportKey(digest: string, to: vscode.Uri): Promise<void> {
    return this.run(['keys', 'export', digest, to.fsPath], path.dirname(to.fsPath));
  }

  private async run(words: string[], cwd: string): Promise<void> {
    try {
      await promisify(execFile)(this.name, words, { cwd });
    } catch (error) {
      const said = typeof error === 'object' && error !== null && 'stderr' in error ? reason(String(error.stderr)) : '';
      throw new Error(said || String(error), { cause: error });
    }
  }
}

/**
 * Takes writes to a process that has ended as done. Its end is heard of where its output closes; the client library
 * rejects a promise for each failed write, and leaves it to nobody.
 */
function deafened(stream: Writable): Writable {
  stream.on('error', () => undefined);
  return new Writable({
    write: (chunk: Buffer, encoding, done) => void stream.write(chunk, encoding, () => done()),
    final: (done) => {
      stream.end();
      done();
    },
  });
}
