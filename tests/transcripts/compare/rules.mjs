// The rules of the second verifier, as its source has them: the reasons for which it refuses.

import { readFileSync } from 'node:fs';

const files = ['chain.mjs', 'key.mjs', 'reader.mjs', 'verify.mjs'];

/** Patterns of all reasons: what is inserted into one may be anything. */
export function rules() {
  return files.flatMap((file) => {
    const text = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
    const refusals = [...text.matchAll(/\b(?:demand|new Refused)\((.*?)\);$/gms)].map(([, inner]) => inner);
    return refusals.filter((inner) => /['`]/.test(inner)).map((inner) => {
      const [, , reason] = inner.match(/.*(['`])(.*)\1/s);
      const fixed = reason.split(/\$\{.*?\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      return { reason, pattern: new RegExp(`^${fixed.join('.*')}$`) };
    });
  });
}
