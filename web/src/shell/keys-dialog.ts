// The list of keys.

import { button, h } from './dom';

const KEYS: [string, string][] = [
  ['Ctrl-Enter', 'run the program'],
  ['Ctrl-Shift-Enter', 'prove the run'],
  ['Ctrl-.', 'what can be done at the cursor: quick fixes, and all that stands over the lines'],
  ['Ctrl-Space', 'completion'],
  ['F2', 'rename'],
  ['F12, Shift-F12', 'go to the definition, list the references'],
  ['Shift-Alt-F', 'lay the program out'],
  ['F8', 'the next problem'],
  ['Ctrl-F', 'find and replace'],
  ['Ctrl-/', 'comment, or no comment'],
  ['F9', 'set or remove a breakpoint'],
  ['F10, Shift-F10', 'in the debugger: a step forward, a step back'],
  ['F11, Shift-F11', 'in the debugger: into a routine, out of it'],
  ['F6, Shift-F6', 'in the debugger: continue, continue backwards'],
  ['Tab', 'leaves the editor: to the panels, and on'],
];

export function keysDialog(): { open(): void } {
  const list = h('dl', { className: 'keys' });
  for (const [key, text] of KEYS) {
    list.append(h('dt', {}, h('kbd', {}, key)), h('dd', {}, text));
  }
  const dialog: HTMLDialogElement = h(
    'dialog',
    { ariaLabel: 'Keys' },
    // A long list begins with its head, and not with the button under it.
    h('h2', { tabIndex: -1, autofocus: true }, 'Keys'),
    list,
    h('p', { className: 'note' }, 'On a Mac, Cmd stands for Ctrl.'),
    h('p', {}, h('a', { href: 'reference.html', target: '_blank', rel: 'noopener' }, 'The language, from its first page')),
    h('div', { className: 'row' }, button('Close', () => dialog.close(), 'primary')),
  );
  document.body.append(dialog);
  return { open: () => dialog.showModal() };
}
