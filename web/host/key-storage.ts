// The keys that were made or taken in this browser, kept from one visit to the next. A browser that keeps nothing, as for an extension in
// another site's frame, has them for as long as the page is open.

const DATABASE = 'provable';
const STORE = 'keys';
/** The most that is kept, in bytes. */
const MOST = 256 << 20;

export class KeyStorage {
  #database: Promise<IDBDatabase | null> | undefined;

  /** All keys: their paths and files. */
  async load(): Promise<[path: string, content: Uint8Array][]> {
    const store = await this.#store('readonly');
    if (!store) return [];
    const [paths, files] = await Promise.all([result(store.getAllKeys()), result(store.getAll())]);
    const all = (paths ?? []).map((path, at): [unknown, unknown] => [path, files?.[at]]);
    return all.filter((one): one is [string, Uint8Array] => typeof one[0] === 'string' && one[1] instanceof Uint8Array);
  }

  /** Keeps a key, if there is room for it, or removes one. */
  async change(path: string, content: Uint8Array | null): Promise<void> {
    const others = (await this.load()).filter(([other]) => other !== path);
    const kept = others.reduce((sum, [, file]) => sum + file.length, 0);
    const store = await this.#store('readwrite');
    if (!store) return;
    if (content && kept + content.length <= MOST) await result(store.put(content, path));
    else await result(store.delete(path));
  }

  async #store(mode: IDBTransactionMode): Promise<IDBObjectStore | null> {
    this.#database ??= open();
    const database = await this.#database;
    try {
      return database?.transaction(STORE, mode).objectStore(STORE) ?? null;
    } catch {
      return null;
    }
  }
}

async function open(): Promise<IDBDatabase | null> {
  try {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => void request.result.createObjectStore(STORE);
    return await result(request);
  } catch {
    return null;
  }
}

/** What a request comes to; null if it fails. */
function result<T>(request: IDBRequest<T>): Promise<T | null> {
  return new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
}
