// Which program is shown: an example, the user's own, or one from an address. Whatever takes the place of the user's own sets it aside.

import { fromFragment, UnreadableFragment, type Shared } from '../share/codec';
import { loadDraft, saveDraft, setAside, takeBack, type Draft } from './draft';
import { exampleNamed, examples, exampleWith, type Example } from './examples';
import { formatInputs, parseInputs } from './inputs';

export interface Shown {
  program: string;
  /** The text of the inputs file. */
  inputs: string;
}

export interface TextsView {
  /** What is shown now. */
  current(): Shown;
  show(shown: Shown): void;
  /** Tells of something, and offers to bring the user's own program back. */
  offerBack(text: string, back: () => void): void;
  error(text: string): void;
}

const FIRST = 'gcd';
/** The choice of a program that is not written yet. */
const NEW = 'new';

export class Texts {
  constructor(
    private readonly view: TextsView,
    private readonly picker: HTMLSelectElement,
  ) {
    this.fill();
    picker.addEventListener('change', () => this.pick(picker.value));
    addEventListener('hashchange', () => void this.openAddress());
  }

  /** What is shown first: what the address shares, else the draft, else an example. */
  async first(): Promise<void> {
    const draft = loadDraft();
    this.view.show(draft === undefined ? ofExample(exampleNamed(FIRST) ?? examples[0]) : ofDraft(draft));
    this.changed();
    await this.openAddress();
  }

  /** The text has changed: it is the user's own, unless it is that of an example. */
  changed(): void {
    const { program, inputs } = this.view.current();
    this.picker.value = exampleWith(program)?.name ?? '';
    saveDraft(draftOf({ program, inputs }));
  }

  private pick(name: string): void {
    if (name === NEW) {
      this.replace({ program: '', inputs: '' }, 'Your program is set aside.');
      return;
    }
    const example = exampleNamed(name);
    if (example !== undefined) {
      this.replace(ofExample(example), 'The example has taken the place of your program.');
    }
  }

  private async openAddress(): Promise<void> {
    let shared: Shared | undefined;
    try {
      shared = await fromFragment(location.hash);
    } catch (error) {
      if (!(error instanceof UnreadableFragment)) {
        throw error;
      }
      this.view.error(`The shared program cannot be opened: ${error.message}. What was here is still here.`);
    }
    if (shared === undefined) {
      return;
    }
    const { program, publicInput } = shared;
    // An example that was shared without inputs has its own.
    const own = publicInput === undefined ? exampleWith(program)?.inputs : undefined;
    this.replace({ program, inputs: own ?? formatInputs({ public: publicInput ?? [], secret: [] }) }, 'A shared program has taken the place of yours.');
    // The address is done with: to load the page again keeps what was edited since.
    history.replaceState(null, '', location.pathname + location.search);
  }

  private replace(shown: Shown, why: string): void {
    const before = this.view.current();
    const isOwn = before.program.trim() !== '' && before.program !== shown.program && exampleWith(before.program) === undefined;
    if (isOwn) {
      setAside(draftOf(before));
    }
    this.view.show(shown);
    this.changed();
    if (isOwn) {
      this.view.offerBack(why, () => {
        const draft = takeBack();
        if (draft !== undefined) {
          // Secrets are not stored, but those that were just here are still known.
          this.view.show(draft.program === before.program ? before : ofDraft(draft));
          this.changed();
        }
      });
    }
  }

  private fill(): void {
    const group = (label: string, list: readonly Example[]): HTMLOptGroupElement => {
      const element = document.createElement('optgroup');
      element.label = label;
      element.append(...list.map(({ name, about }) => new Option(`${name} – ${about}`, name)));
      return element;
    };
    this.picker.append(
      new Option('Your program', ''),
      new Option('A new program', NEW),
      group('Examples: a proof takes seconds', examples.filter(({ quick }) => quick)),
      group('Larger examples: run them, proofs take longer', examples.filter(({ quick }) => !quick)),
    );
  }
}

function ofExample(example: Example | undefined): Shown {
  return { program: example?.program ?? '', inputs: example?.inputs ?? '' };
}

function draftOf({ program, inputs }: Shown): Draft {
  return { program, publicInput: parseInputs(inputs)?.public ?? [] };
}

/** A draft has no secret input; that of an example comes with the example. */
function ofDraft({ program, publicInput }: Draft): Shown {
  const example = exampleWith(program);
  const known = example === undefined ? undefined : parseInputs(example.inputs);
  return JSON.stringify(known?.public) === JSON.stringify(publicInput)
    ? ofExample(example)
    : { program, inputs: formatInputs({ public: publicInput, secret: known?.secret ?? [] }) };
}
