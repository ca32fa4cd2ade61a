// Compiled, not run: what a program that uses the package may say, and what it may not.

import { BadInput, InvalidProof, Verifier, VerifierFault, type InvalidReason, type Statement } from 'provable-verify';

export async function check(key: Uint8Array, program: string, proof: string): Promise<readonly number[]> {
  const verifier: Verifier = await Verifier.load(key);
  try {
    const statement: Statement = verifier.verify(program, proof);
    const valid: true = statement.valid;
    // @ts-expect-error: nobody changes a statement.
    statement.publicOutput.push(1);
    return valid ? statement.publicOutput : [];
  } catch (error) {
    if (error instanceof InvalidProof) {
      const reason: InvalidReason = error.reason;
      throw new Error(reason);
    }
    if (error instanceof BadInput && error.input === 'program') return [];
    if (error instanceof VerifierFault) return [];
    throw error;
  }
}

export async function misuses(key: Uint8Array, program: string): Promise<void> {
  // @ts-expect-error: a verifier that is not awaited verifies nothing.
  Verifier.load(key).verify(program, '{}');
  // @ts-expect-error: there is no verifier without a key.
  new Verifier();
  // @ts-expect-error: an argument is missing.
  (await Verifier.load(key)).verify(program);
  // @ts-expect-error: a key is bytes.
  await Verifier.load('key');
}
