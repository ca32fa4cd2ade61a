// The dialog that makes an address of the program.

import { button, h } from '../shell/dom';
import { toFragment, type Shared } from './codec';

/** Longer addresses are cut off by some programs that they are sent with. */
const LONG = 8000;

/** `shared` is called with whether the public input goes along. */
export function shareDialog(shared: (withInput: boolean) => Shared): { open(): void } {
  const withInput = h('input', { type: 'checkbox', id: 'share-input' });
  const address = h('textarea', { id: 'share-address', readOnly: true, rows: 4, spellcheck: false });
  const told = h('p', { className: 'note', role: 'status' });
  const make = async (): Promise<void> => {
    const url = new URL(location.href);
    url.search = '';
    url.hash = await toFragment(shared(withInput.checked));
    address.value = url.href;
    told.textContent = url.href.length > LONG ? 'This address is long, and some programs cut off long addresses: send it as a file, or try it first.' : '';
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address.value);
      told.textContent = 'Copied.';
    } catch {
      address.select();
      told.textContent = 'The browser does not let this page copy: copy the selected address yourself.';
    }
  };
  const dialog: HTMLDialogElement = h(
    'dialog',
    { ariaLabel: 'Share the program' },
    h('h2', {}, 'Share the program'),
    h('p', {}, 'The program is in the address itself. Nothing is stored anywhere: who has the address has the program.'),
    h('p', { className: 'check' }, withInput, h('label', { htmlFor: withInput.id }, 'with the public input')),
    h('p', { className: 'note' }, 'The secret input is never in an address.'),
    h('label', { htmlFor: address.id }, 'Address'),
    address,
    told,
    h('div', { className: 'row' }, button('Copy', copy, 'primary'), button('Close', () => dialog.close())),
  );
  withInput.addEventListener('change', () => void make());
  address.addEventListener('focus', () => address.select());
  document.body.append(dialog);
  return {
    open: () => {
      withInput.checked = false;
      void make().then(() => dialog.showModal());
    },
  };
}
