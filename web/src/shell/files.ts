// Files that the user gives and takes.

import { h } from './dom';

/** Lets the browser save a file. */
export function download(name: string, content: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  h('a', { href: address, download: name }).click();
  // The download has begun once the click is handled.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}

/** A button that asks for a file and hands it over. */
export function fileButton(text: string, accept: string, take: (file: File) => void): HTMLElement {
  const input = h('input', { type: 'file', accept, className: 'hidden', tabIndex: -1, ariaHidden: 'true' });
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file !== undefined) {
      take(file);
    }
    // The same file can be chosen again.
    input.value = '';
  });
  const open = h('button', { type: 'button', onclick: () => input.click() }, text);
  return h('span', {}, open, input);
}
