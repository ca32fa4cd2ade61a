// A code-server of its own: private home, settings, extensions and search path, so that nothing of this machine but the
// extension's package is there.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SETTINGS } from './settings.mjs';
import { until } from './waiting.mjs';

export class CodeServer {
  constructor(cache) {
    const modules = join(cache, 'node_modules');
    this.modules = modules;
    this.node = join(modules, `node-linux-${process.arch}`, 'bin/node');
    this.entry = join(modules, 'code-server/out/node/entry.js');
    this.home = mkdtempSync(join(tmpdir(), 'provable-vscode-'));
    this.folder = join(this.home, 'programs');
    this.extensions = join(this.home, 'extensions');
    this.bin = join(this.home, 'bin');
    for (const part of ['programs', 'data/User', 'extensions', 'tmp', 'bin']) {
      mkdirSync(join(this.home, part), { recursive: true });
    }
    writeFileSync(join(this.home, 'data/User/settings.json'), JSON.stringify(SETTINGS, null, 2));
    // The editor takes the search path of a login, which the system would set.
    writeFileSync(join(this.home, '.profile'), `PATH='${this.bin}'\nexport PATH\n`);
    const folders = `--user-data-dir '${join(this.home, 'data')}' --extensions-dir '${this.extensions}'`;
    this.program('code-server', `#!/bin/sh\nexec '${this.node}' '${this.entry}' ${folders} "$@"\n`);
  }

  get command() {
    return join(this.bin, 'code-server');
  }

  /** The environment of the editor. Its search path leads to no Rust and to no `provable`. */
  get env() {
    return { PATH: this.bin, HOME: this.home, TMPDIR: join(this.home, 'tmp'), LANG: 'C.UTF-8', SHELL: '/bin/sh' };
  }

  /** Writes a program that can be started, onto the editor's search path; answers with its file. */
  program(name, text) {
    const file = join(this.bin, name);
    writeFileSync(file, text);
    chmodSync(file, 0o755);
    return file;
  }

  /** Writes a file of the folder that is worked in. */
  write(name, text) {
    const file = join(this.folder, name);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** A file of that folder; undefined if there is none. */
  read(name) {
    const file = join(this.folder, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }

  /** Replaces the folder's settings; a running editor follows, which it does not do with a user's settings on disk. */
  set(settings) {
    this.write('.vscode/settings.json', JSON.stringify(settings, null, 2));
  }

  /** Replaces the user's key bindings. */
  keys(bindings) {
    writeFileSync(join(this.home, 'data/User/keybindings.json'), JSON.stringify(bindings));
  }

  /** Installs a package into the editor, by its own command. */
  install(vsix) {
    execFileSync(this.command, ['--install-extension', vsix, '--force'], { env: this.env, stdio: 'pipe' });
  }

  /** The folder of the one extension that is installed. */
  get extension() {
    const found = readdirSync(this.extensions).filter((name) => existsSync(join(this.extensions, name, 'package.json')));
    assert.equal(found.length, 1, `one extension is installed: ${found.join(', ')}`);
    return join(this.extensions, found[0]);
  }

  /** With `driver`, a page can have tests run in its extension host; such an editor shows no messages. */
  async start({ trusted, driver = false }) {
    const port = await freePort();
    const flags = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-update-check', '--disable-telemetry'];
    if (driver) {
      flags.push('--vscode-option', 'enable-smoke-test-driver');
    }
    if (trusted) {
      flags.push('--disable-workspace-trust');
    }
    // A process group of its own, so that its extension hosts end with it.
    this.process = spawn(this.command, flags, { env: this.env, detached: true, stdio: 'ignore' });
    this.host = `127.0.0.1:${port}`;
    await until(`code-server at ${this.host}`, () =>
      fetch(`http://${this.host}/healthz`).then(
        (answer) => answer.ok,
        () => false,
      ),
    );
  }

  /** The address of a window on the folder; `payload` is what it opens. */
  address(payload) {
    return `http://${this.host}/?folder=${this.folder}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
  }

  /** The URI under which a window knows a file of the folder. */
  uri(name) {
    return `vscode-remote://${this.host}${resolve(this.folder, name)}`;
  }

  /** The processes that run the language server, by the file they were started from. */
  languageServers(file = join(this.extension, 'server/provable')) {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
          return readlinkSync(`/proc/${pid}/exe`) === file && words[1] === 'lsp';
        } catch {
          // It ended while it was looked at.
          return false;
        }
      })
      .map(Number);
  }

  /** What the extension hosts wrote to their logs, and what the extension did. */
  logs() {
    const files = readdirSync(join(this.home, 'data/logs'), { recursive: true }).map(String);
    const read = (name) =>
      files.filter((file) => file.endsWith(name)).map((file) => readFileSync(join(this.home, 'data/logs', file), 'utf8')).join('');
    return { host: read('remoteexthost.log'), output: read('-Provable.log') };
  }

  async stop() {
    const server = this.process;
    this.process = undefined;
    if (server && server.exitCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      process.kill(-server.pid, 'SIGTERM');
      await ended;
    }
  }

  remove() {
    rmSync(this.home, { recursive: true, force: true, maxRetries: 10 });
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
