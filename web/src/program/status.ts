// The answer to `provable.status` (docs/editor.md, "Status"), as far as the page reads it.

export type State = 'none' | 'queued' | 'running' | 'fresh' | 'stale' | 'failed';

export interface Trap {
  kind?: string;
  message: string;
  pc?: number;
  line?: number | null;
}

export interface Table {
  table: string;
  what: string;
  used: number;
  capacity: number;
}

export interface Cost {
  tier: string;
  decided: string;
  key_ready: boolean;
  prove_ms: number;
  setup_ms: number;
  tables: Table[];
}

export interface RunAnswer {
  steps: number;
  outputs: number[];
  output_words: number;
  stack: number[];
  stack_words: number;
  carry: boolean;
  trace_digest: string | null;
  trap: Trap | null;
  cost: Cost | null;
}

export interface ProofAnswer {
  tier: string;
  rows: number;
  steps: number;
  constraints: number;
  proof_bytes: number;
  prove_ms: number;
  setup_ms: number | null;
  program_digest: string;
}

export interface Status {
  run: { state: State; why: string | null; answer: RunAnswer | null };
  proof: {
    state: State;
    why: string | null;
    answer: ProofAnswer | null;
    verified: boolean;
    no_proof: string | null;
    public_input: number[] | null;
    public_output: number[] | null;
    trace_commitment: string | null;
    key: { digest: string; origin: string | null } | null;
    inputs: 'same' | 'different' | 'none' | 'unreadable' | null;
  };
  activity: string | null;
  failure: string | null;
  text: string;
}

export interface TestResult {
  id: string;
  name: string;
  line: number;
  state?: 'fresh' | 'stale';
  verdict?: 'passed' | 'failed';
  message?: string | null;
  steps?: number | null;
  runs?: number | null;
  counterexample?: number[] | null;
}

export interface TestAnswer {
  tests: TestResult[];
  passed?: number;
  failed?: number;
}

/** A time as people say it. */
export function duration(ms: number): string {
  if (ms < 1000) {
    return `${Math.round(ms)} ms`;
  }
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

export function plural(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

/** Words as text, if all of them are characters that can be seen. */
export function asText(words: readonly number[]): string | undefined {
  const isText = words.length > 1 && words.every((word) => (word >= 0x20 && word < 0x7f) || (word >= 0xa0 && word <= 0x10ffff && !(word >= 0xd800 && word < 0xe000)));
  return isText ? String.fromCodePoint(...words) : undefined;
}
