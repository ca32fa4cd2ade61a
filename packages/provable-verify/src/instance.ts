import { VerifierFault } from './errors.js';

/** What the module exports. Addresses, lengths and statuses are numbers of 32 bits. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  allocate(length: number): number;
  answer_at(): number;
  answer_len(): number;
  load_key(key: number): number;
  verify(program: number, proof: number): number;
}

/** What a call ended with; the numbers are those of `wasm/verify/src/status.rs`. */
export const STATUS = {
  ready: 0x9e3711a5,
  valid: 0x51c67e92,
  invalid: 0xa83dc04f,
  badKey: 0x6d0b9378,
  badProgram: 0xc7f428d6,
  badCall: 0x3259e60b,
} as const;

export interface Answer {
  readonly status: number;
  readonly fields: Record<string, unknown>;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** One instance of the module, with a memory of its own. After a fault it is of no use. */
export class Instance {
  readonly #exports: Exports;

  constructor(module: WebAssembly.Module) {
    this.#exports = faultless(() => new WebAssembly.Instance(module, {}).exports as unknown as Exports);
  }

  /** How much memory it has, in bytes. It never gives any back. */
  get memory(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  loadKey(key: Uint8Array): Answer {
    return faultless(() => this.#answer(this.#exports.load_key(this.#pass(key))));
  }

  verify(program: Uint8Array, proof: Uint8Array): Answer {
    return faultless(() => this.#answer(this.#exports.verify(this.#pass(program), this.#pass(proof))));
  }

  #pass(bytes: Uint8Array): number {
    const address = this.#exports.allocate(bytes.length) >>> 0;
    if (address === 0) throw new VerifierFault(`there is no memory for ${bytes.length} bytes`);
    new Uint8Array(this.#exports.memory.buffer, address, bytes.length).set(bytes);
    return address;
  }

  /** The answer that goes with a status. It repeats the status, so that nothing else passes for it. */
  #answer(returned: number): Answer {
    const status = returned >>> 0;
    const bytes = new Uint8Array(this.#exports.memory.buffer, this.#exports.answer_at() >>> 0, this.#exports.answer_len() >>> 0);
    // A copy, because a decoder takes no view of memory that grows in some browsers.
    const fields: unknown = JSON.parse(decoder.decode(bytes.slice()));
    if (typeof fields !== 'object' || fields === null || (fields as Record<string, unknown>)['status'] !== status) {
      throw new VerifierFault('the verifier contradicts itself');
    }
    return { status, fields: fields as Record<string, unknown> };
  }
}

/** What this gives; whatever it throws is a fault of the verifier. */
function faultless<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof VerifierFault) throw error;
    throw new VerifierFault(`the verifier failed: ${String(error)}`);
  }
}
