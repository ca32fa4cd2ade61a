// What is said of a test that was run.

import type { Answer, Verdict } from './answers';

/** Why a test failed, on one line, with the random words that it failed with. */
export function failure({ message, counterexample }: Verdict): string {
  const why = message ?? 'it failed';
  const words = Object.entries(counterexample ?? {}).map(([name, word]) => `${name} = ${word}`);
  return words.length === 0 ? why : `${why}, with ${words.join(', ')}`;
}

/** The two sides of a comparison, a word on each line, deepest first as the test has them. */
export function sides({ difference }: Verdict): { expected: string; actual: string } | undefined {
  const lines = (words: number[]) => (words.length === 0 ? `(no ${difference?.what})` : words.join('\n'));
  return difference === null ? undefined : { expected: lines(difference.expected), actual: lines(difference.actual) };
}

/** What the output of the run says of a test. */
export function report(verdict: Verdict): string {
  const { name, steps, rows, runs, difference } = verdict;
  const counts = [count(steps, 'step'), ...(rows === null ? [] : [count(rows, 'row')]), ...(runs > 1 ? [count(runs, 'run')] : [])];
  const lines = [`${verdict.verdict}: ${name} (${counts.join(', ')})`];
  if (verdict.verdict === 'failed') {
    lines.push(`  ${failure(verdict)}`);
  }
  if (difference !== null) {
    const words = (all: number[]) => (all.length === 0 ? 'nothing' : all.join(' '));
    lines.push(`  expected ${difference.what}: ${words(difference.expected)}`, `  actual ${difference.what}:   ${words(difference.actual)}`);
  }
  return lines.join('\n');
}

/** How all of them came out. Where there were random words, the seed brings them back. */
export function summary({ tests, passed, failed, seed }: Answer): string {
  const isRandom = tests.some(({ runs, counterexample }) => runs > 1 || counterexample !== null);
  return `${failed === 0 ? '' : `${failed} failed, `}${passed} passed${isRandom ? ` (seed ${seed})` : ''}`;
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
