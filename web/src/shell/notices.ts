// Messages over the page. Errors stay until they are closed, others go after a while unless they offer something.

import { button, h } from './dom';

export type Tone = 'error' | 'warning' | 'info';

export interface Choice {
  title: string;
  choose: () => void;
}

const SHOWN_FOR_MS = 12_000;
const MOST = 4;

export class Notices {
  /** `calm` is a live region for messages, and `urgent` one for errors. */
  constructor(
    private readonly calm: HTMLElement,
    private readonly urgent: HTMLElement,
  ) {}

  show(tone: Tone, text: string, choices: Choice[] = [], closed?: () => void): void {
    const region = tone === 'error' ? this.urgent : this.calm;
    const close = (): void => {
      notice.remove();
      closed?.();
    };
    const buttons = choices.map(({ title, choose }) => {
      return button(title, () => {
        choose();
        notice.remove();
      });
    });
    const closing = button('×', close, 'close');
    closing.ariaLabel = 'Close this message';
    const notice = h('div', { className: `notice ${tone}` }, h('p', {}, text), ...buttons, closing);
    region.append(notice);
    while (region.children.length > MOST) {
      region.firstElementChild?.remove();
    }
    if (tone === 'info' && choices.length === 0) {
      setTimeout(() => notice.remove(), SHOWN_FOR_MS);
    }
  }
}
