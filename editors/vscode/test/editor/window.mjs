// A browser on a served editor. Everything is waited for by what a user would see.

import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PATIENCE } from './waiting.mjs';

export const CHROMIUM = '/usr/bin/chromium';
/** How often the palette is opened for what it does not list. */
const ATTEMPTS = 6;

export class Window {
  constructor(server, screenshots) {
    this.server = server;
    this.screenshots = screenshots;
    mkdirSync(screenshots, { recursive: true });
  }

  /** Starts the browser; `scale` is the number of pixels to a point. */
  async start({ width = 1280, height = 800, scale = 1 } = {}) {
    const { chromium } = createRequire(join(this.server.modules, 'x.js'))('playwright-core');
    this.browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    const context = await this.browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale });
    context.setDefaultTimeout(PATIENCE);
    this.page = await context.newPage();
    // Leaving a page with unsaved texts asks.
    this.page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  }

  async stop() {
    await this.browser?.close();
    this.browser = undefined;
  }

  /** Loads the window anew, with a file of its folder open. */
  async open(name) {
    await this.page.goto(this.server.address([['openFile', this.server.uri(name)]]));
    await this.page.locator('.monaco-editor .view-line').first().waitFor();
  }

  /** Loads the window anew, with nothing open but its folder. */
  async openFolder() {
    await this.page.goto(this.server.address([]));
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  }

  /** Opens another file in the window as it is, by its name. */
  async openMore(name) {
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first();
    await this.palette('Control+p', name, (timeout) => row.waitFor({ timeout }));
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

  seeMessage(text, timeout) {
    return this.see('.notification-toast', text, timeout);
  }

  /** Clicks a button of a message. */
  async answer(message, button) {
    await this.page.locator('.notification-toast').filter({ hasText: message }).getByRole('button', { name: button }).click();
  }

  /**
   * Opens the palette by a key, types into it, and does something with it within a time. It is opened again if that fails: it lists
   * what there was when it was opened, and it closes when something that was begun before it takes the focus.
   */
  async palette(key, text, act) {
    const timeout = PATIENCE / ATTEMPTS;
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press(key);
      try {
        await this.page.locator('.quick-input-widget input').first().fill(text, { timeout });
        return await act(timeout);
      } catch (error) {
        if (attempt === ATTEMPTS) {
          throw error;
        }
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Runs a command from the palette by its whole title, up to where it asks for more or is done. */
  async begin(title) {
    const row = this.row(title);
    await this.palette('F1', `>${title}`, (timeout) => row.click({ timeout }));
  }

  /** Runs a command from the palette that asks for nothing more. */
  async command(title) {
    await this.begin(title);
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Clicks the row of a quick pick that has this whole label. */
  async choose(label) {
    await this.row(label).click();
  }

  /** The row of a quick pick that has this whole label. */
  row(label) {
    return this.page.locator('.quick-input-list .monaco-list-row .label-name').getByText(label, { exact: true }).first();
  }

  /** Puts the cursor at the start of a line, from 1. */
  async goTo(line) {
    await this.page.locator('.part.editor .monaco-editor .view-lines').first().click();
    await this.palette('Control+g', `:${line}`, () => this.page.keyboard.press('Enter'));
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Closes the editor in front of all others. Escape would not: the focus may have gone with a button that was pressed. */
  async closeModalEditor() {
    const block = this.page.locator('.monaco-modal-editor-block');
    await block.locator('.modal-editor-action-container').getByRole('button', { name: /^Close/ }).click();
    await block.waitFor({ state: 'hidden' });
  }

  async clearMessages() {
    await this.command('Notifications: Clear All Notifications');
  }

  async screenshot(name) {
    await this.page.screenshot({ path: join(this.screenshots, `${name}.png`) });
  }
}
