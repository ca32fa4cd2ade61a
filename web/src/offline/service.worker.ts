// The service worker. It keeps the files of the page, so that the page works without a network, and adds the headers that isolate the page
// from other origins, which browsers require for memory that threads share. Hosts of static files often cannot send these headers.

/** The hash of all files, and their names, which the build fills in. */
declare const VERSION: string;
declare const FILES: string[];

const worker = self as unknown as ServiceWorkerGlobalScope;

const PREFIX = 'provable-';
const CACHE = PREFIX + VERSION;

const ISOLATING = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

// The page asks for the cache to be filled once it has started, and then hears whether it works offline.
worker.addEventListener('message', (event) => {
  if (event.data === 'keep') {
    event.waitUntil(
      keep().then(
        () => event.source?.postMessage({ kept: true }),
        () => event.source?.postMessage({ kept: false }),
      ),
    );
  }
});

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  const missing: string[] = [];
  for (const name of FILES) {
    if ((await cache.match(addressOf(name))) === undefined) {
      missing.push(addressOf(name));
    }
  }
  // `reload` goes past the browser's own cache, which may hold a file of another version under the same name.
  await cache.addAll(missing.map((address) => new Request(address, { cache: 'reload' })));
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) {
      await caches.delete(name);
    }
  }
}

function addressOf(name: string): string {
  return new URL(name, worker.registration.scope).href;
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && request.url.startsWith(worker.registration.scope)) {
    event.respondWith(answer(request));
  }
});

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const url = new URL(request.url);
  url.search = '';
  url.hash = '';
  if (url.href === worker.registration.scope) {
    url.pathname += 'index.html';
  }
  const known = await cache.match(url.href);
  return isolated(known ?? (await fromNetwork(request, url.href)));
}

/** From the network; without one, the file of the version before, as long as this version is not kept as a whole. */
async function fromNetwork(request: Request, address: string): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const old = await caches.match(address);
    if (old === undefined) {
      throw error;
    }
    return old;
  }
}

function isolated(response: Response): Response {
  // Opaque responses and redirects cannot be copied.
  if (response.status === 0 || response.redirected) {
    return response;
  }
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATING)) {
    headers.set(name, value);
  }
  const hasBody = ![204, 205, 304].includes(response.status);
  return new Response(hasBody ? response.body : null, { status: response.status, statusText: response.statusText, headers });
}
