import { bytesOf } from './bytes.js';
import { BadInput, VerifierFault } from './errors.js';

/** Reads the module's file. Each entry point of the package knows a way. */
type Reader = () => Promise<Uint8Array | ArrayBuffer>;

let reader: Reader | undefined;
let compiled: Promise<WebAssembly.Module> | undefined;

export function readModuleBy(read: Reader): void {
  reader = read;
}

/** The module, which is compiled once, unless its bytes are given. */
export async function moduleOf(given: unknown): Promise<WebAssembly.Module> {
  if (given !== undefined) {
    const bytes = bytesOf(given);
    if (bytes === undefined) throw new BadInput('wasm', 'it has to be a Uint8Array or an ArrayBuffer, the bytes of verifier.wasm');
    return compile(bytes);
  }
  compiled ??= read().then(compile);
  try {
    return await compiled;
  } catch (error) {
    // A file that could not be read may be there at the next attempt.
    compiled = undefined;
    throw error;
  }
}

async function read(): Promise<Uint8Array | ArrayBuffer> {
  if (reader === undefined) throw new VerifierFault('import the package by its name, not one of its files');
  try {
    return await reader();
  } catch (error) {
    throw new VerifierFault(`verifier.wasm cannot be read, which stands beside the package's code: ${String(error)}; or give its bytes as \`wasm\``);
  }
}

async function compile(bytes: Uint8Array | ArrayBuffer): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes as BufferSource);
  } catch (error) {
    throw new VerifierFault(`verifier.wasm is damaged: ${String(error)}`);
  }
}
