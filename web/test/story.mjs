// story.mjs [--pictures] [CHAPTER...]
//
// The built page (`dist`) in Chromium, served from this machine: by a host that isolates pages from other origins and by one that does not, with
// threads and without. Screenshots of each stage land in test/screenshots. With --pictures those of the README are made anew.
//
// PROVABLE_BRIDGE names a module whose `attach(server)` gives a page what it needs besides files; it is for developing the page against a
// native server.

import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch } from './support/browser.mjs';
import { serve } from './support/serve.mjs';
import { examples } from './story/examples.mjs';
import { features } from './story/features.mjs';
import { keyboard } from './story/keyboard.mjs';
import { looks } from './story/looks.mjs';
import { offline } from './story/offline.mjs';
import { pictures } from './story/pictures.mjs';
import { program } from './story/program.mjs';
import { recipient } from './story/recipient.mjs';
import { sharing } from './story/sharing.mjs';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const screenshots = fileURLToPath(new URL('screenshots/', import.meta.url));
mkdirSync(screenshots, { recursive: true });

const bridge = process.env.PROVABLE_BRIDGE;
const { attach } = bridge === undefined ? {} : await import(bridge);

/** Each chapter: which hosts and builds it is told for. Those that do not depend on the build are told once. */
const CHAPTERS = { program, features, recipient, sharing, keyboard, offline, looks, examples };
const HOSTS = [
  { name: 'isolating host, threads', isolated: true, query: '', chapters: Object.keys(CHAPTERS) },
  { name: 'plain host, isolated by the service worker', isolated: false, query: '', chapters: ['program', 'offline'] },
  { name: 'one thread', isolated: true, query: '?threads=1', chapters: ['program', 'recipient'] },
];

const [flags, wanted] = [process.argv.slice(2).filter((one) => one.startsWith('--')), process.argv.slice(2).filter((one) => !one.startsWith('--'))];
const failures = [];
for (const host of HOSTS) {
  const server = await serve(dist, { isolated: host.isolated, attach });
  const scene = { server, address: server.address + host.query, screenshots, isDeveloping: bridge !== undefined };
  if (flags.includes('--pictures')) {
    const browser = await launch();
    await pictures({ ...scene, browser });
    await browser.close();
    await server.close();
    break;
  }
  for (const name of host.chapters.filter((one) => wanted.length === 0 || wanted.includes(one))) {
    const began = performance.now();
    const browser = await launch();
    try {
      await CHAPTERS[name]({ ...scene, browser });
      console.log(`ok   ${name}, ${host.name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failures.push(name);
      console.error(`FAIL ${name}, ${host.name}\n${error.stack}`);
      for (const [index, page] of browser.contexts().flatMap((context) => context.pages()).entries()) {
        await page.screenshot({ path: `${screenshots}failed-${name}-${index}.png` }).catch(() => undefined);
      }
    } finally {
      await browser.close();
    }
  }
  await server.close();
}
process.exitCode = failures.length === 0 ? 0 : 1;
