// The messages of the language client and of the debugger, to and from the server in the worker.

import * as vscode from 'vscode';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageTransports,
} from 'vscode-languageclient/browser';

/** Where messages go and come from. */
export interface Channel {
  send(message: object): void;
  onMessage(handler: (message: object) => void): void;
}

class Reader extends AbstractMessageReader {
  private callback: DataCallback | undefined;
  private readonly early: Message[] = [];

  constructor(channel: Channel) {
    super();
    channel.onMessage((message) => {
      const one = message as Message;
      if (this.callback === undefined) {
        this.early.push(one);
      } else {
        this.callback(one);
      }
    });
  }

  override listen(callback: DataCallback): Disposable {
    this.callback = callback;
    this.early.splice(0).forEach(callback);
    return { dispose: () => (this.callback = undefined) };
  }

  /** The server is gone. */
  close(): void {
    this.fireClose();
  }
}

class Writer extends AbstractMessageWriter {
  constructor(private readonly channel: Channel) {
    super();
  }

  async write(message: Message): Promise<void> {
    this.channel.send(message);
  }

  end(): void {}
}

/** Those of the language client, and how to close them. */
export function transports(channel: Channel): { transports: MessageTransports; close: () => void } {
  const reader = new Reader(channel);
  return { transports: { reader, writer: new Writer(channel) }, close: () => reader.close() };
}

/** A debug adapter behind a channel, with the files in its messages named as the receiver names them. */
export class Adapter implements vscode.DebugAdapter {
  private readonly sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly onDidSendMessage = this.sent.event;

  constructor(
    private readonly channel: Channel & { close(): void },
    private readonly toAdapter: (message: object) => object,
    toEditor: (message: object) => object,
  ) {
    channel.onMessage((message) => this.sent.fire(toEditor(message)));
  }

  handleMessage(message: vscode.DebugProtocolMessage): void {
    this.channel.send(this.toAdapter(message));
  }

  dispose(): void {
    this.channel.close();
    this.sent.dispose();
  }
}
