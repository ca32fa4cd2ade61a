// How often the server may end by itself before it is left alone.

/** Crashes after which it is not started again by itself. */
export const MOST = 3;
/** Milliseconds after which a crash no longer counts. */
export const WITHIN = 3 * 60 * 1000;

export class Crashes {
  private times: number[] = [];

  /** Notes one at a time in milliseconds; whether the server may be started again. */
  note(now: number): boolean {
    this.times = this.times.filter((time) => now - time < WITHIN);
    this.times.push(now);
    return this.times.length < MOST;
  }

  forget(): void {
    this.times = [];
  }
}
