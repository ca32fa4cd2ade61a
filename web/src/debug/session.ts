// A debugging session: it begins at the run's first step and goes either way from there.

import type { Host } from '@host';
import { messageOf } from '../shell/errors';
import { Adapter } from './adapter';
import { stepOf, stopOf, type Stop } from './state';

export interface Launch {
  /** Stop there first, and not at the beginning. */
  step?: number | 'end' | undefined;
  /** Debug this test in the program's place. */
  test?: string | undefined;
}

export interface SessionView {
  stopped(stop: Stop): void;
  running(): void;
  output(category: string, text: string): void;
  ended(): void;
  breakpointsMoved(lines: number[]): void;
}

export type Motion = 'next' | 'stepBack' | 'stepIn' | 'stepOut' | 'continue' | 'reverseContinue' | 'pause';

const PATH = '/program/main.prov';
const THREAD = { threadId: 1 };

interface Stopped {
  reason: string;
  description?: string;
}

export class Session {
  /** The number of steps of the run, as far as it is known. */
  length = 0;
  isStopped = false;
  private readonly adapter: Adapter;
  private whenStopped: ((stopped: Stopped) => void) | undefined;
  private wantedStep: number | undefined;

  constructor(
    host: Host,
    private readonly view: SessionView,
  ) {
    this.adapter = new Adapter(host.debug(), (event, body) => this.take(event, body));
  }

  async start({ step, test }: Launch, breakpoints: number[]): Promise<void> {
    const initialized = new Promise<void>((resolve) => {
      this.whenInitialized = resolve;
    });
    await this.adapter.request('initialize', {
      adapterID: 'provable',
      clientID: 'page',
      linesStartAt1: true,
      columnsStartAt1: true,
      pathFormat: 'path',
    });
    // The end is visited first: it says how long the run is.
    const atEnd = new Promise<Stopped>((resolve) => {
      this.whenStopped = resolve;
    });
    const launched = this.adapter.request('launch', { program: PATH, stopAtStep: 'end', ...(test === undefined ? {} : { test }) });
    await Promise.race([initialized, launched.then(() => initialized)]);
    await this.setBreakpoints(breakpoints);
    await this.adapter.request('configurationDone');
    await launched;
    const end = await atEnd;
    this.length = await stepOf(this.adapter);
    if (step === 'end') {
      await this.show(end);
    } else {
      await this.goTo(step ?? 0);
    }
  }

  async setBreakpoints(lines: number[]): Promise<void> {
    const { breakpoints } = await this.adapter.request<{ breakpoints: { line?: number; verified: boolean }[] }>('setBreakpoints', {
      source: { path: PATH },
      breakpoints: lines.map((line) => ({ line })),
    });
    this.view.breakpointsMoved(breakpoints.map((one, index) => one.line ?? lines[index] ?? 0));
  }

  async move(motion: Motion, byInstruction = false): Promise<void> {
    if (motion !== 'pause') {
      this.leave();
    }
    await this.adapter.request(motion, byInstruction ? { ...THREAD, granularity: 'instruction' } : THREAD);
  }

  /** Goes to the state after so many steps. While it is on its way, the last wish counts. */
  async goTo(step: number): Promise<void> {
    if (this.wantedStep !== undefined) {
      this.wantedStep = step;
      return;
    }
    this.wantedStep = step;
    try {
      while (this.wantedStep !== undefined) {
        const wanted: number = this.wantedStep;
        const arrived = new Promise<Stopped>((resolve) => {
          this.whenStopped = resolve;
        });
        await this.adapter.request('provable/goto', { step: wanted });
        const stopped = await arrived;
        if (this.wantedStep === wanted) {
          this.wantedStep = undefined;
        }
        await this.show(stopped);
      }
    } finally {
      this.wantedStep = undefined;
    }
  }

  /** The value of an expression, or the answer to a command of the console. */
  async evaluate(expression: string, frameId: number | undefined): Promise<string> {
    const { result } = await this.adapter.request<{ result: string }>('evaluate', { expression, frameId, context: 'repl' });
    return result;
  }

  /** The text of a file that comes from the adapter. */
  async source(sourceReference: number): Promise<string> {
    const { content } = await this.adapter.request<{ content: string }>('source', { sourceReference, source: { sourceReference } });
    return content;
  }

  end(): void {
    this.adapter.close();
    this.view.ended();
  }

  private whenInitialized: (() => void) | undefined;

  private leave(): void {
    this.isStopped = false;
    this.view.running();
  }

  private take(event: string, body: unknown): void {
    switch (event) {
      case 'initialized':
        this.whenInitialized?.();
        break;
      case 'stopped': {
        const waiting = this.whenStopped;
        this.whenStopped = undefined;
        if (waiting === undefined) {
          void this.show(body as Stopped);
        } else {
          waiting(body as Stopped);
        }
        break;
      }
      case 'output': {
        const { category = 'console', output } = body as { category?: string; output: string };
        this.view.output(category, output);
        break;
      }
      case 'terminated':
        this.end();
        break;
    }
  }

  private async show(stopped: Stopped): Promise<void> {
    try {
      const stop = await stopOf(this.adapter, stopped);
      this.isStopped = true;
      this.length = Math.max(this.length, stop.step);
      this.view.stopped(stop);
    } catch (error) {
      this.view.output('important', `${messageOf(error)}\n`);
    }
  }
}
