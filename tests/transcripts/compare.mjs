// Has both verifiers judge ceremonies, right and spoilt ones: the command `provable`, and verify.mjs.
//
//     node compare.mjs PROVABLE [--folder FOLDER] [PART]
//
// The exit status is 0 if both say what is expected of each. PART judges only the variants whose names have it. With --folder, the ceremonies that
// all are made of are kept there, and used again.

import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { make } from './compare/ceremonies.mjs';
import { rules } from './compare/rules.mjs';
import { benchIn, variantsOf } from './compare/variants.mjs';

const { values, positionals } = parseArgs({ options: { folder: { type: 'string' } }, allowPositionals: true });
const [binary, part = ''] = positionals;
if (!binary) {
  console.error('usage: node compare.mjs PROVABLE [--folder FOLDER] [PART]');
  process.exit(2);
}
const folder = values.folder ? resolve(values.folder) : mkdtempSync(join(tmpdir(), 'provable-transcripts-'));
try {
  process.exitCode = await compare(resolve(binary)) ? 0 : 1;
} finally {
  if (!values.folder) rmSync(folder, { recursive: true });
}

async function compare(provable) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const made = join(folder, 'made');
  if (!existsSync(made)) {
    const unfinished = mkdtempSync(join(folder, 'making-'));
    make(provable, unfinished);
    renameSync(unfinished, made);
    console.log(`the ceremonies are made, after ${seconds()} s`);
  }
  const variants = variantsOf(benchIn(made));
  const numbers = [...variants.keys()].filter((number) => variants[number].name.includes(part));
  const verdicts = await judged(provable, made, numbers, ({ number, problems, ours, theirs, seconds: taken }) => {
    const { name } = variants[number];
    const said = JSON.stringify({ 'verify.mjs': ours, provable: theirs });
    if (problems.length > 0) console.log(`FAILED ${name}\n  ${[...problems, said].join('\n  ')}`);
    else if (part) console.log(`${name}: ${said}, ${taken.toFixed(1)} s`);
  });
  const reasons = verdicts.map(({ ours }) => ours?.refused).filter(Boolean);
  const idle = part ? [] : rules().filter(({ pattern }) => !reasons.some((reason) => pattern.test(reason)));
  for (const { reason } of idle) console.log(`FAILED no variant is refused for this reason: ${reason}`);
  const failed = verdicts.filter(({ problems }) => problems.length > 0).length;
  console.log(`${verdicts.length} ceremonies judged in ${seconds()} s, ${verdicts.length - failed} of them as expected by both verifiers`);
  return failed === 0 && idle.length === 0 && verdicts.length > 0;
}

/** Spreads the variants over a worker a core. */
async function judged(provable, made, numbers, report) {
  const waiting = [...numbers];
  const verdicts = [];
  const work = () => new Promise((done, fail) => {
    const worker = new Worker(new URL('./compare/judge.mjs', import.meta.url), { workerData: { binary: provable, folder: made } });
    const next = () => {
      const number = waiting.shift();
      if (number === undefined) worker.terminate().then(done, fail);
      else worker.postMessage(number);
    };
    worker.on('message', (verdict) => {
      verdicts.push(verdict);
      report(verdict);
      next();
    });
    worker.on('error', fail);
    next();
  });
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), numbers.length) }, work));
  return verdicts;
}
