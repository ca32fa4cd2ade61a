// The debugger's buttons and keys, and the line over the steps of the run.

import type { Motion } from '../debug/session';
import { h } from '../shell/dom';
import { icon, type Icon } from '../shell/icons';

export type Move = Motion | 'start' | 'end' | 'stop';

interface Control {
  move: Move;
  text: string;
  icon: Icon;
  key?: string;
}

const CONTROLS: Control[] = [
  { move: 'start', text: 'To the beginning', icon: 'start' },
  { move: 'reverseContinue', text: 'Continue backwards', icon: 'reverse', key: 'Shift-F6' },
  { move: 'stepBack', text: 'Step back', icon: 'back', key: 'Shift-F10' },
  { move: 'next', text: 'Step', icon: 'next', key: 'F10' },
  { move: 'stepIn', text: 'Step into', icon: 'into', key: 'F11' },
  { move: 'stepOut', text: 'Step out', icon: 'out', key: 'Shift-F11' },
  { move: 'continue', text: 'Continue', icon: 'continue', key: 'F6' },
  { move: 'end', text: 'To the end', icon: 'end' },
  { move: 'pause', text: 'Pause', icon: 'pause' },
  { move: 'stop', text: 'Stop debugging', icon: 'stop' },
];

export class DebugControls {
  readonly element: HTMLElement;
  private readonly buttons = new Map<Move, HTMLButtonElement>();
  private readonly slider = h('input', { type: 'range', id: 'debug-step', min: '0', max: '0', step: '1', value: '0' });
  private readonly place = h('output', { className: 'place', attributes: { for: 'debug-step' } });

  constructor(
    private readonly move: (move: Move) => void,
    goTo: (step: number) => void,
  ) {
    for (const control of CONTROLS) {
      const title = control.key === undefined ? control.text : `${control.text} (${control.key})`;
      const one = h('button', { type: 'button', title, ariaLabel: control.text, onclick: () => this.act(control.move) }, icon(control.icon));
      one.dataset['move'] = control.move;
      this.buttons.set(control.move, one);
    }
    this.slider.addEventListener('input', () => goTo(Number(this.slider.value)));
    this.element = h(
      'div',
      { className: 'controls' },
      h('div', { className: 'buttons', role: 'group', ariaLabel: 'Steps of the debugger' }, ...this.buttons.values()),
      h('div', { className: 'scrub' }, h('label', { htmlFor: 'debug-step', className: 'hidden' }, 'Step'), this.slider, this.place),
    );
    document.addEventListener('keydown', (event) => {
      const name = `${event.shiftKey ? 'Shift-' : ''}${event.key}`;
      const control = CONTROLS.find(({ key }) => key === name);
      if (control !== undefined && this.element.isConnected && !event.ctrlKey && !event.altKey && !event.metaKey) {
        event.preventDefault();
        this.act(control.move);
      }
    });
  }

  stopped(step: number, length: number): void {
    this.slider.max = String(length);
    this.slider.value = String(step);
    this.place.textContent = `step ${step.toLocaleString('en')} of ${length.toLocaleString('en')}`;
    for (const [move, one] of this.buttons) {
      const isForward = ['next', 'stepIn', 'stepOut', 'continue', 'end'].includes(move);
      const isBackward = ['start', 'stepBack', 'reverseContinue'].includes(move);
      allow(one, !(move === 'pause' || (isForward && step >= length) || (isBackward && step === 0)));
    }
  }

  running(): void {
    for (const [move, one] of this.buttons) {
      allow(one, move === 'pause' || move === 'stop');
    }
  }

  /** Takes the focus, for whoever had it in what the controls take the place of. */
  focusIf(wanted: boolean): void {
    if (wanted) {
      this.buttons.get('next')?.focus();
    }
  }

  private act(move: Move): void {
    if (this.buttons.get(move)?.ariaDisabled !== 'true') {
      this.move(move);
    }
  }
}

/** A button that is not allowed keeps the focus, so that whoever steps by the keyboard can go on. */
function allow(one: HTMLButtonElement, isAllowed: boolean): void {
  one.ariaDisabled = String(!isAllowed);
}
