import { keyBytes, textBytes } from './bytes.js';
import { BadInput, InvalidProof, VerifierFault, type InvalidReason } from './errors.js';
import { Instance, STATUS, type Answer } from './instance.js';
import { moduleOf } from './source.js';
import { isDigest, isText, part, statementOf, type Statement } from './statement.js';

/** A program with a proof, of `verifyAll`. */
export interface Claim {
  readonly program: string | Uint8Array;
  readonly proof: string | Uint8Array | object;
}

/** Options of `Verifier.load`. */
export interface LoadOptions {
  /** The bytes of `provable-verify/verifier.wasm`, for surroundings in which the package does not find its own file. */
  readonly wasm?: Uint8Array | ArrayBuffer;
}

const REASONS: readonly string[] = ['malformed', 'program', 'key', 'tier', 'version', 'commitment', 'statement', 'pairing', 'other'];
const isReason = (value: unknown): value is InvalidReason => typeof value === 'string' && REASONS.includes(value);

/** An instance with more memory than this is made anew after the call: memory of WebAssembly is never given back. */
const MOST_MEMORY = 32 << 20;

/** A verifying key, ready for use. */
export class Verifier {
  /** The digest of the key, in hexadecimal digits. */
  readonly keyDigest: string;
  /** The name of the key's tier, the size of the runs that are proved with it. */
  readonly tier: string;
  readonly #module: WebAssembly.Module;
  readonly #key: Uint8Array;
  #instance: Instance | undefined;

  private constructor(module: WebAssembly.Module, key: Uint8Array) {
    this.#module = module;
    this.#key = key;
    const { instance, keyDigest, tier } = loaded(module, key);
    this.#instance = instance;
    this.keyDigest = keyDigest;
    this.tier = tier;
  }

  /**
   * A verifier with the key that `provable keys export` wrote. Proofs are only as convincing as the key: whoever made it could
   * forge proofs under it.
   *
   * @throws {BadInput} if the bytes are no key, or a key that is unsafe or of another version.
   * @throws {VerifierFault} if the verifier cannot be started.
   */
  static async load(key: Uint8Array | ArrayBuffer, options: LoadOptions = {}): Promise<Verifier> {
    const bytes = keyBytes(key);
    return new Verifier(await moduleOf(options?.wasm), bytes);
  }

  /**
   * Verifies a proof against the text of its program. It returns only if the proof is valid.
   *
   * @param program The text: UTF-8 if it is given as bytes. It may use the standard library. A program of several files is given as the text
   * that `provable link` writes of it.
   * @param proof The proof file: its text, its bytes, or the object that its text stands for.
   * @returns What the proof proves. Compare `publicInput` and `publicOutput` with what you expect: they are the prover's choice.
   * @throws {InvalidProof} if the proof is not valid.
   * @throws {BadInput} if the program does not assemble or an argument is of another type. The proof may be valid or not.
   * @throws {VerifierFault} if the verifier failed, so that there is no verdict.
   */
  verify(program: string | Uint8Array, proof: string | Uint8Array | object): Statement {
    return this.#verify(program, proof, undefined);
  }

  /**
   * Verifies several proofs. It returns only if all are valid.
   *
   * @returns What each proves, in order.
   * @throws As `verify`, for the first that is not valid; the error's `index` is its place.
   */
  verifyAll(claims: readonly Claim[]): readonly Statement[] {
    if (!Array.isArray(claims)) throw new BadInput('claims', 'it has to be a list of objects with `program` and `proof`');
    const list: readonly unknown[] = Array.from(claims);
    return Object.freeze(
      list.map((claim, index) => {
        if (typeof claim !== 'object' || claim === null) throw new BadInput('claims', `the one at ${index} is no object`);
        const { program, proof } = claim as Claim;
        return this.#verify(program, proof, index);
      }),
    );
  }

  #verify(program: unknown, proof: unknown, index: number | undefined): Statement {
    const answer = this.#answer(textBytes('program', program), textBytes('proof', proof));
    switch (answer.status) {
      case STATUS.valid: {
        const statement = statementOf(answer.fields);
        if (statement.keyDigest !== this.keyDigest) throw new VerifierFault('the verifier answers of another key');
        return statement;
      }
      case STATUS.invalid:
        throw new InvalidProof(part(answer.fields, 'reason', isReason), part(answer.fields, 'message', isText), index);
      case STATUS.badProgram:
        throw new BadInput('program', part(answer.fields, 'message', isText));
      default:
        throw new VerifierFault(`the verifier answers ${answer.status}, which is no verdict`);
    }
  }

  /** An answer of the instance. One that failed, or that has much memory, is not used again. */
  #answer(program: Uint8Array, proof: Uint8Array): Answer {
    const instance = this.#instance ?? loaded(this.#module, this.#key).instance;
    this.#instance = undefined;
    const answer = instance.verify(program, proof);
    if (instance.memory <= MOST_MEMORY) this.#instance = instance;
    return answer;
  }
}

/** A new instance with this key. */
function loaded(module: WebAssembly.Module, key: Uint8Array): { instance: Instance; keyDigest: string; tier: string } {
  const instance = new Instance(module);
  const { status, fields } = instance.loadKey(key);
  if (status === STATUS.badKey) throw new BadInput('key', part(fields, 'message', isText));
  if (status !== STATUS.ready) throw new VerifierFault(`the verifier answers ${status} to a key`);
  return { instance, keyDigest: part(fields, 'key_digest', isDigest), tier: part(fields, 'tier', isText) };
}
