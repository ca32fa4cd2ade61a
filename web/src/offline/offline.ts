// The page's side of the service worker.

const RELOADED = 'provable.isolated';

/**
 * Starts the service worker. If the page is not isolated from other origins and the worker can isolate it, the page is loaded once
 * more, by the worker; then this never returns.
 */
export async function startServiceWorker(): Promise<ServiceWorkerRegistration | undefined> {
  // Some browsers have no service workers in private windows, and none has them without a secure context.
  if (!('serviceWorker' in navigator)) {
    return undefined;
  }
  try {
    const registration = await navigator.serviceWorker.register('service-worker.js');
    if (!crossOriginIsolated && sessionStorage.getItem(RELOADED) === null) {
      await controlled();
      sessionStorage.setItem(RELOADED, 'yes');
      location.reload();
      await new Promise(() => undefined);
    }
    return registration;
  } catch {
    return undefined;
  }
}

async function controlled(): Promise<void> {
  if (navigator.serviceWorker.controller === null) {
    await new Promise<void>((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
    });
  }
}

/** Asks for all files to be kept. Answers whether the page works without a network from now on. */
export async function keepOffline(): Promise<boolean> {
  const { active } = await navigator.serviceWorker.ready;
  if (active === null) {
    return false;
  }
  const kept = new Promise<boolean>((resolve) => {
    navigator.serviceWorker.addEventListener('message', (event: MessageEvent<{ kept?: boolean }>) => {
      if (event.data.kept !== undefined) {
        resolve(event.data.kept);
      }
    });
  });
  active.postMessage('keep');
  return kept;
}
