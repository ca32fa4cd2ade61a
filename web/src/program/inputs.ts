// The inputs file as its two tapes.

import type { Entry } from './tape';

export interface Tapes {
  public: Entry[];
  secret: Entry[];
}

/** The tapes in an inputs file; undefined if it is not JSON of that form. What the entries mean is for the server to say. */
export function parseInputs(text: string): Tapes | undefined {
  if (text.trim() === '') {
    return { public: [], secret: [] };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined;
  }
  const { public: open = [], secret = [], ...others } = value as Record<string, unknown>;
  return isTape(open) && isTape(secret) && Object.keys(others).length === 0 ? { public: open, secret } : undefined;
}

export function formatInputs(tapes: Tapes): string {
  const line = (entries: readonly Entry[]): string => `[${entries.map((entry) => JSON.stringify(entry)).join(', ')}]`;
  return `{\n  "public": ${line(tapes.public)},\n  "secret": ${line(tapes.secret)}\n}\n`;
}

function isTape(value: unknown): value is Entry[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string' || typeof entry === 'number');
}
