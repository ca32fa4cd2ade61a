/** What keeps a proof from being valid, as a word that does not change with the message's text. */
export type InvalidReason =
  /** It is no proof file, or one of its points is not one that a proof may have. */
  | 'malformed'
  /** It was made for another program. */
  | 'program'
  /** It was made with another key. */
  | 'key'
  /** It was made at another tier than that of the key. */
  | 'tier'
  /** It was made for a circuit that this version does not have. */
  | 'version'
  /** Its trace commitment is not that of its point `d`. */
  | 'commitment'
  /** Program, public input or public output do not fit in the tier. */
  | 'statement'
  /** The equation does not hold: it does not prove that this program gives this output. */
  | 'pairing'
  /** Another reason, which the message states. */
  | 'other';

/** The verdict that a proof is not valid. */
export class InvalidProof extends Error {
  override readonly name = 'InvalidProof';
  readonly reason: InvalidReason;
  /** Of `verifyAll`: the place of the proof in the list, from 0. */
  readonly index: number | undefined;

  constructor(reason: InvalidReason, message: string, index?: number) {
    super(message);
    this.reason = reason;
    this.index = index;
  }
}

/** An argument that nothing can be verified with. It says nothing about the proof. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  /** Which argument. */
  readonly input: 'key' | 'program' | 'proof' | 'claims' | 'wasm';

  constructor(input: BadInput['input'], message: string) {
    super(`${input}: ${message}`);
    this.input = input;
  }
}

/** The verifier itself failed, so there is no verdict. It can be used again. */
export class VerifierFault extends Error {
  override readonly name = 'VerifierFault';
}
