// The page's start.

import { served, start } from '@host';
import { App } from './app';
import { keepOffline, startServiceWorker } from './offline/offline';
import { byId } from './shell/dom';
import { messageOf } from './shell/errors';
import { icon, type Icon } from './shell/icons';
import { keysDialog } from './shell/keys-dialog';
import { startTheme } from './shell/theme';

/** More threads make small proofs no faster. */
const MOST_THREADS = 8;

function threads(): number {
  const asked = Number(new URLSearchParams(location.search).get('threads') ?? MOST_THREADS);
  const most = Number.isInteger(asked) && asked >= 1 ? Math.min(asked, MOST_THREADS) : MOST_THREADS;
  // Threads share memory, which browsers allow only to isolated pages.
  return crossOriginIsolated ? Math.min(most, navigator.hardwareConcurrency) : 1;
}

async function main(): Promise<void> {
  startTheme(byId('theme', HTMLButtonElement));
  for (const name of ['run', 'test', 'debug', 'prove', 'verify', 'share', 'keys', 'theme'] satisfies Icon[]) {
    byId(name, HTMLButtonElement).prepend(icon(name));
  }
  const keys = keysDialog();
  byId('keys', HTMLButtonElement).addEventListener('click', () => keys.open());
  const worker = await startServiceWorker();
  const count = threads();
  const host = await start(served(new URL(ENGINE, document.baseURI).href, count));
  const app = new App(host, count === 1 ? 'one thread' : `${count} threads`);
  await app.start();
  if (worker !== undefined) {
    app.offline(await keepOffline());
  }
}

main().catch((error: unknown) => {
  const text = byId('status-text', HTMLElement);
  text.textContent = `The page cannot start: ${messageOf(error)}`;
  text.classList.add('error');
});
