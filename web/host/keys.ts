// The keys in the store, as a user sees them.

import type { KeyAnswer, KeyCall } from './messages';

/** A key. */
export interface Key {
  tier: string;
  /** In hexadecimal. */
  digest: string;
  /** Where it came from, in words. */
  origin: string;
}

export class Keys {
  readonly #waiting = new Map<number, (answer: KeyAnswer) => void>();
  #count = 0;

  constructor(private readonly send: (id: number, call: KeyCall) => unknown) {}

  /** All keys. */
  async list(): Promise<Key[]> {
    return (await this.#call({ what: 'list' })) as Key[];
  }

  /** The verifying key with this digest. */
  async export(digest: string): Promise<Uint8Array> {
    const digits = String(await this.#call({ what: 'export', digest }));
    return Uint8Array.from(digits.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  }

  /** Takes a verifying key of another person; its digest. */
  async import(key: Uint8Array): Promise<string> {
    return ((await this.#call({ what: 'import', key })) as Key).digest;
  }

  /** Takes the answer to a call. */
  answered(id: number, answer: KeyAnswer): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  /** @throws What the store says against it, for a person. */
  #call(call: KeyCall): Promise<unknown> {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ value, error }) => (error === undefined ? resolve(value) : reject(new Error(error))));
      this.send(id, call);
    });
  }
}
