// What the package has to do, the same in Node.js and in browsers: `cases` gives names with functions, of which each throws if it fails.

const decode = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

function assert(holds, what) {
  if (!holds) throw new Error(what);
}

function equal(found, expected, what = 'value') {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
  assert(one === other, `${what}: ${one}, not ${other}`);
}

/** What a function throws, or what a promise is rejected with. That it does is part of the test. */
async function refusal(work) {
  let given;
  try {
    given = await work();
  } catch (error) {
    return error;
  }
  throw new Error(`nothing was refused; it gave ${JSON.stringify(given)}`);
}

/** A generator of numbers below a bound, the same in each run (xorshift, Marsaglia 2003). */
function random(seed) {
  let state = seed;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

/** Bytes with a few random changes: one replaced, a stretch removed, repeated, or the end cut off. */
function mutated(bytes, next) {
  let changed = Array.from(bytes);
  for (let times = 1 + next(3); times > 0; times -= 1) {
    const at = next(changed.length + 1);
    const length = next(16);
    switch (next(5)) {
      case 0:
        changed[at] = next(256);
        break;
      case 1:
        changed[at] ^= 1 << next(8);
        break;
      case 2:
        changed.splice(at, length);
        break;
      case 3:
        changed.splice(at, 0, ...changed.slice(at, at + length));
        break;
      default:
        changed = changed.slice(0, at);
    }
  }
  return Uint8Array.from(changed);
}

export function cases({ Verifier, InvalidProof, BadInput, VerifierFault }, material) {
  const right = decode(material.keys.right);
  const other = decode(material.keys.other);
  const { programs, proofs } = material;
  const load = (key = right, options = undefined) => Verifier.load(key, options);
  const changed = (change) => {
    const proof = JSON.parse(proofs.product);
    change(proof);
    return proof;
  };
  /** The proof is refused as invalid, for this reason. */
  const invalid = async (verifier, program, proof, reason) => {
    const error = await refusal(() => verifier.verify(program, proof));
    assert(error instanceof InvalidProof, `${error}`);
    assert(!(error instanceof BadInput) && error.message !== '', 'it has a message');
    equal(error.reason, reason, error.message);
  };
  const bad = async (input, work) => {
    const error = await refusal(work);
    assert(error instanceof BadInput, `${error}`);
    equal(error.input, input, error.message);
    return error.message;
  };

  return {
    async 'a valid proof shows its statement'() {
      const verifier = await load();
      const statement = verifier.verify(programs.product, proofs.product);
      const file = JSON.parse(proofs.product);
      equal(statement, {
        valid: true,
        publicInput: [3599],
        publicOutput: [],
        traceCommitment: file.trace_commitment,
        programDigest: file.program_digest,
        keyDigest: file.verifying_key_digest,
        keyOrigin: 'imported',
      });
      equal([verifier.keyDigest, verifier.tier], [file.verifying_key_digest, material.tier]);
      assert(Object.isFrozen(statement) && Object.isFrozen(statement.publicInput), 'nobody changes a statement');
    },
    async 'a program may use the standard library'() {
      const statement = (await load()).verify(programs.library, proofs.library);
      equal([statement.publicInput, statement.publicOutput], [[], [77, 4294967295]]);
    },
    async 'comments and spacing do not matter'() {
      (await load()).verify(`; a comment – ü 😀\r\n${programs.product.replaceAll('\n', '  \r\n')}`, proofs.product);
    },
    async 'texts, bytes and objects are taken alike'() {
      const bytes = (text) => new TextEncoder().encode(text);
      const verifier = await load(right.buffer);
      const forms = [proofs.product, bytes(proofs.product), bytes(proofs.product).buffer, JSON.parse(proofs.product)];
      for (const proof of forms) verifier.verify(bytes(programs.product), proof);
    },
    async 'a changed field is refused, each for its reason'() {
      const verifier = await load();
      const elsewhere = JSON.parse(proofs.library);
      const digest = '0'.repeat(64);
      const changes = [
        [(proof) => (proof.public_input = [3600]), 'pairing'],
        [(proof) => (proof.public_output = [1]), 'pairing'],
        [(proof) => (proof.public_input = Array(3_000_000).fill(0)), 'malformed'],
        [(proof) => (proof.public_input = Array(1000).fill(0)), 'statement'],
        [(proof) => (proof.public_input = [-1]), 'malformed'],
        [(proof) => (proof.public_input = [4294967296]), 'malformed'],
        [(proof) => (proof.public_input = ['3599']), 'malformed'],
        [(proof) => (proof.version = 2), 'malformed'],
        [(proof) => (proof.circuit_id = digest), 'version'],
        [(proof) => (proof.verifying_key_digest = digest), 'key'],
        [(proof) => (proof.program_digest = digest), 'program'],
        [(proof) => (proof.trace_commitment = digest), 'commitment'],
        [(proof) => (proof.a = elsewhere.a), 'pairing'],
        [(proof) => (proof.b = elsewhere.b), 'pairing'],
        [(proof) => (proof.c = elsewhere.c), 'pairing'],
        [(proof) => (proof.d = elsewhere.d), 'commitment'],
        [(proof) => ([proof.d, proof.trace_commitment] = [elsewhere.d, elsewhere.trace_commitment]), 'pairing'],
        [(proof) => ([proof.a, proof.c] = [proof.c, proof.a]), 'pairing'],
        [(proof) => (proof.a = `c0${'0'.repeat(94)}`), 'malformed'],
        [(proof) => (proof.a = proof.a.toUpperCase()), 'malformed'],
        [(proof) => (proof.b = proof.a), 'malformed'],
        [(proof) => (proof.valid = true), 'malformed'],
        [(proof) => delete proof.c, 'malformed'],
      ];
      for (const [change, reason] of changes) await invalid(verifier, programs.product, changed(change), reason);
      verifier.verify(programs.product, proofs.product);
    },
    async 'a text that is no proof is refused'() {
      const verifier = await load();
      const texts = ['', '{}', '[]', 'true', '{"valid":true}', '['.repeat(100_000), proofs.product.slice(0, -3), proofs.product + proofs.product];
      for (const text of texts) await invalid(verifier, programs.product, text, 'malformed');
      await invalid(verifier, programs.product, Uint8Array.of(0x7b, 0xff, 0x7d), 'malformed');
    },
    async 'a proof of another program is refused'() {
      const verifier = await load();
      await invalid(verifier, programs.library, proofs.product, 'program');
      await invalid(verifier, programs.product.replace('MUL', 'ADD'), proofs.product, 'program');
      // Its digest too was changed to that of the other program.
      const digest = JSON.parse(proofs.library).program_digest;
      await invalid(verifier, programs.library, changed((proof) => (proof.program_digest = digest)), 'pairing');
    },
    async 'a proof under another key is refused'() {
      const verifier = await load(other);
      await invalid(verifier, programs.product, proofs.product, 'key');
      const digest = verifier.keyDigest;
      await invalid(verifier, programs.product, changed((proof) => (proof.verifying_key_digest = digest)), 'commitment');
    },
    async 'a damaged key is refused'() {
      for (const key of [right.slice(0, -1), right.slice(1), new Uint8Array(), new Uint8Array(right.length), Uint8Array.of(...right, 0)]) {
        await bad('key', () => load(key));
      }
      await bad('key', () => load(new Uint8Array((1 << 20) + 1)));
    },
    async 'a key stays as it was loaded'() {
      const mine = right.slice();
      const verifier = await load(mine);
      mine.fill(0);
      // A large program makes the verifier begin anew, with the key that it was loaded with.
      const large = `${programs.product};${' '.repeat(20 << 20)}`;
      verifier.verify(large, proofs.product);
      verifier.verify(programs.product, proofs.product);
    },
    async 'bad arguments are no verdict'() {
      const verifier = await load();
      for (const key of [undefined, null, 'key', 7, [1, 2], {}]) await bad('key', () => Verifier.load(key));
      for (const program of [undefined, null, 7, {}, []]) await bad('program', () => verifier.verify(program, proofs.product));
      for (const proof of [undefined, null, 7, [], () => 1]) await bad('proof', () => verifier.verify(programs.product, proof));
      await bad('proof', () => verifier.verify(programs.product, { toJSON: () => undefined }));
      await bad('proof', () => verifier.verify(programs.product, ' '.repeat((16 << 20) + 1)));
      await bad('wasm', () => load(right, { wasm: 'verifier.wasm' }));
      await bad('claims', () => verifier.verifyAll(undefined));
      await bad('claims', () => verifier.verifyAll([null]));
    },
    async 'a program that does not assemble is told of its place'() {
      const verifier = await load();
      const message = await bad('program', () => verifier.verify('PUSH 1\n  PUHS 2\n', proofs.product));
      assert(message.includes('line 2, column 3'), message);
      await bad('program', () => verifier.verify(Uint8Array.of(0x50, 0xff), proofs.product));
    },
    async 'a program of several files is told of provable link'() {
      const verifier = await load();
      const message = await bad('program', () => verifier.verify('.use "lib/it"\n  CALL it.go\n  HALT\n', proofs.product));
      assert(message.includes('provable link'), message);
    },
    async 'several proofs are verified, and the first that is refused is named'() {
      const verifier = await load();
      const claims = ['product', 'library', 'product'].map((name) => ({ program: programs[name], proof: proofs[name] }));
      equal(verifier.verifyAll(claims).map((statement) => statement.publicOutput.length), [0, 2, 0]);
      equal(verifier.verifyAll([]), []);
      claims[1] = { program: programs.product, proof: changed((proof) => (proof.public_output = [1])) };
      const error = await refusal(() => verifier.verifyAll(claims));
      assert(error instanceof InvalidProof, `${error}`);
      equal([error.index, error.reason], [1, 'pairing']);
    },
    async 'a module that is damaged, or that lies, verifies nothing'() {
      const fault = async (wasm) => {
        const error = await refusal(() => load(right, { wasm }));
        assert(error instanceof VerifierFault, `${error}`);
      };
      await fault(new Uint8Array());
      await fault(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
      for (const status of [0x51c67e92, 0x9e3711a5, 0, 1]) await fault(lying(status));
    },
    async 'random changes of a proof are never valid and never a fault'() {
      const verifier = await load();
      const next = random(0x2545f491);
      const bytes = new TextEncoder().encode(proofs.product);
      for (let times = 0; times < 300; times += 1) {
        const proof = mutated(bytes, next);
        if (saysTheSame(proof, proofs.product)) continue;
        const error = await refusal(() => verifier.verify(programs.product, proof));
        assert(error instanceof InvalidProof, `${times}: ${error}`);
      }
    },
    async 'random changes of a program are another program or none'() {
      const verifier = await load();
      const next = random(0x1f123bb5);
      const bytes = new TextEncoder().encode(programs.library);
      const expected = verifier.verify(programs.library, proofs.library).programDigest;
      for (let times = 0; times < 300; times += 1) {
        try {
          equal(verifier.verify(mutated(bytes, next), proofs.library).programDigest, expected);
        } catch (error) {
          const is = error instanceof BadInput || (error instanceof InvalidProof && ['program', 'statement'].includes(error.reason));
          assert(is, `${times}: ${error}`);
        }
      }
    },
    async 'random changes of a key are never valid and never a fault'() {
      const next = random(0x6c078965);
      for (let times = 0; times < 100; times += 1) {
        const key = mutated(right, next);
        if (saysTheSame(key, new TextDecoder('latin1').decode(right))) continue;
        try {
          const verifier = await load(key);
          await invalid(verifier, programs.product, proofs.product, 'key');
        } catch (error) {
          assert(error instanceof BadInput, `${times}: ${error}`);
        }
      }
    },
  };
}

/** Whether changed bytes are those of the text after all. */
function saysTheSame(bytes, text) {
  if (new TextDecoder('latin1').decode(bytes) === text) return true;
  try {
    return JSON.stringify(JSON.parse(new TextDecoder().decode(bytes))) === JSON.stringify(JSON.parse(text));
  } catch {
    return false;
  }
}

/** A module that has the right exports, and answers this status with an answer that does not repeat it: `{}`. */
function lying(status) {
  const leb = (value) => {
    const bytes = [];
    for (let rest = value | 0; ; rest >>= 7) {
      const last = (rest >> 7 === 0 && !(rest & 0x40)) || (rest >> 7 === -1 && rest & 0x40);
      bytes.push((rest & 0x7f) | (last ? 0 : 0x80));
      if (last) return bytes;
    }
  };
  const section = (kind, ...bytes) => [kind, ...size(bytes.length), ...bytes];
  const size = (length) => (length < 128 ? [length] : [(length & 0x7f) | 0x80, length >> 7]);
  const name = (text) => [text.length, ...new TextEncoder().encode(text)];
  const constant = (value) => {
    const body = [0, 0x41, ...leb(value), 0x0b];
    return [...size(body.length), ...body];
  };
  // Types: () -> i32, (i32) -> i32, (i32, i32) -> i32.
  const types = section(1, 3, 0x60, 0, 1, 0x7f, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 2, 0x7f, 0x7f, 1, 0x7f);
  const functions = section(3, 5, 1, 0, 0, 1, 2);
  const memory = section(5, 1, 0, 1);
  const names = ['allocate', 'answer_at', 'answer_len', 'load_key', 'verify'];
  const exported = names.flatMap((text, index) => [...name(text), 0, index]);
  const exports = section(7, 6, ...name('memory'), 2, 0, ...exported);
  const code = section(10, 5, ...[1024, 16, 2, status, status].flatMap(constant));
  const data = section(11, 1, 0, 0x41, 16, 0x0b, ...name('{}'));
  return Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...types, ...functions, ...memory, ...exports, ...code, ...data);
}
