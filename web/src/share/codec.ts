// What a shared address carries behind its `#p=`: the program, and the public input if the sender chose that. It is JSON, compressed by
// DEFLATE, in base64url. There is no field for a secret input.

import type { Entry } from '../program/tape';
import { decode, encode } from './base64url';
import { deflate, inflate, TooLarge } from './deflate';

export interface Shared {
  program: string;
  /** The entries of the public input, as the inputs file has them; undefined if they were not shared. */
  publicInput?: Entry[];
}

/** Why an address cannot be opened, in words for its reader. */
export class UnreadableFragment extends Error {}

const KEY = 'p=';
const VERSION = 1;
/** The longest fragment that is read, in characters, and the longest text in it, in bytes. */
const MOST_CHARACTERS = 1 << 20;
const MOST_BYTES = 4 << 20;

/** The fragment, without its `#`. */
export async function toFragment(shared: Shared): Promise<string> {
  const json = JSON.stringify({ v: VERSION, program: shared.program, public: shared.publicInput });
  return KEY + encode(await deflate(new TextEncoder().encode(json)));
}

/**
 * What is shared in a fragment, with or without its `#`; undefined if it shares nothing.
 * @throws UnreadableFragment when it should share something and cannot be read.
 */
export async function fromFragment(fragment: string): Promise<Shared | undefined> {
  const text = fragment.replace(/^#/, '');
  if (!text.startsWith(KEY)) {
    return undefined;
  }
  if (text.length > MOST_CHARACTERS) {
    throw new UnreadableFragment('the address is longer than any that this page makes');
  }
  const compressed = decode(text.slice(KEY.length));
  if (compressed === undefined) {
    throw new UnreadableFragment('the address has characters that do not belong there, or lacks its end');
  }
  return read(await unpacked(compressed));
}

async function unpacked(compressed: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    const bytes = await inflate(compressed, MOST_BYTES);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UnreadableFragment(
      error instanceof TooLarge ? 'the program in the address is too large' : 'the address is damaged, or lacks its end',
    );
  }
}

function read(json: string): Shared {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new UnreadableFragment('the address is damaged');
  }
  if (typeof value !== 'object' || value === null) {
    throw new UnreadableFragment('the address is damaged');
  }
  const { v, program, public: entries } = value as Record<string, unknown>;
  if (v !== VERSION) {
    throw new UnreadableFragment('the address was made by another version of this page');
  }
  if (typeof program !== 'string') {
    throw new UnreadableFragment('there is no program in the address');
  }
  if (entries === undefined) {
    return { program };
  }
  if (!Array.isArray(entries) || !entries.every(isEntry)) {
    throw new UnreadableFragment('the public input in the address is not a list of words');
  }
  return { program, publicInput: entries };
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'string' || (typeof value === 'number' && Number.isSafeInteger(value));
}
