import { VerifierFault } from './errors.js';

/**
 * What a valid proof proves: on this public input and some secret input, the program halts with this public output. It is only
 * as convincing as the key, so it names the key.
 */
export interface Statement {
  /** Always true: of a proof that is not valid there is no statement. */
  readonly valid: true;
  /** The words that READ took, each from 0 to 2^32 - 1, in order. */
  readonly publicInput: readonly number[];
  /** The words that WRITE wrote, in order. */
  readonly publicOutput: readonly number[];
  /** The commitment to the trace, in hexadecimal digits. The prover can open it. */
  readonly traceCommitment: string;
  /** The digest of the program. */
  readonly programDigest: string;
  /** The digest of the verifying key. */
  readonly keyDigest: string;
  /** Where the key came from: `imported`, so it is as trustworthy as whoever made it. */
  readonly keyOrigin: string;
}

/** A part of an answer, which has to be what it is expected to be. */
export function part<T>(answer: Record<string, unknown>, name: string, is: (value: unknown) => value is T): T {
  const value = answer[name];
  if (!is(value)) throw new VerifierFault(`the verifier's answer has no proper ${name}`);
  return value;
}

export const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
export const isDigest = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isWord = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32;
const isTape = (value: unknown): value is number[] => Array.isArray(value) && value.every(isWord);

/** The statement in an answer about a valid proof. */
export function statementOf(answer: Record<string, unknown>): Statement {
  return Object.freeze({
    valid: true as const,
    publicInput: Object.freeze(part(answer, 'public_input', isTape)),
    publicOutput: Object.freeze(part(answer, 'public_output', isTape)),
    traceCommitment: part(answer, 'trace_commitment', isDigest),
    programDigest: part(answer, 'program_digest', isDigest),
    keyDigest: part(answer, 'key_digest', isDigest),
    keyOrigin: part(answer, 'key_origin', isText),
  });
}
