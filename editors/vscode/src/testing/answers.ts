// What the server says of tests, as far as it is read here: its answers to `provable.tests` and to `provable.test`.

/** A test of a file. Its lines count from 1, and the last one belongs to it. */
export interface Test {
  /** No other test of the file has it. */
  id: string;
  name: string;
  line: number;
  end_line: number;
}

/** How a test came out. */
export interface Verdict extends Test {
  verdict: 'passed' | 'failed';
  /** Why it failed. */
  message: string | null;
  steps: number;
  rows: number | null;
  runs: number;
  /** Where it trapped, and then the `.inline` lines that led there. Lines and columns count from 0. */
  trap: { kind: string; message: string; places: { uri: string; range: { start: { line: number; character: number } } }[] } | null;
  /** The words that were expected, and those that came; `what` they are, such as `stack`. */
  difference: { what: string; expected: number[]; actual: number[] } | null;
  /** The random words of the run that failed, by their names. */
  counterexample: Record<string, number> | null;
}

/** How often the lines of a file were executed: line, from 1, and count. */
export interface Executed {
  uri: string;
  lines: [number, number][];
}

export interface Answer {
  tests: Verdict[];
  passed: number;
  failed: number;
  seed: number;
  coverage?: Executed[];
}

/** Several answers as one; counts of the same line are added. */
export function together(answers: Answer[]): Answer {
  const counts = new Map<string, Map<number, number>>();
  for (const { uri, lines } of answers.flatMap((answer) => answer.coverage ?? [])) {
    const ofFile = counts.get(uri) ?? new Map<number, number>();
    counts.set(uri, ofFile);
    for (const [line, count] of lines) {
      ofFile.set(line, (ofFile.get(line) ?? 0) + count);
    }
  }
  const sum = (of: (answer: Answer) => number) => answers.reduce((total, answer) => total + of(answer), 0);
  return {
    tests: answers.flatMap((answer) => answer.tests),
    passed: sum((answer) => answer.passed),
    failed: sum((answer) => answer.failed),
    seed: answers[0]?.seed ?? 0,
    coverage: [...counts].map(([uri, lines]) => ({ uri, lines: [...lines].sort(([a], [b]) => a - b) })),
  };
}
