// What differs between the desktop, where the server is a process and files are on disk, and a browser, where it is a worker
// and files are what the editor has. Everything else is shared: `desktop` and `web` hold one of these each.

import type * as vscode from 'vscode';
import type { MessageTransports } from 'vscode-languageclient';

export interface Platform extends vscode.Disposable {
  readonly files: Files;
  /** The ways out of a server that does not start, and of one that does not fit, as sentences; and the button that leads there. */
  readonly remedy: { start: string; fit: string; offers: 'settings' | 'restart' };
  /** Starts a server; rejects with a message for the user. What it writes of itself is told. */
  launch(tell: (text: string) => void): Promise<Connection>;
  /** What whoever is at a document should know of the place that it is worked on in. */
  remark(document: vscode.Uri): Remark | undefined;
}

/** How the server, and launches of the debugger, name the files of the editor. */
export interface Files {
  toServer(uri: vscode.Uri): string;
  fromServer(uri: string): vscode.Uri;
  /** Whether the server can read it without its being open. */
  isFile(uri: vscode.Uri): boolean;
  /** The schemes of such files. */
  schemes(): string[];
  /** The programs of the workspace. */
  programs(): Promise<vscode.Uri[]>;
  /** A file as a launch names it. */
  toLaunch(uri: vscode.Uri): string;
  /** What a launch names, seen from a folder that is named in the same way; as it is if there is none. */
  resolve(base: string | undefined, file: string): string;
}

/** A server that has been started. */
export interface Connection {
  /** What it is, for messages. */
  readonly name: string;
  readonly transports: MessageTransports;
  /** The process whose end is the server's end too. */
  readonly parent: number | undefined;
  /** How it ended, with the last it said, as the rest of a sentence that begins with "it". */
  end(): Promise<string>;
  kill(): void;
  /** Resolves when server and editor have the same files, as far as changes have been heard of. */
  settled(): Promise<void>;
  /** A debugger of the same version. */
  adapter(): vscode.DebugAdapterDescriptor;
  /** Writes a program and the files that it uses as one file; rejects with a message for the user. */
  link(program: vscode.Uri, to: vscode.Uri): Promise<void>;
  /** Takes the verifying key in a file into the store; rejects with a message for the user. */
  importKey(file: vscode.Uri): Promise<void>;
  /** Writes the verifying key of a digest; rejects with a message for the user. */
  exportKey(digest: string, to: vscode.Uri): Promise<void>;
  /** Why nothing can be linked, if so. */
  readonly cannotLink: string | undefined;
}

export interface Remark {
  text: string;
  detail: string;
  /** What is missing there, and what to do. */
  more: string;
}
