// The examples, as the build put them in.

import all from 'examples:all';

export interface Example {
  name: string;
  /** What it is, in a line. */
  about: string;
  /** Whether a proof of it takes seconds. */
  quick: boolean;
  program: string;
  inputs: string;
}

export const examples: readonly Example[] = all;

export function exampleNamed(name: string): Example | undefined {
  return examples.find((one) => one.name === name);
}

/** The example with exactly this text. */
export function exampleWith(program: string): Example | undefined {
  return examples.find((one) => one.program === program);
}
