// A file system in memory, for a window that has no disk. It begins with the files that its server names.

const vscode = require('vscode');

exports.activate = async (context) => {
  const files = new MemoryFiles();
  const start = await fetch(vscode.Uri.joinPath(context.extensionUri, 'files.json').toString(true));
  for (const [path, text] of Object.entries(await start.json())) {
    files.set(path, new TextEncoder().encode(text));
  }
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider('memfs', files, { isCaseSensitive: true }));
};

class MemoryFiles {
  constructor() {
    this.entries = new Map([['/', folder()]]);
    this.changed = new vscode.EventEmitter();
    this.onDidChangeFile = this.changed.event;
  }

  set(path, data) {
    const parts = path.split('/').slice(1, -1);
    parts.reduce((above, part) => {
      const inner = `${above}/${part}`;
      this.entries.set(inner, this.entries.get(inner) ?? folder());
      return inner;
    }, '');
    const { FileType } = vscode;
    this.entries.set(path, { type: FileType.File, ctime: 0, mtime: Date.now(), size: data.length, data });
  }

  get({ path }) {
    const entry = this.entries.get(path.length > 1 ? path.replace(/\/$/, '') : path);
    if (entry === undefined) {
      throw vscode.FileSystemError.FileNotFound(path);
    }
    return entry;
  }

  watch() {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri) {
    const { type, ctime, mtime, size } = this.get(uri);
    return { type, ctime, mtime, size };
  }

  readDirectory(uri) {
    this.get(uri);
    const start = uri.path.replace(/\/?$/, '/');
    const inside = [...this.entries].filter(([path]) => path !== '/' && path.startsWith(start) && !path.slice(start.length).includes('/'));
    return inside.map(([path, { type }]) => [path.slice(start.length), type]);
  }

  readFile(uri) {
    return this.get(uri).data;
  }

  writeFile(uri, data, { create }) {
    const isNew = !this.entries.has(uri.path);
    if (isNew && !create) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    this.set(uri.path, data);
    this.tell(isNew ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed, uri);
  }

  createDirectory(uri) {
    this.entries.set(uri.path, folder());
    this.tell(vscode.FileChangeType.Created, uri);
  }

  delete(uri) {
    this.get(uri);
    for (const path of [...this.entries.keys()]) {
      if (path === uri.path || path.startsWith(`${uri.path}/`)) {
        this.entries.delete(path);
      }
    }
    this.tell(vscode.FileChangeType.Deleted, uri);
  }

  rename(from, to) {
    for (const [path, entry] of [...this.entries]) {
      if (path === from.path || path.startsWith(`${from.path}/`)) {
        this.entries.delete(path);
        this.entries.set(to.path + path.slice(from.path.length), entry);
      }
    }
    this.tell(vscode.FileChangeType.Deleted, from);
    this.tell(vscode.FileChangeType.Created, to);
  }

  tell(type, uri) {
    this.changed.fire([{ type, uri }]);
  }
}

function folder() {
  return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
}
