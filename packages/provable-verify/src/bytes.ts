import { BadInput } from './errors.js';

/** The most that is taken of an argument, in bytes: as much as the command `provable` reads of such a file. */
const MOST = { key: 1 << 20, program: 64 << 20, proof: 16 << 20 };

const encoder = new TextEncoder();

function bounded(input: 'key' | 'program' | 'proof', bytes: Uint8Array): Uint8Array {
  if (bytes.length > MOST[input]) {
    throw new BadInput(input, `${bytes.length} bytes; it has ${MOST[input]} at most`);
  }
  return bytes;
}

/** The bytes of a buffer or of a view of one, also if it is of another window or context. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  try {
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    if (Object.prototype.toString.call(value) === '[object ArrayBuffer]') return new Uint8Array(value as ArrayBuffer);
  } catch {
    // A buffer that was given to another thread has no bytes.
  }
  return undefined;
}

/** Bytes, copied: whoever gave them may change theirs. */
export function keyBytes(key: unknown): Uint8Array {
  const bytes = bytesOf(key);
  if (bytes !== undefined) return Uint8Array.from(bounded('key', bytes));
  throw new BadInput('key', 'it has to be a Uint8Array or an ArrayBuffer, the bytes of a file that `provable keys export` wrote');
}

export function textBytes(input: 'program' | 'proof', text: unknown): Uint8Array {
  const bytes = bytesOf(text);
  if (bytes !== undefined) return bounded(input, bytes);
  if (typeof text === 'string') {
    // A text has at least as many bytes as UTF-16 units.
    if (text.length > MOST[input]) throw new BadInput(input, `more than ${MOST[input]} bytes`);
    return bounded(input, encoder.encode(text));
  }
  // A promise, a boxed string or a shared buffer is an object too, and none that a JSON text stands for.
  if (input === 'proof' && Object.prototype.toString.call(text) === '[object Object]' && typeof text === 'object' && text !== null) {
    return bounded(input, encoder.encode(asJson(text)));
  }
  const also = input === 'proof' ? ', or the object that its JSON text stands for' : '';
  throw new BadInput(input, `it has to be a text, as a string or as UTF-8 bytes${also}`);
}

function asJson(value: object): string {
  try {
    const text: unknown = JSON.stringify(value);
    if (typeof text === 'string') return text;
  } catch (error) {
    throw new BadInput('proof', `it has no JSON form: ${String(error)}`);
  }
  throw new BadInput('proof', 'it has no JSON form');
}
