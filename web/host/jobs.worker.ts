// The worker that runs, proves and verifies. A job is cancelled by ending it, so nothing here is asynchronous.

import type { FromWorker, ToJobs } from './messages';
import { Module } from './module';

/** The stack of a thread, in bytes. */
const STACK = 1 << 20;

const post = (message: FromWorker) => postMessage(message);
let module: Module | null = null;

/** Has the host start a thread, with memory for its stack and for its thread-local storage. */
function spawn(running: Module, wasm: WebAssembly.Module, memory: WebAssembly.Memory, number: number): void {
  const { exports } = running;
  const size = Number(exports.__tls_size.value);
  const stack = exports.allocate_for_thread(STACK, 16);
  const storage = size ? exports.allocate_for_thread(size, Number(exports.__tls_align.value)) : 0;
  if (!stack || (size && !storage)) throw new Error('there is no memory left for threads');
  post({ kind: 'thread', to: { module: wasm, memory, stack: stack + STACK, storage, number } });
}

onmessage = ({ data }: MessageEvent<ToJobs>) => {
  switch (data.kind) {
    case 'start': {
      const { module: wasm, memory, threads } = data;
      // The module waits for its threads, so each is started while it asks for it.
      const started: Module = new Module(wasm, post, memory, (number) => memory && spawn(started, wasm, memory, number));
      module = started;
      return void started.attempt(() => {
        started.exports.start_worker();
        if (!memory) return;
        if (started.exports.start_threads(threads)) throw new Error('the threads cannot be started');
      });
    }
    case 'files':
      return void module?.attempt(() => module?.put(data.changes));
    case 'line': {
      const running = module;
      return void running?.attempt(() => running.exports.perform(running.pass(data.line)));
    }
  }
};
