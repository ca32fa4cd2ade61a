// Messages between the client library and the host. The library answers no requests of the server, so they are answered here.

import type { Transport } from '@codemirror/lsp-client';
import type { Host } from '@host';
import { messageOf } from '../shell/errors';

/** Answers to requests of the server, by method. */
export type Handlers = Record<string, (params: unknown) => unknown>;

const METHOD_NOT_FOUND = -32601;
const INTERNAL_ERROR = -32603;

export class Connection implements Transport {
  private readonly listeners = new Set<(message: string) => void>();

  constructor(
    private readonly lsp: Host['lsp'],
    private readonly handlers: Handlers,
  ) {
    lsp.onMessage((message) => {
      if ('method' in message && 'id' in message) {
        void this.answer(message as { id: number | string; method: string; params?: unknown });
        return;
      }
      const text = JSON.stringify(message);
      for (const listener of this.listeners) {
        listener(text);
      }
    });
  }

  send(message: string): void {
    this.lsp.send(JSON.parse(message) as object);
  }

  subscribe(listener: (message: string) => void): void {
    this.listeners.add(listener);
  }

  unsubscribe(listener: (message: string) => void): void {
    this.listeners.delete(listener);
  }

  private async answer({ id, method, params }: { id: number | string; method: string; params?: unknown }): Promise<void> {
    const handler = this.handlers[method];
    if (handler === undefined) {
      this.lsp.send({ jsonrpc: '2.0', id, error: { code: METHOD_NOT_FOUND, message: `the page has no ${method}` } });
      return;
    }
    try {
      this.lsp.send({ jsonrpc: '2.0', id, result: (await handler(params)) ?? null });
    } catch (error) {
      this.lsp.send({ jsonrpc: '2.0', id, error: { code: INTERNAL_ERROR, message: messageOf(error) } });
    }
  }
}
