// Waiting for what can be looked at, never for time to pass.

import { setTimeout as pause } from 'node:timers/promises';

/** The longest that anything but a proof may take, in milliseconds, on a machine that has much else to do. */
export const PATIENCE = 180_000;

/** Looks again and again until what is found is as wanted; `what` says in the failure what was waited for. */
export async function until(what, look, isWanted = Boolean, patience = PATIENCE) {
  let found;
  for (const end = Date.now() + patience; Date.now() < end; await pause(50)) {
    found = await look();
    if (isWanted(found)) {
      return found;
    }
  }
  throw new Error(`waited ${patience / 1000} s for ${what}; last it was ${JSON.stringify(found)}`);
}
