// A WebAssembly module in its worker: how bytes go in and out. wasm/abi has the other side.

import type { FileChange, FromWorker } from './messages';

/** What the modules export, each as far as it has it. */
export interface Exports {
  memory?: WebAssembly.Memory;
  allocate(length: number): number;
  answer_at(): number;
  answer_len(): number;
  put_file(path: number, content: number): number;
  remove_file(path: number): number;
  start_language_server(): number;
  start_debugger(): number;
  lsp_message(body: number): number;
  dap_message(body: number): number;
  worker_said(line: number): number;
  worker_ended(why: number): number;
  go_on(): number;
  list_keys(): number;
  export_key(digest: number): number;
  import_key(key: number): number;
  start_worker(): number;
  start_threads(count: number): number;
  perform(line: number): number;
  run_thread(number: number): void;
  allocate_for_thread(length: number, align: number): number;
  __stack_pointer: WebAssembly.Global;
  __tls_size: WebAssembly.Global;
  __tls_align: WebAssembly.Global;
  __wasm_init_tls(storage: number): void;
}

const text = new TextEncoder();
const words = new TextDecoder();

/** The first byte of what a module sends (wasm/server/src/outgoing.rs). */
const enum Sent {
  Client,
  Jobs,
  StartJobs,
  EndJobs,
  Written,
  Removed,
  Panicked,
}

export class Module {
  readonly exports: Exports;
  readonly #memory: WebAssembly.Memory;
  #panic = '';

  /** An instance. `memory` is given if it is shared with other instances. */
  constructor(
    module: WebAssembly.Module,
    private readonly post: (message: FromWorker) => void,
    memory: WebAssembly.Memory | null = null,
    spawn: (number: number) => void = () => undefined,
  ) {
    const host = {
      now: () => performance.timeOrigin + performance.now(),
      random: (at: number, length: number) => this.#random(at, length),
      send: (at: number, length: number) => this.#sent(this.#copy(at, length)),
      spawn,
    };
    const imports = { host, ...(memory && { env: { memory } }) };
    this.exports = new WebAssembly.Instance(module, imports).exports as unknown as Exports;
    const own = memory ?? this.exports.memory;
    if (!own) throw new Error('the module has no memory');
    this.#memory = own;
  }

  /** Passes bytes: their address, which one call takes. */
  pass(bytes: Uint8Array | string): number {
    const whole = typeof bytes === 'string' ? text.encode(bytes) : bytes;
    const at = this.exports.allocate(whole.length);
    if (at === 0) throw new Error('there is no memory left');
    // The memory is looked at anew each time: one that has grown is another buffer.
    new Uint8Array(this.#memory.buffer, at, whole.length).set(whole);
    return at;
  }

  /** The answer of the last call. */
  answer(): string {
    return words.decode(this.#copy(this.exports.answer_at(), this.exports.answer_len()));
  }

  put(changes: FileChange[]): void {
    for (const [path, content] of changes) {
      if (content) this.exports.put_file(this.pass(path), this.pass(content));
      else this.exports.remove_file(this.pass(path));
    }
  }

  /** Does what may end the module. Its end is told to the host; whether it goes on. */
  attempt(call: () => void): boolean {
    try {
      call();
      return true;
    } catch (error) {
      const why = this.#panic || (error instanceof Error ? error.message : String(error));
      this.post({ kind: 'ended', why });
      return false;
    }
  }

  #copy(at: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(new Uint8Array(this.#memory.buffer, at, length));
  }

  #random(at: number, length: number): void {
    // At most 65,536 bytes are given at once, and none into shared memory.
    for (let done = 0; done < length; done += 65536) {
      const bytes = crypto.getRandomValues(new Uint8Array(Math.min(65536, length - done)));
      new Uint8Array(this.#memory.buffer, at + done, bytes.length).set(bytes);
    }
  }

  #sent(message: Uint8Array<ArrayBuffer>): void {
    const body = message.subarray(1);
    switch (message[0] as Sent) {
      case Sent.Client:
        return this.post({ kind: 'message', body: words.decode(body) });
      case Sent.Jobs:
        return this.post({ kind: 'line', line: body.slice() });
      case Sent.StartJobs:
        return this.post({ kind: 'startJobs' });
      case Sent.EndJobs:
        return this.post({ kind: 'endJobs' });
      case Sent.Written: {
        const length = new DataView(body.buffer, body.byteOffset).getUint32(0, true);
        const path = words.decode(body.subarray(4, 4 + length));
        return this.post({ kind: 'written', change: [path, body.slice(4 + length)] });
      }
      case Sent.Removed:
        return this.post({ kind: 'written', change: [words.decode(body), null] });
      case Sent.Panicked:
        this.#panic = `it failed at ${words.decode(body)}`;
    }
  }
}
