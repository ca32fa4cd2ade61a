// The client's side of the Debug Adapter Protocol.

import type { Host } from '@host';

interface Response {
  type: 'response';
  request_seq: number;
  success: boolean;
  message?: string;
  body?: unknown;
}

interface Event {
  type: 'event';
  event: string;
  body?: unknown;
}

export class Adapter {
  private sequence = 0;
  private readonly waiting = new Map<number, { resolve: (body: unknown) => void; reject: (error: Error) => void }>();
  private isClosed = false;

  constructor(
    private readonly connection: ReturnType<Host['debug']>,
    onEvent: (event: string, body: unknown) => void,
  ) {
    connection.onMessage((message) => {
      const one = message as Response | Event;
      if (one.type === 'response') {
        this.settle(one);
      } else if (one.type === 'event' && !this.isClosed) {
        onEvent(one.event, one.body);
      }
    });
  }

  /** The body of the answer. Rejects with the adapter's words. */
  request<T>(command: string, args: object = {}): Promise<T> {
    if (this.isClosed) {
      return Promise.reject(new Error('the debugger has ended'));
    }
    this.sequence += 1;
    const seq = this.sequence;
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(seq, { resolve: resolve as (body: unknown) => void, reject });
      this.connection.send({ seq, type: 'request', command, arguments: args });
    });
  }

  close(): void {
    if (this.isClosed) {
      return;
    }
    this.isClosed = true;
    this.connection.close();
    for (const { reject } of this.waiting.values()) {
      reject(new Error('the debugger has ended'));
    }
    this.waiting.clear();
  }

  private settle(response: Response): void {
    const waiting = this.waiting.get(response.request_seq);
    this.waiting.delete(response.request_seq);
    if (response.success) {
      waiting?.resolve(response.body);
    } else {
      waiting?.reject(new Error(response.message ?? 'the debugger refused this'));
    }
  }
}
