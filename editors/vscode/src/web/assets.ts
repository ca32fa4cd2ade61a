// The server's files inside the extension. They are read as the editor reads files: the extension may be on another origin, or
// behind no address at all. A worker is then started from memory.

import * as vscode from 'vscode';

export class Assets implements vscode.Disposable {
  private readonly scripts = new Map<string, Promise<string>>();

  constructor(private readonly folder: vscode.Uri) {}

  bytes(name: string): Promise<Uint8Array> {
    return Promise.resolve(vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.folder, name)));
  }

  async worker(name: string): Promise<Worker> {
    const address = this.scripts.get(name) ?? this.address(name);
    this.scripts.set(name, address);
    return new Worker(await address);
  }

  dispose(): void {
    this.scripts.forEach((address) => void address.then((one) => URL.revokeObjectURL(one)).catch(() => undefined));
  }

  private async address(name: string): Promise<string> {
    const bytes = await this.bytes(name);
    return URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'text/javascript' }));
  }
}
