// A thread of the worker that proves: another instance of its module, over the same memory.

import type { ToThread } from './messages';
import { Module } from './module';

onmessage = ({ data }: MessageEvent<ToThread>) => {
  const { exports } = new Module(data.module, (message) => postMessage(message), data.memory);
  exports.__stack_pointer.value = data.stack;
  if (data.storage) exports.__wasm_init_tls(data.storage);
  exports.run_thread(data.number);
};
