// The debugger's panel: it starts sessions and shows where they stand.

import type { Host } from '@host';
import { Session, type Launch } from '../debug/session';
import type { Frame, Stop } from '../debug/state';
import { button, h } from '../shell/dom';
import { messageOf } from '../shell/errors';
import { DebugControls, type Move } from './debug-controls';
import { shownStop } from './debug-state';

export interface DebugActions {
  breakpoints(): number[];
  setBreakpoints(lines: number[]): void;
  /** Shows the place of a frame in the program, or in a file that `text` gives; without a frame, nothing is marked. */
  showFrame(frame: Frame | undefined, text?: () => Promise<string>): void;
  say(tone: 'info' | 'error', text: string): void;
  /** Writes the program and its inputs to where the debugger reads them. */
  save(): void;
}

const MOST_LINES = 500;

export class DebugPanel {
  private session: Session | undefined;
  private stop: Stop | undefined;
  private readonly controls = new DebugControls(
    (move) => void this.move(move),
    (step) => void this.guarded(this.session?.goTo(step)),
  );
  private readonly state = h('div', { className: 'debug-state' });
  private readonly where = h('p', { className: 'where', role: 'status' });
  private readonly log = h('div', { className: 'log', role: 'log', ariaLabel: 'Console of the debugger', tabIndex: 0 });
  private readonly line = h('input', { type: 'text', id: 'debug-expression', spellcheck: false, attributes: { autocomplete: 'off', autocapitalize: 'off' } });

  constructor(
    private readonly panel: HTMLElement,
    private readonly host: Host,
    private readonly actions: DebugActions,
  ) {
    this.showIdle();
  }

  get isActive(): boolean {
    return this.session !== undefined;
  }

  async start(launch: Launch = {}): Promise<void> {
    const hadFocus = this.panel.contains(document.activeElement);
    this.session?.end();
    this.actions.save();
    this.log.replaceChildren();
    this.panel.replaceChildren(this.controls.element, this.where, this.state, this.console());
    this.state.replaceChildren();
    this.stop = undefined;
    this.controls.running();
    this.controls.focusIf(hadFocus);
    this.where.textContent = 'Starting…';
    const session: Session = new Session(this.host, {
      stopped: (stop) => this.show(session, stop),
      running: () => this.controls.running(),
      output: (category, text) => this.print(category, text),
      breakpointsMoved: (lines) => this.actions.setBreakpoints(lines),
      ended: () => {
        if (this.session === session) {
          this.session = undefined;
          this.showIdle();
        }
      },
    });
    this.session = session;
    try {
      await session.start(launch, this.actions.breakpoints());
    } catch (error) {
      session.end();
      this.actions.say('error', messageOf(error));
    }
  }

  /** The user has set or removed a breakpoint. */
  breakpointsChanged(): void {
    void this.guarded(this.session?.setBreakpoints(this.actions.breakpoints()));
  }

  private showIdle(): void {
    const hadFocus = this.panel.contains(document.activeElement);
    const starting = button('Start debugging', () => void this.start(), 'primary');
    this.actions.showFrame(undefined);
    this.panel.replaceChildren(
      h('p', { className: 'empty' }, 'The debugger goes through the run of the program, step by step, forward and back. Breakpoints are set beside the line numbers, or with F9.'),
      starting,
    );
    if (hadFocus) {
      starting.focus();
    }
  }

  private console(): HTMLElement {
    const form = h('form', { className: 'row' }, h('label', { htmlFor: this.line.id }, 'Evaluate'), this.line, h('button', { type: 'submit' }, 'Evaluate'));
    this.line.placeholder = 'top + 1, heap[3], goto 7, help';
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.evaluate(this.line.value.trim());
    });
    return h('section', { className: 'part' }, h('h2', {}, 'Console'), this.log, form);
  }

  private show(session: Session, stop: Stop): void {
    if (this.session !== session) {
      return;
    }
    this.controls.stopped(stop.step, session.length);
    const [top] = stop.frames;
    this.where.textContent = `${top === undefined ? '' : `${top.name}, line ${top.line} · `}${stop.description}`;
    this.where.className = stop.reason === 'exception' ? 'where error' : 'where';
    this.state.replaceChildren(...shownStop(stop, this.stop, (frame) => this.open(frame)));
    this.stop = stop;
    if (top !== undefined) {
      this.open(top);
    }
  }

  private open(frame: Frame): void {
    const { session } = this;
    this.actions.showFrame(frame, () => session?.source(frame.sourceReference) ?? Promise.resolve(''));
  }

  private async move(move: Move): Promise<void> {
    const { session } = this;
    switch (move) {
      case 'stop':
        session?.end();
        return;
      case 'start':
        return this.guarded(session?.goTo(0));
      case 'end':
        return this.guarded(session?.goTo(session.length));
      case 'next':
      case 'stepBack':
      case 'stepIn':
      case 'stepOut':
      case 'continue':
      case 'reverseContinue':
      case 'pause':
        return this.guarded(session?.move(move));
    }
  }

  private async evaluate(expression: string): Promise<void> {
    if (expression === '' || this.session === undefined) {
      return;
    }
    this.print('input', `${expression}\n`);
    try {
      this.print('result', `${await this.session.evaluate(expression, this.stop?.frames[0]?.id)}\n`);
      this.line.value = '';
    } catch (error) {
      this.print('important', `${messageOf(error)}\n`);
    }
  }

  private print(category: string, text: string): void {
    this.log.append(h('p', { className: `said ${category}` }, text.replace(/\n$/, '')));
    while (this.log.children.length > MOST_LINES) {
      this.log.firstElementChild?.remove();
    }
    this.log.scrollTop = this.log.scrollHeight;
  }

  private async guarded(promise: Promise<void> | undefined): Promise<void> {
    try {
      await promise;
    } catch (error) {
      if (this.session !== undefined) {
        this.print('important', `${messageOf(error)}\n`);
      }
    }
  }
}
