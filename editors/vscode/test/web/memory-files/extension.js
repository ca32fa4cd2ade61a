// A file system in memory, for a window that has no disk. What is in it is what its server has: the test, which looks at what was
// written, and changes files under the window.

const vscode = require('vscode');

const ROOT = '/programs/';

exports.activate = async (context) => {
  const at = (name) => vscode.Uri.joinPath(context.extensionUri, name).toString(true);
  const files = new MemoryFiles((name, text) => fetch(at('write'), { method: 'POST', body: JSON.stringify({ name, text }) }));
  const start = await fetch(at('files'));
  Object.entries(await start.json()).forEach(([name, text]) => files.set(ROOT + name, bytesOf(name, text)));
  const changes = new EventSource(at('changes'));
  changes.onmessage = ({ data }) => {
    const { name, text } = JSON.parse(data);
    files.set(ROOT + name, bytesOf(name, text));
    files.tell(vscode.FileChangeType.Changed, vscode.Uri.from({ scheme: 'memfs', path: ROOT + name }));
  };
  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider('memfs', files, { isCaseSensitive: true }),
    // For the list of files to open.
    vscode.workspace.registerFileSearchProvider('memfs', { provideFileSearchResults: () => files.all() }),
    new vscode.Disposable(() => changes.close()),
  );
};

class MemoryFiles {
  constructor(report) {
    this.report = report;
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
    this.entries.set(path, { type: vscode.FileType.File, ctime: 0, mtime: Date.now(), size: data.length, data });
  }

  all() {
    const paths = [...this.entries].filter(([, { type }]) => type === vscode.FileType.File).map(([path]) => path);
    return paths.map((path) => vscode.Uri.from({ scheme: 'memfs', path }));
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

  async writeFile(uri, data, { create }) {
    const isNew = !this.entries.has(uri.path);
    if (isNew && !create) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    this.set(uri.path, data);
    await this.report(uri.path.slice(ROOT.length), textOf(uri.path, data));
    this.tell(isNew ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed, uri);
  }

  createDirectory(uri) {
    this.entries.set(uri.path, folder());
    this.tell(vscode.FileChangeType.Created, uri);
  }

  async delete(uri) {
    this.get(uri);
    for (const path of [...this.entries.keys()]) {
      if (path === uri.path || path.startsWith(`${uri.path}/`)) {
        this.entries.delete(path);
        await this.report(path.slice(ROOT.length), null);
      }
    }
    this.tell(vscode.FileChangeType.Deleted, uri);
  }

  async rename(from, to) {
    const data = this.readFile(from);
    await this.delete(from);
    await this.writeFile(to, data, { create: true });
  }

  tell(type, uri) {
    this.changed.fire([{ type, uri }]);
  }
}

function folder() {
  return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
}

/** Keys are no texts: each of their bytes goes as a character. */
const isBinary = (name) => name.endsWith('.vk');

function bytesOf(name, text) {
  return isBinary(name) ? Uint8Array.from(text, (one) => one.charCodeAt(0)) : new TextEncoder().encode(text);
}

function textOf(name, data) {
  return isBinary(name) ? Array.from(data, (byte) => String.fromCharCode(byte)).join('') : new TextDecoder().decode(data);
}
