// What the editor starts: runs every test, and fails with those that failed.

import { format } from 'node:util';
import Mocha from 'mocha';

/** How its lines are told from what else the editor logs. */
const MARK = 'TEST ';

export async function run(): Promise<void> {
  Mocha.reporters.Base.consoleLog = (...words: unknown[]) => {
    for (const line of format(...words).split('\n')) {
      console.log(MARK + line);
    }
  };
  // Longer than several waits of one test: each fails by itself, and says what it saw.
  const mocha = new Mocha({ ui: 'tdd', timeout: 90_000, reporter: 'spec', color: false });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./language.js');
  await import('./commands.js');
  await import('./settings.js');
  await import('./debugging.js');
  await import('./testing.js');
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) {
    throw new Error(`${failures} of the tests failed`);
  }
}
