export { BadInput, InvalidProof, VerifierFault, type InvalidReason } from './errors.js';
export { type Statement } from './statement.js';
export { Verifier, type Claim, type LoadOptions } from './verifier.js';
