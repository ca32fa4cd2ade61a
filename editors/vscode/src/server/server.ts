// The server's life: found, started, checked, started again after a crash, given up. Whenever it is not there, why is
// known and can be told.

import * as vscode from 'vscode';
import { State, type Middleware } from 'vscode-languageclient';
import { syncInputs } from '../inputs';
import type { Connection, Files, Platform } from '../platform';
import { Client } from './client';
import { Crashes, MOST } from './crashes';
import { StandIns } from './standins';
import { fit } from './version';

/** How long a server may take to answer the first request, in milliseconds. */
const PATIENCE = 20_000;

/** Why there is no server. */
export interface Trouble {
  message: string;
  /** The way out, beside starting again and looking at the output. */
  offers: 'settings' | 'restart';
}

export class Server implements vscode.Disposable {
  private client: Client | undefined;
  private connection: Connection | undefined;
  private readonly crashes = new Crashes();
  private readonly standIns = new StandIns(() => this.tellTrouble());
  private readonly changed = new vscode.EventEmitter<void>();
  private turn: Promise<void> = Promise.resolve();
  /** Why there is none; undefined while there is one, and before the first start. */
  trouble: Trouble | undefined;
  /** Fires when the server came or went. */
  readonly onChange = this.changed.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly platform: Platform,
    readonly output: vscode.OutputChannel,
    private readonly middleware: Middleware,
  ) {}

  /** The client, while its server answers. */
  get running(): Client | undefined {
    return this.client?.state === State.Running ? this.client : undefined;
  }

  /** What is connected to, while it answers. */
  get connected(): Connection | undefined {
    return this.running && this.connection;
  }

  /** How it names the files of the editor. */
  get files(): Files {
    return this.platform.files;
  }

  /** What is connected to, once whatever start or stop is under way is done; if there is nothing, the user is told why. */
  async settled(): Promise<Connection | undefined> {
    await this.turn;
    await this.connected?.settled();
    if (this.connected === undefined) {
      void this.tellTrouble();
    }
    return this.connected;
  }

  /** Starts the server, after whatever start or stop is under way; what goes wrong is told to the user. */
  start(): Promise<void> {
    return this.inTurn(() => this.launch());
  }

  /** Stops it and starts it anew, its crashes forgotten. */
  restart(): Promise<void> {
    return this.inTurn(async () => {
      this.crashes.forget();
      await this.halt();
      await this.launch();
    });
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.halt());
  }

  dispose(): void {
    this.connection?.kill();
    this.standIns.dispose();
    this.changed.dispose();
  }

  private inTurn(step: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(step).catch((error: unknown) => this.output.appendLine(String(error)));
    return this.turn;
  }

  private async launch(): Promise<void> {
    if (this.client !== undefined) {
      return;
    }
    this.trouble = undefined;
    const { remedy } = this.platform;
    let server: Connection;
    try {
      server = await this.platform.launch((text) => this.output.append(text));
    } catch (error) {
      this.giveUp(error instanceof Error ? error.message : String(error), remedy.offers);
      return;
    }
    const client = new Client(server, this.files, this.output, this.middleware);
    this.standIns.dispose();
    try {
      await answered(client.start());
      // The library's promise resolves as well when the process ended before it answered.
      if (client.state !== State.Running) {
        throw new Error('no answer');
      }
    } catch (error) {
      const isLate = error instanceof Late;
      const why = isLate ? `it has not answered in ${PATIENCE / 1000} seconds` : `it ${await server.end()}`;
      server.kill();
      this.giveUp(`The Provable server ${server.name} does not start: ${why}. ${remedy.start}`, remedy.offers);
      return;
    }
    const version = fit(
      client.initializeResult?.serverInfo?.version,
      (this.context.extension.packageJSON as { version: string }).version,
      server.name,
      remedy.fit,
    );
    if (!version.fits) {
      await client.stop().catch(() => undefined);
      server.kill();
      this.giveUp(version.message, remedy.offers);
      return;
    }
    this.client = client;
    this.connection = server;
    client.onDidChangeState((change) => {
      if (change.newState === State.Stopped && this.client === client) {
        void this.crashed(server);
      }
    });
    syncInputs(client, this.files.schemes());
    this.changed.fire();
  }

  private async halt(): Promise<void> {
    const { client, connection } = this;
    this.client = undefined;
    this.connection = undefined;
    if (client === undefined) {
      return;
    }
    await client.stop().catch(() => undefined);
    connection?.kill();
    this.standIns.stand();
    this.changed.fire();
  }

  /** The server ended without being told to. */
  private async crashed(server: Connection): Promise<void> {
    this.client = undefined;
    this.connection = undefined;
    this.standIns.stand();
    const how = await server.end();
    this.output.appendLine(`The server ${how}.`);
    this.changed.fire();
    if (this.crashes.note(Date.now())) {
      await this.start();
      if (this.running !== undefined) {
        void this.tellRecovery(how);
      }
    } else {
      this.giveUp(
        `The Provable server ended by itself ${MOST} times within minutes and is left alone. Last, it ${how}. ` +
          'Its output may say why.',
        'restart',
      );
    }
  }

  private giveUp(message: string, offers: Trouble['offers']): void {
    this.trouble = { message, offers };
    this.standIns.stand();
    this.output.appendLine(message);
    this.changed.fire();
    void this.tellTrouble();
  }

  private async tellRecovery(how: string): Promise<void> {
    const output = 'Show Output';
    const message =
      `The Provable server ended by itself (it ${how}) and was started again. ` +
      'A run or proof that was at work is lost: start it again.';
    if ((await vscode.window.showWarningMessage(message, output)) === output) {
      this.output.show();
    }
  }

  /** Tells why there is no server, with the ways out. */
  async tellTrouble(): Promise<void> {
    const { message, offers } = this.trouble ?? { message: 'The Provable server is not running.', offers: 'restart' };
    const [settings, restart, output] = ['Open Settings', 'Restart Server', 'Show Output'];
    const ways = offers === 'settings' ? [settings, restart, output] : [restart, output];
    const chosen = await vscode.window.showErrorMessage(message, ...ways);
    if (chosen === settings) {
      // On a remote machine this setting is that machine's, which the settings of the user do not show.
      const scope = vscode.env.remoteName === undefined ? 'Settings' : 'RemoteSettings';
      await vscode.commands.executeCommand(`workbench.action.open${scope}`, { query: 'provable.server.path' });
    } else if (chosen === restart) {
      await this.restart();
    } else if (chosen === output) {
      this.output.show();
    }
  }
}

class Late extends Error {}

function answered(start: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late()), PATIENCE);
  });
  return Promise.race([start, late]).finally(() => clearTimeout(timer));
}
