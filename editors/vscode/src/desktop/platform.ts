// The server as a process, with the files on disk.

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Connection, Files, Platform, Remark } from '../platform';
import { find } from './lookup';
import { ServerProcess } from './process';

const FILES: Files = {
  toServer: (uri) => uri.toString(),
  fromServer: (uri) => vscode.Uri.parse(uri),
  isFile: ({ scheme }) => scheme === 'file',
  schemes: () => ['file'],
  programs: () => Promise.resolve(vscode.workspace.findFiles('**/*.prov')),
  toLaunch: (uri) => uri.fsPath,
  // Without a folder the adapter knows where relative paths begin.
  resolve: (base, file) => (base === undefined || !path.isAbsolute(base) ? file : path.resolve(base, file)),
};

export class Desktop implements Platform {
  readonly files = FILES;
  readonly remedy = {
    start: 'Update it, or mend the setting `provable.server.path`.',
    fit: 'Update whichever is older, or leave the setting `provable.server.path` empty to use the one that came with the extension.',
    offers: 'settings' as const,
  };

  constructor(private readonly context: vscode.ExtensionContext) {}

  async launch(tell: (text: string) => void): Promise<Connection> {
    const found = find({
      setting: vscode.workspace.getConfiguration('provable').get('server.path', ''),
      extension: this.context.extensionPath,
      searchPath: process.env['PATH'] ?? '',
      home: os.homedir(),
      platform: process.platform,
      isProgram,
    });
    if (found.kind === 'missing') {
      throw new Error(found.message);
    }
    tell(`Starting ${found.file} lsp\n`);
    try {
      return await ServerProcess.start(found.file, tell);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`The Provable server ${found.file} does not start: ${why}. Is it made for this platform?`, { cause: error });
    }
  }

  remark({ scheme }: vscode.Uri): Remark | undefined {
    const isInFolder = vscode.workspace.workspaceFolders?.some(({ uri }) => uri.scheme === scheme) ?? false;
    if (scheme === 'file' || !isInFolder) {
      return undefined;
    }
    return {
      text: 'Not on disk',
      detail: 'The server reads files on disk: this program is only read here.',
      more:
        'The files of this folder are not on disk, and the server reads files on disk. Programs are shown, but neither checked, run, ' +
        'tested, debugged nor proved. Open a copy of the folder on disk, or open the folder in VS Code for the Web, where all of this is available.',
    };
  }

  dispose(): void {}
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
