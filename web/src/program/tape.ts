// Input tapes as people type them, and as the inputs file has them (docs/language.md, "Inputs"). The server judges the entries; here they
// are only told apart.

/** An entry of an inputs file: a number, a number in a string as programs write it, or `text:` and characters. */
export type Entry = number | string;

/** Why a field cannot be read as entries. */
export class UnreadableTape extends Error {}

const SEPARATOR = /[\s,]/;

/**
 * The entries in a field: numbers, characters in single quotes and texts in double quotes, between commas, spaces or lines.
 * @throws UnreadableTape when a quote is not closed.
 */
export function parseTape(field: string): Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  while (at < field.length) {
    const char = field.charAt(at);
    if (SEPARATOR.test(char)) {
      at += 1;
    } else if (char === '"') {
      const end = endOfText(field, at);
      entries.push(`text:${unquoted(field.slice(at, end))}`);
      at = end;
    } else {
      const end = endOfWord(field, at);
      entries.push(entryOf(field.slice(at, end)));
      at = end;
    }
  }
  return entries;
}

/** Entries as a field shows them. [`parseTape`] of it gives the same entries, as far as they are words. */
export function formatTape(entries: readonly Entry[]): string {
  return entries.map(shownEntry).join(', ');
}

function shownEntry(entry: Entry): string {
  if (typeof entry === 'number') {
    return String(entry);
  }
  return entry.startsWith('text:') ? JSON.stringify(entry.slice('text:'.length)) : entry;
}

function entryOf(word: string): Entry {
  const isPlain = /^-?(0|[1-9][0-9]*)$/.test(word) && Number.isSafeInteger(Number(word)) && word !== '-0';
  return isPlain ? Number(word) : word;
}

/** The end of a word. A character in single quotes may be a space, a comma or an escaped quote. */
function endOfWord(field: string, start: number): number {
  const quoted = /^-?'(\\.|[^\\])'/su.exec(field.slice(start));
  let at = start + (quoted?.[0].length ?? 0);
  while (at < field.length && !SEPARATOR.test(field.charAt(at))) {
    at += 1;
  }
  return at;
}

/** The place after a text's closing quote. */
function endOfText(field: string, start: number): number {
  for (let at = start + 1; at < field.length; at += 1) {
    const char = field.charAt(at);
    if (char === '\\') {
      at += 1;
    } else if (char === '"') {
      return at + 1;
    }
  }
  throw new UnreadableTape('a text has no closing quote (")');
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')));
  } catch {
    throw new UnreadableTape(`${text} has an escape that JSON does not have`);
  }
}
