// The seeds that random words of failed tests come from, so that the debugger meets the words that failed.

const failed = new Map<string, number>();

const key = (program: string, id: string) => `${program} ${id}`;

/** Notes how a test of a program came out with a seed. */
export function note(program: string, id: string, seed: number, hasPassed: boolean): void {
  if (hasPassed) {
    failed.delete(key(program, id));
  } else {
    failed.set(key(program, id), seed);
  }
}

/** The seed with which a test failed when it was last run. */
export function seedOf(program: string, id: string): number | undefined {
  return failed.get(key(program, id));
}
