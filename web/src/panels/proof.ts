// The proof: what it shows and under whose key, and the files that go to others and come from them.

import type { Host } from '@host';
import { duration, type Status } from '../program/status';
import { button, h } from '../shell/dom';
import { messageOf } from '../shell/errors';
import { download, fileButton } from '../shell/files';
import { digest, facts, section, verdict } from './section';
import { shownWords } from './words';

export interface ProofActions {
  /** A proof that the user brings, as the text of a proof file. */
  load(text: string): void;
  verify(): void;
  say(tone: 'info' | 'error', text: string): void;
  /** The keys may be others now. */
  keysChanged(): void;
}

/** Texts that are longer are no proof files. */
const LONGEST_PROOF = 4 << 20;
const LONGEST_KEY = 64 << 20;

export class ProofPanel {
  private readonly shown = h('div', {});
  private readonly pasted = h('textarea', { id: 'pasted-proof', rows: 4, spellcheck: false, attributes: { autocomplete: 'off' } });
  private proof: string | null = null;
  private status: Status | undefined;

  constructor(
    panel: HTMLElement,
    private readonly actions: ProofActions,
    private readonly keys: Host['keys'],
  ) {
    const load = h(
      'div',
      { className: 'row' },
      fileButton('Load a proof…', '.json,application/json', (file) => void this.loadProof(file)),
      fileButton('Load a key…', '.vk', (file) => void this.loadKey(file)),
    );
    panel.append(
      this.shown,
      section(
        'A proof from somebody else',
        h('p', { className: 'note' }, 'Verifying takes their program, their proof and their key, and no inputs.'),
        load,
        h('label', { htmlFor: this.pasted.id }, 'Or paste a proof'),
        this.pasted,
        button('Use the pasted proof', () => this.usePasted()),
      ),
    );
    this.render();
  }

  /** The text of the proof file that lies beside the program, or null. */
  showProof(text: string | null): void {
    this.proof = text;
    this.render();
  }

  showStatus(status: Status): void {
    this.status = status;
    this.render();
  }

  private render(): void {
    this.shown.replaceChildren(...(this.status === undefined ? [] : this.parts(this.status)));
  }

  private parts({ proof, failure: failed, text }: Status): HTMLElement[] {
    if (proof.no_proof !== null) {
      return [verdict('bad', 'The file is no proof', proof.no_proof), this.files(proof.key)];
    }
    const failure = failed ?? /^\s*NOT valid: (.*)$/m.exec(text)?.[1] ?? null;
    if (proof.trace_commitment === null) {
      return [failure !== null && proof.state === 'failed' ? verdict('bad', failure) : h('p', { className: 'empty' }, 'Prove the run, or load a proof. A proof shows that the program ran to its end with this public input and output, and nothing else of the run.')];
    }
    return [this.verdict(proof, failure), this.statement(proof), this.key(proof.key), this.measures(proof), this.files(proof.key)];
  }

  private verdict(proof: Status['proof'], failure: string | null): HTMLElement {
    switch (proof.state) {
      case 'queued':
      case 'running':
        return verdict('plain', 'At work…');
      case 'failed':
        return verdict('bad', 'Not valid', failure ?? undefined);
      case 'stale':
        return verdict('stale', 'Stale', `It is not a proof of what is here now: ${proof.why ?? 'something has changed'}.`);
      case 'none':
      case 'fresh':
        return proof.verified ? this.verified(proof) : verdict(failure === null ? 'plain' : 'bad', failure === null ? 'Not verified yet' : 'Not valid', failure ?? 'A proof is here. Verify checks it against the program.', failure === null && button('Verify it', () => this.actions.verify()));
    }
  }

  private verified(proof: Status['proof']): HTMLElement {
    const beside = {
      same: 'Its public input is the one in the panel Inputs.',
      different: 'Its public input is another than the one in the panel Inputs.',
      none: undefined,
      unreadable: 'The inputs here cannot be read, so it was not compared with them.',
    };
    return verdict(
      'good',
      'Verified',
      'Whoever made this proof ran this program to its end on the public input below and on a secret input that they know, and it gave the public output below.',
      proof.inputs === null ? undefined : beside[proof.inputs],
    );
  }

  private statement(proof: Status['proof']): HTMLElement {
    const claim = proof.verified ? 'What it shows' : 'What it claims';
    return section(
      claim,
      facts(
        ['public input', shownWords(proof.public_input ?? [])],
        ['public output', shownWords(proof.public_output ?? [])],
        ['trace commitment', digest(proof.trace_commitment ?? '')],
      ),
    );
  }

  private key(key: Status['proof']['key']): HTMLElement {
    const { digest: name, origin } = key ?? { digest: '', origin: null };
    const isOwn = origin?.startsWith('made') === true;
    const trust = isOwn
      ? 'This key was made in this browser, and whoever makes a key could keep what it was made from and forge proofs with it. So it convinces you alone.'
      : origin === null
        ? 'This key is not here, so the proof cannot be verified: load the key that the prover has sent.'
        : 'Proofs under this key convince you as far as you trust those who made it.';
    return section('Under whose key', facts(['origin', origin ?? 'not here'], ['key', digest(name)]), h('p', { className: 'note' }, trust));
  }

  private measures({ answer }: Status['proof']): HTMLElement {
    if (answer === null) {
      return h('div', {});
    }
    return section(
      'How it was made',
      facts(
        ['size', `${answer.proof_bytes} bytes`],
        ['tier', answer.tier],
        ['time', duration(answer.prove_ms)],
        answer.setup_ms !== null && ['time for the key', duration(answer.setup_ms)],
        ['constraints', answer.constraints.toLocaleString('en')],
      ),
    );
  }

  private files(key: Status['proof']['key']): HTMLElement {
    const { proof } = this;
    return h(
      'div',
      { className: 'row' },
      proof !== null && button('Download the proof', () => download('main.proof.json', proof, 'application/json')),
      key !== null && key.origin !== null && button('Download the verifying key', () => void this.saveKey(key.digest)),
      proof !== null && button('Remove the proof', () => this.actions.load('')),
    );
  }

  private usePasted(): void {
    const text = this.pasted.value.trim();
    if (text === '') {
      this.actions.say('error', 'There is nothing pasted yet: paste the text of a proof file.');
      return;
    }
    this.actions.load(`${text}\n`);
    this.pasted.value = '';
  }

  private async loadProof(file: File): Promise<void> {
    if (file.size > LONGEST_PROOF) {
      this.actions.say('error', `${file.name} is too large for a proof file.`);
      return;
    }
    this.actions.load(await file.text());
  }

  private async loadKey(file: File): Promise<void> {
    if (file.size > LONGEST_KEY) {
      this.actions.say('error', `${file.name} is too large for a verifying key.`);
      return;
    }
    try {
      const name = await this.keys.import(new Uint8Array(await file.arrayBuffer()));
      this.actions.say('info', `The key ${name.slice(0, 12)}… is here now.`);
      this.actions.keysChanged();
    } catch (error) {
      this.actions.say('error', `${file.name}: ${messageOf(error)}`);
    }
  }

  private async saveKey(name: string): Promise<void> {
    try {
      download(`${name.slice(0, 12)}.vk`, new Uint8Array(await this.keys.export(name)), 'application/octet-stream');
    } catch (error) {
      this.actions.say('error', messageOf(error));
    }
  }
}
