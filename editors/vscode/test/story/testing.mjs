// Tests that stand in a program, as somebody has them who sits before the window: seen, run, looked into and debugged.

import { DebugView } from '../editor/debug-view.mjs';

const LIBRARY = `## The larger of two words.
.routine max ( a b -- c )
    DUP 1
    DUP 1
    LT          # a b (a < b)
    JNZ second
    POP
    RET
second:
    SWAP
    POP
    RET

.test max ( 3 4 -- 4 )
.test max ( 9 2 -- 9 )
.test max ( 5 6 -- 5 )
`;
const PROGRAM = `.use "./larger"

    READ
    SECRET
    CALL larger.max
    WRITE
    HALT

.test "a secret bid wins"
    .public 10
    .secret 12
    .output 12
`;

export async function testing(server, window) {
  const { page } = window;
  server.write('larger.prov', LIBRARY);
  server.write('bid.prov', PROGRAM);
  // Results are looked at where the tests stand.
  server.set({ 'testing.automaticallyOpenTestResults': 'neverOpen' });
  await window.open('larger.prov');
  // Those of files that nobody has opened are there too.
  await window.command('Testing: Focus on Test Explorer View');
  const row = (name) => page.locator('.test-explorer .monaco-list-row').filter({ hasText: name }).first();
  const icon = (name, state) => row(name).locator(`.codicon-testing-${state}-icon`).waitFor();
  await row('bid.prov').waitFor();
  await row('larger.prov').click();
  await page.keyboard.press('ArrowRight');
  await row('max ( 5 6 -- 5 )').waitFor();

  // The lens over a test ends in the same place.
  await row('bid.prov').waitFor();
  await window.see('.codelens-decoration a', /Run Test/);
  await window.lens('Run Test');
  await icon('max ( 3 4 -- 4 )', 'passed');
  await window.screenshot('19-tests');

  // One that fails says what it expected.
  const press = async (name, button) => {
    await row(name).hover();
    await row(name).locator(`.codicon-${button}`).click();
  };
  await press('max ( 5 6 -- 5 )', 'testing-run-icon');
  await icon('max ( 5 6 -- 5 )', 'failed');
  await page.locator('.test-error-content-widget').filter({ hasText: '6 != 5' }).click();
  await window.see('.test-output-peek', 'the stack differs');
  await window.see('.test-output-peek .editor.original .view-line', /^5$/);
  await window.see('.test-output-peek .editor.modified .view-line', /^6$/);
  await window.screenshot('20-difference');
  await page.keyboard.press('Escape');
  await page.locator('.test-output-peek').waitFor({ state: 'detached' });

  // It is mended while its tests run after each change.
  await press('larger.prov', 'testing-turn-continuous-run-on');
  await window.goTo(16);
  await page.keyboard.press('End');
  for (let step = 0; step < ' )'.length; step++) {
    await page.keyboard.press('ArrowLeft');
  }
  await page.keyboard.press('Backspace');
  await page.keyboard.type('6');
  await icon('max ( 5 6 -- 6 )', 'passed');
  await icon('max ( 9 2 -- 9 )', 'passed');
  await window.screenshot('21-continuous');
  await row('larger.prov').hover();
  await row('larger.prov').locator('.action-label.checked').click();
  await window.command('File: Save');

  // What the program's own test covers of the library.
  await press('bid.prov', 'testing-coverage-icon');
  await icon('bid.prov', 'passed');
  await window.see('.test-coverage-list-item', /larger\.prov/);
  await page.locator('.coverage-deco-miss').first().waitFor();
  await window.screenshot('22-coverage');

  // The one that failed in the debugger, from a breakpoint.
  const debug = new DebugView(window);
  await debug.clickGutter(5);
  await debug.seeBreakpoints(1);
  await press('max ( 5 6 -- 6 )', 'testing-debug-icon');
  await window.command('View: Show Run and Debug');
  await debug.stoppedAt('larger.prov', 5, 'breakpoint');
  await debug.expand('Operand stack');
  await debug.seeVariable('[0]', '6');
  await debug.seeVariable('[1]', '5');
  await window.screenshot('23-debug-test');
  await debug.clickGutter(5);
  await debug.press('debug-continue');
  await window.see('.debug-pane', 'halted after');
  await debug.stop();
  await window.command('Testing: Focus on Test Explorer View');
  await icon('max ( 5 6 -- 6 )', 'passed');
  await window.command('View: Show Explorer');
  server.set({});
}
