// What the user wrote, kept in this browser. The secret input is not: it is nowhere but in the open page.

import type { Entry } from './tape';

export interface Draft {
  program: string;
  publicInput: Entry[];
}

const DRAFT = 'provable.draft';
const SET_ASIDE = 'provable.draft.aside';

export function loadDraft(): Draft | undefined {
  return load(DRAFT);
}

export function saveDraft(draft: Draft): void {
  save(DRAFT, draft);
}

/** Keeps a draft that something else takes the place of. */
export function setAside(draft: Draft): void {
  save(SET_ASIDE, draft);
}

export function takeBack(): Draft | undefined {
  return load(SET_ASIDE);
}

function load(key: string): Draft | undefined {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Draft> | null;
    return typeof value?.program === 'string' && Array.isArray(value.publicInput) ? (value as Draft) : undefined;
  } catch {
    // What cannot be read is as if it were not there.
    return undefined;
  }
}

function save(key: string, draft: Draft): void {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // A browser that stores nothing keeps no drafts.
  }
}
