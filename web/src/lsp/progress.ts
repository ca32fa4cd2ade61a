// Work-done progress: the jobs of the server, of which the newest is shown.

import type { WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport } from 'vscode-languageserver-protocol';

export interface Progress {
  token: string | number;
  title: string;
  message: string;
  /** From 0 to 100; undefined if it is not known. */
  percentage: number | undefined;
  cancellable: boolean;
}

type Value = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

export class ProgressList {
  private readonly running = new Map<string | number, Progress>();

  /** `show` is called with the newest that runs, and `ended` with the last words of each that ends. */
  constructor(
    private readonly show: (progress: Progress | undefined) => void,
    private readonly ended: (title: string, message: string) => void,
  ) {}

  take({ token, value }: { token: string | number; value: Value }): void {
    const known = this.running.get(token);
    switch (value.kind) {
      case 'begin':
        this.running.set(token, {
          token,
          title: value.title,
          message: value.message ?? '',
          percentage: value.percentage,
          cancellable: value.cancellable ?? false,
        });
        break;
      case 'report':
        if (known !== undefined) {
          known.message = value.message ?? known.message;
          known.percentage = value.percentage ?? known.percentage;
        }
        break;
      case 'end':
        this.running.delete(token);
        if (known !== undefined) {
          this.ended(known.title, value.message ?? '');
        }
        break;
    }
    this.show([...this.running.values()].at(-1));
  }
}
