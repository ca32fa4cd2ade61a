// The worker that runs, proves and verifies, with its threads.

import type { HostOptions } from './host';
import type { FileChange, FromWorker, ToJobs } from './messages';

/** The pages of the shared memory of threads, of 64 KiB: the first and the most (xtask/src/wasm/mod.rs). */
const PAGES = { initial: 512, maximum: 16384 };

/** The modules that prove, for one thread and for several. */
export const MODULES = { single: 'worker.wasm', threads: 'worker-threads.wasm' };

/** One worker, and its threads, from its start to its end. What is sent before it is ready waits. */
export class Jobs {
  #ended = false;
  readonly #workers: Worker[] = [];
  readonly #ready: Promise<Worker>;

  constructor(
    private readonly options: HostOptions,
    module: Promise<WebAssembly.Module>,
    files: Promise<FileChange[]>,
    private readonly heard: (message: FromWorker) => void,
  ) {
    this.#ready = this.#start(module, files);
    this.#ready.catch((error: unknown) => this.#failed(error));
  }

  send(message: ToJobs): void {
    this.#ready.then(
      (worker) => this.#ended || worker.postMessage(message),
      () => undefined,
    );
  }

  /** Ends it at once. Nothing is heard of it any more. */
  end(): void {
    this.#ended = true;
    for (const worker of this.#workers.splice(0)) worker.terminate();
  }

  async #start(module: Promise<WebAssembly.Module>, files: Promise<FileChange[]>): Promise<Worker> {
    const { threads } = this.options;
    const worker = await this.#worker('jobs.worker.js');
    const memory = threads > 1 ? new WebAssembly.Memory({ ...PAGES, shared: true }) : null;
    worker.postMessage({ kind: 'start', module: await module, memory, threads } satisfies ToJobs);
    worker.postMessage({ kind: 'files', changes: await files } satisfies ToJobs);
    return worker;
  }

  async #worker(script: string): Promise<Worker> {
    const worker = await this.options.worker(script);
    if (this.#ended) worker.terminate();
    else this.#workers.push(worker);
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#take(data);
    worker.onerror = (event) => this.#failed(event.message);
    return worker;
  }

  #take(message: FromWorker): void {
    if (this.#ended) return;
    if (message.kind === 'thread') {
      this.#worker('thread.worker.js').then(
        (thread) => this.#ended || thread.postMessage(message.to),
        (error: unknown) => this.#failed(error),
      );
    } else {
      this.heard(message);
      if (message.kind === 'ended') this.end();
    }
  }

  #failed(error: unknown): void {
    this.#take({ kind: 'ended', why: error instanceof Error ? error.message : String(error) });
  }
}
