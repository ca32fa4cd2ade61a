// Somebody who received a program, a proof and the prover's key, and nothing else.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DOUBLE = `# The public number times a secret one.

    READ
    SECRET
    MUL
    WRITE
    HALT
`;

/** Proves on another machine, as far as keys and inputs go, and hands program, proof and key over. */
export function receive(server) {
  const provable = join(server.extension, 'server/provable');
  const prover = join(server.home, 'prover');
  mkdirSync(prover);
  writeFileSync(join(prover, 'sealed.prov'), DOUBLE);
  writeFileSync(join(prover, 'sealed.inputs.json'), '{"public": [6], "secret": [7]}\n');
  const call = (...words) => execFileSync(provable, words, { cwd: prover, env: server.env, stdio: 'pipe' });
  call('prove', 'sealed.prov', '--keys', 'keys');
  const proof = JSON.parse(readFileSync(join(prover, 'sealed.proof.json'), 'utf8'));
  call('keys', 'export', proof.verifying_key_digest, 'prover.vk', '--keys', 'keys');
  for (const name of ['sealed.prov', 'sealed.proof.json']) {
    copyFileSync(join(prover, name), join(server.folder, name));
  }
  // The recipient's own keys are where the editor's server looks for them.
  call('keys', 'import', 'prover.vk');
}

export async function recipient(server, window) {
  receive(server);
  assert.ok(!existsSync(join(server.folder, 'sealed.inputs.json')));
  await window.open('sealed.prov');
  await window.seeStatus('Proof not verified yet');
  await verify(window);
  await window.seeMessage('the proof is valid: public input 6, public output 42');
  await window.seeStatus(/Verified$/);
  await window.screenshot('18-received');

  // What is no proof says so, and is not taken for a stale one.
  const proof = join(server.folder, 'sealed.proof.json');
  writeFileSync(proof, '<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n');
  await window.seeLens('the file beside the program is no proof');
  await window.clearMessages();
  await window.lens('Verify');
  await window.seeMessage('sealed.proof.json is no proof');
  copyFileSync(join(server.home, 'prover/sealed.proof.json'), proof);
  // It is the file that was verified, so nothing new has to be found out about it.
  await window.seeLens('verified: public input 6, public output 42');
}

/** Verifies, and sees all that whoever relies on the proof has to know. */
export async function verify(window) {
  await window.lens('Verify');
  for (const text of [
    'verified: public input 6, public output 42',
    /commitment [0-9a-f]{12}…/,
    'key imported',
    'no inputs are here to compare it with',
  ]) {
    await window.seeLens(text);
  }
}
