// The server's process, and the last lines it left on its error stream: they say why, when it does not start.

import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

const KEPT = 2000;

export class ServerProcess {
  private tail = '';
  private ended: string | undefined;

  private constructor(readonly child: ChildProcessWithoutNullStreams) {
    child.stderr.on('data', (data: Buffer) => {
      this.tail = (this.tail + data.toString()).slice(-KEPT);
    });
    child.on('exit', (code, signal) => {
      this.ended = signal === null ? `ended with status ${code}` : `was ended by ${signal}`;
    });
    // Writing to a process that has just ended is no news: `exit` tells of it.
    child.stdin.on('error', () => undefined);
  }

  /** Starts `FILE lsp`; rejects if the system cannot. */
  static start(file: string): Promise<ServerProcess> {
    const child = spawn(file, ['lsp'], { stdio: 'pipe', windowsHide: true });
    const process = new ServerProcess(child);
    return new Promise((resolve, reject) => {
      child.once('spawn', () => resolve(process));
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
    const last = this.tail.trim().split('\n').slice(-3).join(' ').trim();
    const how = this.ended ?? 'closed its streams';
    return last === '' ? how : `${how}: ${last}`;
  }

  kill(): void {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill();
    }
  }
}
