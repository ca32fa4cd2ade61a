// The worker of the language server, or of a debug session.

import type { FromWorker, KeyAnswer, KeyCall, ToServer } from './messages';
import { Module } from './module';

const post = (message: FromWorker) => postMessage(message);
let module: Module | null = null;
let takes: 'lsp_message' | 'dap_message' = 'lsp_message';

/** Turns for long work: a message of a port comes after those of the host that are there already. */
const turn = new MessageChannel();
turn.port1.onmessage = () => call((exports) => exports.go_on());

/** Calls the module. If it has work to go on with, it gets another turn. */
function call(exported: (exports: Module['exports']) => number): void {
  const running = module;
  if (!running) return;
  const goesOn = running.attempt(() => {
    if (exported(running.exports) === 1) turn.port2.postMessage(null);
  });
  if (!goesOn) module = null;
}

function keys(running: Module, what: KeyCall): void {
  if (what.what === 'list') running.exports.list_keys();
  else if (what.what === 'export') running.exports.export_key(running.pass(what.digest));
  else running.exports.import_key(running.pass(what.key));
}

onmessage = ({ data }: MessageEvent<ToServer>) => {
  if (data.kind === 'start') {
    takes = data.role === 'debugger' ? 'dap_message' : 'lsp_message';
    module = new Module(data.module, post);
    call((exports) => (data.role === 'debugger' ? exports.start_debugger() : exports.start_language_server()));
    return;
  }
  const running = module;
  if (!running) return;
  switch (data.kind) {
    case 'files':
      return void running.attempt(() => running.put(data.changes));
    case 'message':
      return call((exports) => exports[takes](running.pass(data.body)));
    case 'jobsSaid':
      return call((exports) => exports.worker_said(running.pass(data.line)));
    case 'jobsEnded':
      return call((exports) => exports.worker_ended(running.pass(data.why)));
    case 'keys':
      return void running.attempt(() => {
        keys(running, data.call);
        post({ kind: 'keys', id: data.id, answer: JSON.parse(running.answer()) as KeyAnswer });
      });
  }
};
