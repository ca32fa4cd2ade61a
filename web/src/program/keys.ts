// Verifying keys, if the host can hand them out and take them.

import type { Host } from '@host';

export interface Keys {
  /** The bytes of a verifying key; null if it is not there. */
  export(digest: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Takes a key that somebody else made. Answers with its digest, and rejects with why it is none. */
  import(key: Uint8Array): Promise<string>;
}

export function keysOf(host: Host): Keys | undefined {
  return (host as { keys?: Keys }).keys;
}
