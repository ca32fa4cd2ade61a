// The programs of the workspace, their inputs and their proofs, found folder by folder: many file systems of the browser offer
// no search. How much is looked at has a limit, since each folder may be a request over the network.

import * as vscode from 'vscode';

export const ENDINGS = ['.prov', '.inputs.json', '.proof.json'];
/** Files beyond this many are left out. */
export const MOST_FILES = 2000;
/** Folders beyond this many are left out. */
export const MOST_FOLDERS = 2000;
/** How many folders are asked for at a time. */
const AT_ONCE = 16;
/** Folders that hold what programs are not written in. */
const SKIPPED = ['node_modules', 'target'];

export interface Found {
  files: vscode.Uri[];
  /** Whether there may be more. */
  isCut: boolean;
}

export function isOurs({ path }: vscode.Uri): boolean {
  return ENDINGS.some((ending) => path.endsWith(ending));
}

/** What is in the folders of the workspace, those near their tops first. */
export async function find(): Promise<Found> {
  const files: vscode.Uri[] = [];
  let left = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  let seen = 0;
  while (left.length > 0 && seen < MOST_FOLDERS && files.length < MOST_FILES) {
    const now = left.splice(0, Math.min(AT_ONCE, MOST_FOLDERS - seen));
    seen += now.length;
    const inner = await Promise.all(now.map(async (folder) => ({ folder, entries: await entriesOf(folder) })));
    for (const { folder, entries } of inner) {
      for (const [name, type] of entries) {
        const uri = vscode.Uri.joinPath(folder, name);
        if (type === vscode.FileType.File && isOurs(uri)) {
          files.push(uri);
        } else if (type === vscode.FileType.Directory && !name.startsWith('.') && !SKIPPED.includes(name)) {
          left = [...left, uri];
        }
      }
    }
  }
  return { files: files.slice(0, MOST_FILES), isCut: left.length > 0 || files.length > MOST_FILES };
}

/** A folder that cannot be read has nothing in it. */
async function entriesOf(folder: vscode.Uri): Promise<[string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}
