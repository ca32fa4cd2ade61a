// What the workers and their host say to each other.

/** A file: its absolute path and what it holds; null if it is removed. */
export type FileChange = readonly [path: string, content: Uint8Array | null];

/** To the worker of the language server, and to that of a debug session. */
export type ToServer =
  | { kind: 'start'; module: WebAssembly.Module; role: 'languageServer' | 'debugger' }
  | { kind: 'files'; changes: FileChange[] }
  | { kind: 'message'; body: string }
  | { kind: 'jobsSaid'; line: Uint8Array }
  | { kind: 'jobsEnded'; why: string }
  | { kind: 'keys'; id: number; call: KeyCall };

/** To the worker that runs, proves and verifies. */
export type ToJobs =
  | { kind: 'start'; module: WebAssembly.Module; memory: WebAssembly.Memory | null; threads: number }
  | { kind: 'files'; changes: FileChange[] }
  | { kind: 'line'; line: Uint8Array };

/** To a thread of the worker that proves. */
export interface ToThread {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** The end of its stack, and its thread-local storage. */
  stack: number;
  storage: number;
  /** What it runs. */
  number: number;
}

/** From any worker. */
export type FromWorker =
  | { kind: 'message'; body: string }
  | { kind: 'line'; line: Uint8Array }
  | { kind: 'startJobs' }
  | { kind: 'endJobs' }
  | { kind: 'written'; change: FileChange }
  | { kind: 'thread'; to: ToThread }
  | { kind: 'keys'; id: number; answer: KeyAnswer }
  | { kind: 'ended'; why: string };

/** What is done with the keys in the store. */
export type KeyCall = { what: 'list' } | { what: 'export'; digest: string } | { what: 'import'; key: Uint8Array };

/** The answer: a value of the call, or an error for a person. */
export interface KeyAnswer {
  value?: unknown;
  error?: string;
}
