// The server's files inside the extension. They are read as the editor reads files: the extension may be on another origin, or
// behind no address at all. A worker is then started from memory.

import * as vscode from 'vscode';

export class Assets implements vscode.Disposable {
  private readonly scripts = new Map<string, Promise<string>>();

  constructor(private readonly folder: vscode.Uri) {}

  /** A package for one platform has none of them. */
  async bytes(name: string): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return new Uint8Array(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.folder, name)));
    } catch (error) {
      throw new Error(`this package of the extension has no readable ${name}; the one for the Web has`, { cause: error });
    }
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
    return URL.createObjectURL(new Blob([await this.bytes(name)], { type: 'text/javascript' }));
  }
}
