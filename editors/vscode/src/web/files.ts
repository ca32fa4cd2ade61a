// The editor's files as the server in the browser knows them.

import * as vscode from 'vscode';
import type { Files } from '../platform';
import { find } from './search';
import { editorParts, isUri, pathFrom, serverPath } from './spelling';

/** The scheme of files that are the server's own: those of the standard library. */
export const OWN = 'provable-files';

export const FILES: Files = {
  toServer(uri) {
    if (uri.scheme === OWN) {
      return vscode.Uri.file(uri.path).toString();
    }
    return isFile(uri) ? vscode.Uri.file(serverPath(uri)).toString() : uri.toString();
  },

  fromServer(text) {
    const uri = vscode.Uri.parse(text);
    if (uri.scheme !== 'file') {
      return uri;
    }
    const parts = editorParts(uri.path);
    return parts === undefined ? uri.with({ scheme: OWN }) : vscode.Uri.from(parts);
  },

  isFile,

  schemes() {
    const ofFolders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme);
    return [...new Set([...ofFolders, 'file', 'vscode-vfs'])];
  },

  async programs() {
    return (await find()).files.filter(({ path }) => path.endsWith('.prov'));
  },

  toLaunch: (uri) => uri.toString(),

  resolve(base, file) {
    if (isUri(file) || base === undefined) {
      return file;
    }
    const folder = vscode.Uri.parse(base);
    return folder.with({ path: pathFrom(folder.path, file) }).toString();
  },
};

/** What is in a folder of the workspace, or can be written to; copies, such as an earlier version in a repository, have a query. */
function isFile({ scheme, query, fragment }: vscode.Uri): boolean {
  if (query !== '' || fragment !== '' || scheme === OWN || scheme === 'untitled') {
    return false;
  }
  const isOfFolder = vscode.workspace.workspaceFolders?.some(({ uri }) => uri.scheme === scheme) ?? false;
  return isOfFolder || vscode.workspace.fs.isWritableFileSystem(scheme) === true;
}
