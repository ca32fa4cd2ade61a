// VS Code for the Web: the workbench of code-server's package as static files, without any server behind it. Extensions run in
// a worker of the page, on an origin of their own, as where it is served to users.

import { createServer } from 'node:http';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { SETTINGS } from '../editor/settings.mjs';

const MEMORY_FILES = fileURLToPath(new URL('memory-files', import.meta.url));
const WORKBENCH = '/out/vs/code/browser/workbench/workbench.js';
/** What code-server put in, and what is there without it. */
const MACHINE = [
  [/,remoteAuthority:location\.host\}/, '}'],
  [
    /(get userRoamingDataHome\(\)\{return )\w+\((\w+\.file\()this\.userDataPath\)\.with\(\{scheme:\w+\.vscodeRemote\}\),"User"\)/,
    '$1$2"/User").with({scheme:"vscode-userdata"})',
  ],
];
/** What it asks for besides. */
const CODE_SERVER = { isEnabledFileDownloads: true, isEnabledFileUploads: true, isEnabledCoderGettingStarted: false };
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

export class WebEditor {
  /** Serves the extension in a folder. */
  constructor(cache, extension) {
    this.modules = join(cache, 'node_modules');
    this.vscode = join(this.modules, 'code-server/lib/vscode');
    this.extension = extension;
    /** The files of the folder that is worked in, name to text. */
    this.files = new Map();
    /** Windows that want to hear of files that the test writes. */
    this.windows = new Set();
    this.workbench = workbench(this.vscode);
    /** What was asked for and is not there. */
    this.missing = [];
  }

  async start() {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    // Names under it lead here too, and count as secure.
    this.host = `localhost:${this.server.address().port}`;
  }

  async stop() {
    this.server?.closeAllConnections();
    await new Promise((resolve) => (this.server === undefined ? resolve() : this.server.close(resolve)));
    this.server = undefined;
  }

  /** The address of a window on the folder; `payload` is what it opens. */
  address(payload) {
    return `http://${this.host}/?folder=${encodeURIComponent(this.uri(''))}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
  }

  /** The URI under which a window knows a file of the folder. */
  uri(name) {
    return `memfs:/programs${name && `/${name}`}`;
  }

  /** Writes a file of the folder that is worked in; a running window follows. */
  write(name, text) {
    this.files.set(name, text);
    this.windows.forEach((window) => window.write(`data: ${JSON.stringify({ name, text })}\n\n`));
  }

  /** A file of that folder; undefined if there is none. */
  read(name) {
    return this.files.get(name);
  }

  /** Replaces the folder's settings. */
  set(settings) {
    this.write('.vscode/settings.json', JSON.stringify(settings, null, 2));
  }

  async answer(request, response) {
    const { pathname } = new URL(request.url, `http://${this.host}`);
    // The extension host has another origin.
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    const path = normalize(decodeURIComponent(pathname));
    if (path === '/') {
      return send(response, '.html', this.page());
    }
    if (path === `/static${WORKBENCH}`) {
      return send(response, '.js', this.workbench);
    }
    switch (path) {
      case '/extensions/memory-files/files':
        return send(response, '.json', JSON.stringify(Object.fromEntries(this.files)));
      case '/extensions/memory-files/changes':
        this.windows.add(response);
        response.on('close', () => this.windows.delete(response));
        response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
        return undefined;
      case '/extensions/memory-files/write': {
        const { name, text: written } = JSON.parse(await text(request));
        this.files[written === null ? 'delete' : 'set'](name, written);
        return response.end();
      }
    }
    const [, area, ...rest] = path.split('/');
    const folder = area === 'static' ? this.vscode : { 'memory-files': MEMORY_FILES, provable: this.extension }[rest.shift()];
    const file = folder === undefined ? undefined : join(folder, ...rest);
    if (file === undefined || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
      this.missing.push(path);
      return response.writeHead(404).end();
    }
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
    return createReadStream(file).pipe(response);
  }

  page() {
    const extension = (name) => ({ scheme: 'http', authority: this.host, path: `/extensions/${name}` });
    const configuration = {
      productConfiguration: {
        enableTelemetry: false,
        extensionEnabledApiProposals: { 'provable-vm-tests.memory-files': ['fileSearchProvider'] },
        quality: 'test',
        commit: 'test',
        webEndpointUrlTemplate: `http://{{uuid}}.${this.host}/static`,
        // On this origin: a browser that blocks the storage of others would refuse its service worker.
        webviewContentExternalBaseUrlTemplate: `http://${this.host}/static/out/vs/workbench/contrib/webview/browser/pre/`,
      },
      additionalBuiltinExtensions: [extension('memory-files'), extension('provable')],
      configurationDefaults: SETTINGS,
      enableWorkspaceTrust: false,
      ...CODE_SERVER,
    };
    const quoted = JSON.stringify(configuration).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    return `<!DOCTYPE html>
<html>
  <head>
    <meta charset="utf-8" />
    <meta id="vscode-workbench-web-configuration" data-settings="${quoted}" />
    <link rel="stylesheet" href="/static/out/vs/code/browser/workbench/workbench.css" />
  </head>
  <body aria-label=""></body>
  <script>
    globalThis._VSCODE_FILE_ROOT = new URL('/static/out/', location).toString();
  </script>
  <script type="module" src="/static/out/nls.messages.js"></script>
  <script type="module" src="/static${WORKBENCH}"></script>
</html>
`;
  }
}

function send(response, ending, body) {
  response.setHeader('Content-Type', TYPES[ending]);
  response.end(body);
}

/** The workbench's script as it is where there is no machine behind it. code-server's has one, which keeps the user's data too. */
function workbench(vscode) {
  let script = readFileSync(join(vscode, WORKBENCH), 'utf8');
  for (const [what, put] of MACHINE) {
    if ([...script.matchAll(new RegExp(what, 'g'))].length !== 1) {
      throw new Error(`the workbench in ${vscode} does not have ${what} just once: read its script anew`);
    }
    script = script.replace(what, put);
  }
  return script;
}
