// The line at the bottom: the job that runs, the last thing that happened, and facts about the place and the page.

import type { Progress } from '../lsp/progress';
import { byId } from './dom';
import type { Tone } from './notices';

export class StatusLine {
  private readonly box = byId('job', HTMLElement);
  private readonly bar = byId('job-progress', HTMLProgressElement);
  private readonly jobText = byId('job-text', HTMLElement);
  private readonly text = byId('status-text', HTMLElement);
  private token: string | number | undefined;

  constructor(engine: string, cancel: (token: string | number) => void) {
    byId('fact-engine', HTMLElement).textContent = engine;
    byId('job-cancel', HTMLButtonElement).addEventListener('click', () => {
      if (this.token !== undefined) {
        cancel(this.token);
      }
    });
  }

  /** The job that runs, or none. */
  job(progress: Progress | undefined): void {
    this.token = progress?.token;
    this.box.hidden = progress === undefined;
    this.text.hidden = progress !== undefined;
    if (progress === undefined) {
      return;
    }
    if (progress.percentage === undefined) {
      this.bar.removeAttribute('value');
    } else {
      this.bar.value = progress.percentage;
    }
    this.jobText.textContent = progress.message === '' ? progress.title : `${progress.title}: ${progress.message}`;
    byId('job-cancel', HTMLButtonElement).hidden = !progress.cancellable;
  }

  get isAtWork(): boolean {
    return this.token !== undefined;
  }

  says(text: string): boolean {
    return this.text.textContent === text;
  }

  say(text: string, tone: Tone = 'info'): void {
    this.text.textContent = text;
    this.text.title = text;
    this.text.className = tone;
  }

  place(line: number, column: number, depth: string | undefined): void {
    byId('fact-position', HTMLElement).textContent = `${line}:${column}`;
    byId('fact-depth', HTMLElement).textContent = depth === undefined ? '' : `depth ${depth}`;
  }

  offline(works: boolean): void {
    byId('fact-offline', HTMLElement).textContent = works ? 'works offline' : '';
  }
}
