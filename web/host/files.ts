// The files that the server, the debugger and the jobs see: in memory, and for the keys what KeyStorage keeps.

import { KeyStorage } from './key-storage';
import type { FileChange } from './messages';

/** The folder of the key store. */
const KEYS = '/keys/';
/** How much of a key's file those need who do not prove: it begins with the verifying key. In bytes. */
const BEGINNING = 1 << 16;

export const pathOf = (uri: string): string => decodeURIComponent(new URL(uri).pathname);
export const uriOf = (path: string): string => `file://${path.split('/').map(encodeURIComponent).join('/')}`;
export const isKey = (path: string): boolean => path.startsWith(KEYS);

/** Of a key that is made to prove, its beginning. */
export function withoutBases([path, content]: FileChange): FileChange {
  return isKey(path) && content && content.length > BEGINNING ? [path, content.slice(0, BEGINNING)] : [path, content];
}

export class Files {
  readonly #files = new Map<string, Uint8Array>();
  readonly #storage = new KeyStorage();

  /** Takes the keys of earlier visits. */
  async load(): Promise<FileChange[]> {
    const keys = await this.#storage.load();
    for (const [path, content] of keys) this.#files.set(path, content);
    return keys;
  }

  /** All files. */
  all(): FileChange[] {
    return [...this.#files];
  }

  read(path: string): Uint8Array | null {
    return this.#files.get(path) ?? null;
  }

  /** Takes a change; whether it is one. */
  change([path, content]: FileChange): boolean {
    const old = this.#files.get(path);
    if (content ? old && equal(old, content) : !old) return false;
    if (content) this.#files.set(path, content);
    else this.#files.delete(path);
    if (isKey(path) && /\.[pv]k$/.test(path)) void this.#storage.change(path, content);
    return true;
  }
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
