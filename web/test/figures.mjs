// figures.mjs PROVABLE: how large the modules are and how long things take in the page, beside the command on the same machine, in one run.
// It prints the tables of README.md. Run it on a quiet machine, with PROVABLE optimised.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { launch } from './support/browser.mjs';
import { serve } from './support/serve.mjs';

const binary = resolve(process.argv[2] ?? '');
const web = fileURLToPath(new URL('..', import.meta.url));
const dist = join(web, 'dist');
const engine = join(dist, readdirSync(dist).find((name) => name.startsWith('engine-')));
const folder = mkdtempSync(join(tmpdir(), 'provable-figures-'));

/** How often each is measured. The median is told. */
const ROUNDS = 7;
const TIERS = ['113', '251', '512'];
/** A program, and inputs with which its run takes nearly all rows of a tier. */
const text = readFileSync(fileURLToPath(new URL('../../examples/fibonacci.prov', import.meta.url)), 'utf8');
const INPUTS = { 113: [11], 251: [26], 512: [47] };
const long = `${'PUSH 1\nPUSH 2\nADD\nPOP\n'.repeat(250)}`;

const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
const ms = (time) => (time >= 100 ? time.toFixed(0) : time.toFixed(1));

/** In the page: starts a host of its own, and measures. */
async function measured(page, origin, threads, rounds) {
  return page.evaluate(
    async ({ origin, threads, rounds, text, inputs, long, rounds_of }) => {
      const { start, served, Jobs, MODULES } = await import(`${origin}host.js`);
      const began = performance.now();
      const host = await start(served(`${origin}engine/`, threads));
      let count = 0;
      const waiting = new Map();
      let published = () => undefined;
      host.lsp.onMessage((message) => {
        if (message.method === undefined) waiting.get(message.id)?.(message);
        else if (message.method === 'textDocument/publishDiagnostics') published(message.params);
        else if (message.id !== undefined) host.lsp.send({ jsonrpc: '2.0', id: message.id, result: null });
      });
      const request = (method, params) => new Promise((done) => {
        waiting.set(++count, done);
        host.lsp.send({ jsonrpc: '2.0', id: count, method, params });
      });
      const notify = (method, params) => host.lsp.send({ jsonrpc: '2.0', method, params });
      const diagnostics = (version) => new Promise((done) => (published = (params) => params.version === version && done()));
      await request('initialize', { processId: null, capabilities: {} });
      notify('initialized', {});
      const uri = (name) => `file:///program/${name}.prov`;
      const first = diagnostics(1);
      notify('textDocument/didOpen', { textDocument: { uri: uri('long'), languageId: 'provable', version: 1, text: long } });
      await first;
      const toDiagnostics = performance.now() - began;
      const keystrokes = [];
      for (let version = 2; version < 40; version++) {
        const at = { line: 500, character: 0 };
        const answer = diagnostics(version);
        const pressed = performance.now();
        notify('textDocument/didChange', { textDocument: { uri: uri('long'), version }, contentChanges: [{ range: { start: at, end: at }, text: version % 2 ? ' ' : '' }] });
        await answer;
        if (version > 9) keystrokes.push(performance.now() - pressed);
      }
      const module = WebAssembly.compile(await served(`${origin}engine/`, threads).bytes(threads > 1 ? MODULES.threads : MODULES.single));
      let heard = () => undefined;
      let written = '';
      const jobs = new Jobs(served(`${origin}engine/`, threads), module, Promise.resolve([['/program/x', new Uint8Array()]]), (message) => {
        if (message.kind === 'ended') throw new Error(message.why);
        if (message.kind === 'message') heard(message.body);
        if (message.kind === 'written' && message.change[1]) written = new TextDecoder().decode(message.change[1]);
      });
      const job = (line) => new Promise((done) => {
        heard = (body) => {
          if (!body.startsWith('{"progress"')) done(body);
        };
        jobs.send({ kind: 'line', line: new TextEncoder().encode(line) });
      });
      job.read = async () => written;
      const proofs = {};
      for (const [name, input] of Object.entries(inputs)) proofs[name] = await (0, eval)(`(${rounds_of})`)(job, text, input, name, rounds, '/program/x.proof.json');
      jobs.end();
      host.dispose();
      return { toDiagnostics, keystrokes, proofs };
    },
    { origin, threads, rounds, text, inputs: INPUTS, long, rounds_of: String(rounds_of) },
  );
}

/** Proofs and verifications by jobs of a worker, which tells how long each took. `job` sends a line and gives the answer. */
async function rounds_of(job, text, input, tier, rounds, out) {
  const subject = { name: 'x.prov', program: text, inputs: { public: input, secret: [] } };
  const ask = async (request) => {
    const { done, failed } = JSON.parse(await job(JSON.stringify({ id: 1, request })));
    if (failed) throw new Error(failed.error.message);
    return done.answer.with;
  };
  const taken = { prove: [], verify: [] };
  for (let round = 0; round <= rounds; round++) {
    const limits = { max_steps: 1e6, max_memory: 2 ** 28 };
    const proved = await ask({ do: 'prove', with: { subject, ...limits, tier, out } });
    const proof = await job.read(out);
    const verified = await ask({ do: 'verify', with: { subject, proof } });
    if (!verified.valid) throw new Error(verified.reason);
    if (round > 0) {
      taken.prove.push(proved.prove_ms);
      taken.verify.push(verified.verify_ms);
    }
  }
  return taken;
}

/** The command's worker. */
async function command(threads) {
  const env = { ...process.env, RAYON_NUM_THREADS: String(threads) };
  const worker = spawn(binary, ['worker', '--keys', join(folder, 'keys')], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: worker.stdout })[Symbol.asyncIterator]();
  const job = async (line) => {
    worker.stdin.write(`${line}\n`);
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error('the worker ended');
      if (!value.startsWith('{"progress"')) return value;
    }
  };
  job.read = async (path) => readFileSync(path, 'utf8');
  const results = {};
  for (const name of TIERS) results[name] = await rounds_of(job, text, INPUTS[name], name, ROUNDS, join(folder, 'x.proof.json'));
  worker.stdin.end();
  return results;
}

console.log('| module | bytes | gzip |\n| --- | --- | --- |');
const verifier = fileURLToPath(new URL('../../packages/provable-verify/dist/verifier.wasm', import.meta.url));
for (const [name, file] of [...readdirSync(engine).filter((one) => one.endsWith('.wasm')).map((one) => [one, join(engine, one)]), ['verifier.wasm (npm)', verifier]]) {
  const bytes = readFileSync(file);
  console.log(`| ${name} | ${bytes.length.toLocaleString('en')} | ${gzipSync(bytes, { level: 9 }).length.toLocaleString('en')} |`);
}

// The host alone, so that the editor's own work is not measured.
const alone = join(folder, 'site');
const stdin = { contents: "export * from './host'; export * from './jobs';", resolveDir: join(web, 'host'), loader: 'ts' };
await build({ stdin, bundle: true, format: 'esm', outfile: join(alone, 'host.js'), logLevel: 'warning' });
for (const name of readdirSync(engine)) {
  const { mkdirSync, copyFileSync } = await import('node:fs');
  mkdirSync(join(alone, 'engine'), { recursive: true });
  copyFileSync(join(engine, name), join(alone, 'engine', name));
}
writeFileSync(join(alone, 'index.html'), '<!doctype html><title>figures</title>');
const server = await serve(alone, { isolated: true });
const results = {};
const starts = [];
for (const threads of [1, 2]) {
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(server.address);
  results[`the page, ${threads} thread${threads > 1 ? 's' : ''}`] = await measured(page, server.address, threads, ROUNDS);
  await browser.close();
}
for (let round = 0; round < 5; round++) {
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(server.address);
  starts.push((await measured(page, server.address, 1, -1)).toDiagnostics);
  await browser.close();
}
await server.close();
const keystrokes = results['the page, 1 thread'].keystrokes;
console.log(`\nstart to first diagnostics: ${ms(median(starts))} ms; keystroke to diagnostics at 1,000 lines: ${ms(median(keystrokes))} ms\n`);
for (const threads of [1, 2]) results[`the command, ${threads} thread${threads > 1 ? 's' : ''}`] = { proofs: await command(threads) };
console.log(`| | ${TIERS.map((name) => `prove, tier ${name} | verify`).join(' | ')} |\n| --- |${' --- | --- |'.repeat(TIERS.length)}`);
for (const [name, { proofs }] of Object.entries(results)) {
  console.log(`| ${name} | ${TIERS.map((tier) => `${ms(median(proofs[tier].prove))} ms | ${ms(median(proofs[tier].verify))} ms`).join(' | ')} |`);
}
rmSync(folder, { recursive: true });
