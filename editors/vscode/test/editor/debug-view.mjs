// The debugger as it is seen in a window: breakpoints, buttons, where the program stands and what it holds.

import { until } from './waiting.mjs';

export class DebugView {
  constructor(window) {
    this.window = window;
    this.page = window.page;
  }

  /** Clicks beside a line's number, where breakpoints are set and removed. */
  async clickGutter(line) {
    // Views may have editors of their own, to filter by.
    const margin = this.page.locator('.part.editor .monaco-editor .margin').first();
    const number = margin.locator('.line-numbers').getByText(String(line), { exact: true });
    const [{ x }, { y, height }] = [await margin.boundingBox(), await number.boundingBox()];
    await this.page.mouse.click(x + 10, y + height / 2);
  }

  /** Waits for as many breakpoints in the gutter. */
  async seeBreakpoints(count) {
    const breakpoints = this.page.locator('.monaco-editor [class*=codicon-debug-breakpoint], .monaco-editor [class*=codicon-debug-stackframe-dot]');
    await until(`${count} breakpoints beside the text`, () => breakpoints.count(), (found) => found === count);
  }

  /** Presses a button of the debug toolbar, by its icon, once it can be pressed. */
  async press(icon) {
    await this.page.locator(`.debug-toolbar .codicon-${icon}:not(.disabled)`).click();
  }

  /** Waits until the program stands at a line, for a reason if one is given. */
  async stoppedAt(file, line, reason) {
    await this.window.see('.debug-call-stack .monaco-list-row', new RegExp(`${file}\\s*${line}:`));
    await this.page.locator('.monaco-editor .debug-top-stack-frame-line').first().waitFor();
    if (reason !== undefined) {
      await this.window.see('.debug-pane', reason);
    }
  }

  /** Opens a group of variables, if the editor has not opened it by itself. */
  async expand(group) {
    const row = this.page.locator('.debug-variables .monaco-list-row').filter({ hasText: group }).first();
    await row.waitFor();
    await until(`${group} to open`, async () => {
      if ((await row.getAttribute('aria-expanded')) === 'false') {
        await row.click();
      }
      return row.getAttribute('aria-expanded');
    }, (isOpen) => isOpen === 'true');
  }

  /** The first variable of a name. */
  variable(name) {
    return this.page.locator('.debug-variables .monaco-list-row').filter({ hasText: `${name} =` }).first();
  }

  /** Waits until the first variable of a name has a value. */
  async seeVariable(name, value) {
    const text = () => this.variable(name).textContent({ timeout: 1000 }).catch(() => 'not there');
    await until(`${name} = ${value}`, text, (found) => found.trim().replace(/\s*=\s*/, ' = ') === `${name} = ${value}`);
  }

  /** Sets the first variable of a name, in its place. */
  async setVariable(name, value) {
    await this.variable(name).dblclick();
    await this.page.locator('.debug-variables .monaco-inputbox input').fill(value);
    await this.page.keyboard.press('Enter');
  }

  async watch(expression) {
    await this.window.command('Debug: Focus on Watch View');
    const pane = this.page.locator('.pane').filter({ has: this.page.locator('.debug-watch') });
    await pane.locator('.pane-header').hover();
    await pane.locator('.codicon-watch-expressions-add').click();
    await pane.locator('.monaco-inputbox input').fill(expression);
    await this.page.keyboard.press('Enter');
  }

  /** Ends the session. */
  async stop() {
    await this.press('debug-stop');
    await this.page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
  }
}
