// The server as a worker of the browser, with the files that the editor has.

import * as vscode from 'vscode';
import { start, type Host } from '../../../../web/host/host';
import type { Connection, Files, Platform, Remark } from '../platform';
import { Assets } from './assets';
import { FILES, OWN } from './files';
import { Mirror } from './mirror';
import { renamed } from './sources';
import { isUri } from './spelling';
import { Adapter, transports } from './transports';

const SETTING = 'provable.server.path';
/** Threads beyond this many make no proof faster. */
const MOST_THREADS = 8;

const NOT_HERE =
  'A browser starts no processes and has no disk. The server is the one inside the extension, and the setting `provable.server.path` has ' +
  'no effect. Keys are made in the browser, which may keep them until the page is reloaded or for longer; no key store is on disk, so export the key of a ' +
  'proof that others are to check. `provable link`, logs in files and whatever else is done in a terminal take the command `provable` on a machine of yours.';

export class Web implements Platform {
  readonly files: Files = FILES;
  readonly remedy = {
    start: 'Reload the window.',
    fit: 'The extension is damaged: install it anew.',
    offers: 'restart' as const,
  };
  private readonly assets: Assets;
  private readonly subscriptions: vscode.Disposable[];
  private running: InBrowser | undefined;

  constructor(context: vscode.ExtensionContext) {
    this.assets = new Assets(vscode.Uri.joinPath(context.extensionUri, 'dist'));
    const library: vscode.TextDocumentContentProvider = {
      provideTextDocumentContent: async ({ path }) => (await this.running?.host.read(vscode.Uri.file(path).toString())) ?? '',
    };
    this.subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(OWN, library),
      vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration(SETTING) && tellSetting()),
    ];
    tellSetting();
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
    this.assets.dispose();
  }

  async launch(tell: (text: string) => void): Promise<Connection> {
    const threads = crossOriginIsolated ? Math.min(navigator.hardwareConcurrency, MOST_THREADS) : 1;
    tell(`Starting the server in this page, with ${threads === 1 ? 'one thread' : `${threads} threads`}\n`);
    let host: Host;
    try {
      const { assets } = this;
      host = await start({ worker: (name) => assets.worker(name), bytes: (name) => assets.bytes(name), threads });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`The Provable server does not start in this browser: ${why}. ${this.remedy.start}`, { cause: error });
    }
    this.running = new InBrowser(host);
    await this.running.mirror.fill();
    return this.running;
  }

  remark(): Remark {
    return {
      text: 'In the browser',
      detail: 'The server runs in this page. There is no process, no terminal and no key store on disk.',
      more: NOT_HERE,
    };
  }
}

class InBrowser implements Connection {
  readonly name = 'inside this extension';
  readonly parent = undefined;
  readonly cannotLink =
    'To link a program takes the command `provable`, and a browser starts no processes. Run `provable link FILE` in a copy of this folder.';
  readonly transports: Connection['transports'];
  readonly mirror: Mirror;
  private readonly ended: Promise<string>;

  constructor(readonly host: Host) {
    this.mirror = new Mirror(host);
    const { transports: ends, close } = transports(host.lsp);
    this.transports = ends;
    this.ended = new Promise((resolve) => {
      host.onEnded((why) => {
        resolve(why);
        close();
      });
    });
  }

  async end(): Promise<string> {
    const late = new Promise<string>((resolve) => setTimeout(() => resolve(''), 1000));
    const why = await Promise.race([this.ended, late]);
    return why === '' ? 'gave no answer' : `ended: ${why.replace(/[.\s]+$/, '')}`;
  }

  kill(): void {
    this.mirror.dispose();
    this.host.dispose();
  }

  settled(): Promise<void> {
    return this.mirror.settled();
  }

  adapter(): vscode.DebugAdapterDescriptor {
    const adapter = new Adapter(
      this.host.debug(),
      (message) => renamed(message, (name) => (isUri(name) ? vscode.Uri.parse(FILES.toServer(vscode.Uri.parse(name))).path : name)),
      (message) => renamed(message, (name) => (name.startsWith('/') ? FILES.fromServer(vscode.Uri.file(name).toString()).toString() : name)),
    );
    return new vscode.DebugAdapterInlineImplementation(adapter);
  }

  async importKey(file: vscode.Uri): Promise<void> {
    await this.host.keys.import(await vscode.workspace.fs.readFile(file));
  }

  async exportKey(digest: string, to: vscode.Uri): Promise<void> {
    await vscode.workspace.fs.writeFile(to, await this.host.keys.export(digest));
  }

  link(): Promise<void> {
    return Promise.reject(new Error(this.cannotLink));
  }
}

/** A setting that cannot be used is told. */
function tellSetting(): void {
  if (vscode.workspace.getConfiguration().get(SETTING, '').trim() !== '') {
    void vscode.window.showWarningMessage(
      `The setting \`${SETTING}\` has no effect in a browser, which starts no processes: the server is the one inside the extension.`,
    );
  }
}
