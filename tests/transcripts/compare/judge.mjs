// A worker: has both verifiers judge variants. It is sent the number of a variant, and answers with what is wrong.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort, threadId, workerData } from 'node:worker_threads';
import { G1, Refused } from '../basics.mjs';
import { nameOfPowers, verify } from '../verify.mjs';
import { provable } from './ceremonies.mjs';
import { layoutOf, powersOf, remember } from './layout.mjs';
import { benchIn, variantsOf } from './variants.mjs';

const { binary, folder } = workerData;
const bench = benchIn(folder);
const { circuit } = bench;
const variants = variantsOf(bench);

// The variant `untouched` is checked in full, each point too, and without it the comparison fails. So what it has need not be checked
// once more for each file that differs little. The points of the ceremony before phase 2 are taken to be valid: those of `untouched` are
// made of them.
const known = new Map();
{
  const file = bench.read('3.ceremony');
  const layout = layoutOf(file, circuit);
  const { at } = layout.phases[0].records.at(-1);
  const last = [0, 1, 2].map((i) => G1.fromBytes(file.subarray(at + 48 * i, at + 48 * i + 48)));
  known.set(nameOfPowers(powersOf(file, layout), last), true);
  remember(known, file, circuit);
  remember(known, bench.read('0.ceremony'), circuit);
}

/** Who contributed, in both phases. */
const summary = (answer) => JSON.stringify([answer.phase1, answer.phase2].map((phase) => phase.map(({ hash, kind }) => [hash, kind])));

/** The verdict of the second verifier: the contributions, or why it refuses. */
function second(variant, bytes) {
  const memory = variant.isOurs ? new Map(known) : known;
  if (variant.isOurs) remember(memory, bytes, circuit);
  try {
    return { valid: summary(verify(bytes, circuit, memory)) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { refused: error.message };
  }
}

/** The same of the whole script, which remembers nothing. */
function script(path) {
  const verifier = fileURLToPath(new URL('../verify.mjs', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [verifier, path, join(folder, 'circuit.r1cs')], { encoding: 'utf8' });
  const refused = stdout.match(/^refused: (.*)$/m);
  if (refused) return { refused: refused[1] };
  if (status !== 0 || !/^valid; /m.test(stdout)) throw new Error(`verify.mjs ends with status ${status}\n${stdout}${stderr}`);
  const lines = [...stdout.matchAll(/^phase (\d), contribution \d+: (\w+) (\w+)$/gm)];
  const phase = (number) => lines.filter((line) => line[1] === number).map(([, , hash, kind]) => ({ hash, kind }));
  return { valid: summary({ phase1: phase('1'), phase2: phase('2') }) };
}

/** The verdict of the command. That everybody could make false proofs under a key is said of valid transcripts: the command may refuse these. */
function first(path) {
  const { status, answer } = provable(binary, folder, 'ceremony', 'verify', path);
  if (answer.phase_1 && answer.phase_2) return { valid: summary({ phase1: answer.phase_1, phase2: answer.phase_2 }) };
  if (/make false proofs/.test(answer.message)) return { valid: 'for everybody' };
  if (answer.message && (status === 1 || status === 2)) return { refused: answer.message };
  throw new Error(`provable ceremony verify ends with status ${status}: ${JSON.stringify(answer)}`);
}

function judge(variant) {
  const bytes = variant.make();
  const path = join(folder, `variant-${threadId}.ceremony`);
  writeFileSync(path, bytes);
  const ours = variant.name === 'file: untouched' ? script(path) : second(variant, bytes);
  const theirs = first(path);
  const problems = [];
  const expected = variant.reason === undefined ? ours.valid !== undefined : ours.refused?.includes(variant.reason);
  if (!expected) problems.push(`expected of verify.mjs: ${variant.reason ?? 'valid'}`);
  if ((variant.reason === undefined) !== (theirs.valid !== undefined)) problems.push(`expected of the command: ${variant.reason ?? 'valid'}`);
  const isShort = variant.isForgeable && theirs.valid === 'for everybody';
  if (theirs.valid && ours.valid && theirs.valid !== ours.valid && !isShort) problems.push('the contributions differ');
  if (variant.program && !variant.program.test(theirs.refused)) problems.push(`expected of the command: ${variant.program}`);
  return { problems, ours, theirs };
}

parentPort.on('message', (number) => {
  const started = Date.now();
  let verdict;
  try {
    verdict = judge(variants[number]);
  } catch (error) {
    verdict = { problems: [error.stack] };
  }
  parentPort.postMessage({ number, seconds: (Date.now() - started) / 1000, ...verdict });
});
