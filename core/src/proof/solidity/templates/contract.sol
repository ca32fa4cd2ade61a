// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

{{header}}
///
/// `verify` returns true, or it reverts. It returns true only if the prover knew a secret input on which the program
/// halts, having read exactly `input` and written exactly `output`. What these words mean, and whether the statement was
/// used before, is for the caller to check: anybody who sees a proof can send it again, and can make from it another proof
/// of the same statement with other points A, B and C. So no hash of a proof or of calldata identifies anything. Point D
/// identifies the proof; a nonce, an address or a nullifier among the words of `input` or `output` identifies its use.
///
/// The chain must have the precompiles of EIP-2537 (Ethereum has them since the upgrade Prague). On any other chain `verify`
/// reverts.
contract {{name}} {
    /// The digest of the program, as `provable` computes it from the program's text.
    bytes32 public constant PROGRAM_DIGEST = {{program_digest}};
    /// The digest of the verifying key, as `provable keys list` shows it.
    bytes32 public constant KEY_DIGEST = {{key_digest}};
    /// The identity of the circuit of the key.
    bytes32 public constant CIRCUIT_ID = {{circuit_id}};
    /// The most words that `input` and `output` may have each: the rows of the circuit's tier.
    uint256 public constant MOST_WORDS = {{most_words}};

    /// The calldata is not the one encoding that the ABI's canonical form gives these arguments, or `proof` has another
    /// length than the proofs of this contract.
    error NotCanonical();
    /// A tape is longer than the circuit can read or write.
    error TooManyWords();
    /// A point of the proof is the identity, which no prover makes and the precompiles accept.
    error IdentityPoint();
    /// The inverse in the proof is not the inverse of the denominator, or the denominator is zero.
    error WrongInverse();
    /// A precompile refused its input (a point off the curve, outside the subgroup or not reduced; a false opening), or
    /// the chain does not have it.
    error PrecompileFailed(uint256 precompile);
    /// The proof's equation does not hold: the proof is not one of this statement, this program and this key.
    error InvalidProof();

    /// Bytes of `proof`: A (128), B (256), C (128) and D (128) as EIP-2537 encodes points, the inverse (32){{proof_rest}}.
    uint256 private constant PROOF_BYTES = {{proof_bytes}};
    uint256 private constant D_AT = 512;
    uint256 private constant INVERSE_AT = 640;

    /// The order of the groups: the modulus of the scalar field.
    uint256 private constant R = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001;
    /// 2^256 modulo R.
    uint256 private constant TWO_256 = 0x1824b159acc5056f998c4fefecbc4ff55884b7fa0003480200000001fffffffe;
    /// (p - 1) / 2 for the modulus p of the coordinates: a compressed point says whether its y is greater.
    uint256 private constant HALF_HI = 0x0d0088f51cbff34d258dd3db21a5d66b;
    uint256 private constant HALF_LO = 0xb23ba5c279c2895fb39869507b587b120f55ffff58a9ffffdcff7fffffffd555;

    /// The entries of the circuit's program table.
    uint256 private constant CAPACITY = {{capacity}};
    /// The power of two that is the first binary digit of CAPACITY.
    uint256 private constant CAPACITY_BIT = {{capacity_bit}};
    /// The control bits of an empty entry.
    uint256 private constant EMPTY_BITS = {{empty_bits}};
    /// The constant part of the cells of the input and of the output.
    uint256 private constant INPUT_CELL = {{input_cell}};
    uint256 private constant OUTPUT_CELL = {{output_cell}};

    /// Precompiles: SHA-256; of EIP-2537 addition in G1, multi-scalar multiplication in G1, and the check of pairings.
    uint256 private constant SHA_256 = 0x02;
    uint256 private constant G1_ADD = 0x0b;
    uint256 private constant G1_MSM = 0x0c;
    uint256 private constant PAIRING = 0x0f;

    // The verifying key. Each coordinate is two words, as EIP-2537 has it. The points of G2 are negated.
{{key}}

    /// Whether `proof` shows that the program, on the public input `input` and some secret input, halts with the public
    /// output `output`. Returns true or reverts.
    ///
    /// `input` and `output` are words of 4 bytes, most significant byte first, without padding: the words a and b are
    /// `abi.encodePacked(uint32(a), uint32(b))`. `provable export calldata` writes the arguments of a proof.
    function verify(bytes calldata proof, bytes calldata input, bytes calldata output) external view returns (bool) {
        _checkEncoding(proof, input, output);
        // The statement: the challenges gamma, beta and rho, the program's evaluation, and the sum of the public cells.
        uint256[5] memory x;
        uint256 seed = _seed(proof, input, output);
        x[0] = _challenge(seed, 0);
        x[1] = _challenge(seed, 1);
        x[2] = _challenge(seed, 2);
        x[3] = _program(x[1], x[2], proof);
        x[4] = uint256(bytes32(proof[INVERSE_AT:INVERSE_AT + 32]));
        x[4] = _publicCells(x, input, output);
        if (!_equation(proof, x)) revert InvalidProof();
        return true;
    }

    /// Accepts one encoding of the arguments only: that of the ABI, in order, without gaps, with zeros as padding and
    /// with nothing after it.
    function _checkEncoding(bytes calldata proof, bytes calldata input, bytes calldata output) private pure {
        bool ok;
        assembly ("memory-safe") {
            // Where the bytes of the next argument begin, if the padding of this one is zero; otherwise 0.
            function next(ptr, length) -> after {
                let rest := and(length, 31)
                let end := add(ptr, sub(length, rest))
                after := add(end, 32)
                if rest {
                    after := mul(add(end, 64), iszero(shl(shl(3, rest), calldataload(end))))
                }
            }
            // A selector of 4 bytes, three offsets and the length of the first argument.
            let second := next(132, proof.length)
            let third := next(second, input.length)
            let end := next(third, output.length)
            ok := and(eq(proof.offset, 132), eq(proof.length, PROOF_BYTES))
            ok := and(ok, and(eq(input.offset, second), eq(output.offset, third)))
            ok := and(ok, eq(add(calldatasize(), 32), end))
            ok := and(ok, iszero(and(or(input.length, output.length), 3)))
        }
        if (!ok) revert NotCanonical();
        if (input.length > 4 * MOST_WORDS || output.length > 4 * MOST_WORDS) revert TooManyWords();
    }

    /// Calls a precompile. An address without code accepts every call and returns nothing, so the length of what is
    /// returned is checked too.
    function _call(uint256 precompile, uint256 from, uint256 length, uint256 to, uint256 returned) private view {
        bool ok;
        assembly ("memory-safe") {
            ok := staticcall(gas(), precompile, from, length, to, returned)
            ok := and(ok, eq(returndatasize(), returned))
        }
        if (!ok) revert PrecompileFailed(precompile);
    }

    /// The hash of everything that defines the statement, and of D: circuit, key, program, input, output, D. Parts are
    /// preceded by their lengths, and all numbers are little-endian.
    function _seed(bytes calldata proof, bytes calldata input, bytes calldata output) private view returns (uint256 seed) {
        bytes memory message = {{transcript}};
        uint256 start;
        uint256 end;
        assembly ("memory-safe") {
            start := add(message, 32)
            end := add(start, mload(message))
        }
        end = _appendWords(end, input);
        end = _appendWords(end, output);
        uint256 flags;
        assembly ("memory-safe") {
            let d := add(proof.offset, D_AT)
            flags := calldataload(add(d, 64))
            seed := calldataload(add(d, 96))
        }
        flags = _flags(flags, seed);
        assembly ("memory-safe") {
            // The 48 bytes of D in compressed form. The pairing refuses coordinates that are not reduced.
            let d := add(proof.offset, D_AT)
            mstore(end, shl(248, 48))
            mstore(add(end, 8), shl(128, or(calldataload(d), flags)))
            mstore(add(end, 24), calldataload(add(d, 32)))
            end := add(end, 56)
        }
        _call(SHA_256, start, end - start, start, 32);
        assembly ("memory-safe") {
            seed := mload(start)
        }
    }

    /// Writes the number of words of a tape in 8 bytes, and the words, little-endian. Returns where they end.
    function _appendWords(uint256 ptr, bytes calldata tape) private pure returns (uint256 end) {
        assembly ("memory-safe") {
            // Reverses the bytes of each word of 4.
            function swapped(words) -> w {
                w := or(
                    and(shr(8, words), 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff),
                    shl(8, and(words, 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff))
                )
                w := or(
                    and(shr(16, w), 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff),
                    shl(16, and(w, 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff))
                )
            }
            mstore(ptr, shl(224, swapped(shr(2, tape.length))))
            ptr := add(ptr, 8)
            // The last 8 words may include some that follow the tape; what is written next replaces them.
            for { let i := 0 } lt(i, tape.length) { i := add(i, 32) } {
                mstore(add(ptr, i), swapped(calldataload(add(tape.offset, i))))
            }
            end := add(ptr, tape.length)
        }
    }

    /// The flags of the compressed form of a point with this y, in the 16 bytes that begin it.
    function _flags(uint256 yHi, uint256 yLo) private pure returns (uint256 flags) {
        assembly ("memory-safe") {
            let greater := or(gt(yHi, HALF_HI), and(eq(yHi, HALF_HI), gt(yLo, HALF_LO)))
            flags := or(shl(127, 1), shl(125, greater))
        }
    }

    /// A challenge: 64 bytes of two hashes as a little-endian number, modulo R.
    function _challenge(uint256 seed, uint256 index) private view returns (uint256 challenge) {
        uint256 ptr;
        assembly ("memory-safe") {
            ptr := mload(0x40)
            // "provable-vm challenges v1"
            mstore(ptr, 0x70726f7661626c652d766d206368616c6c656e67657320763100000000000000)
            mstore(add(ptr, 25), seed)
            mstore8(add(ptr, 57), index)
            mstore8(add(ptr, 58), 0)
        }
        _call(SHA_256, ptr, 59, ptr + 64, 32);
        assembly ("memory-safe") {
            mstore8(add(ptr, 58), 1)
        }
        _call(SHA_256, ptr, 59, ptr + 96, 32);
        assembly ("memory-safe") {
            // Reverses the bytes of a word of 32.
            function reversed(word) -> w {
                w := or(
                    and(shr(8, word), 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff),
                    shl(8, and(word, 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff))
                )
                w := or(
                    and(shr(16, w), 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff),
                    shl(16, and(w, 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff))
                )
                w := or(
                    and(shr(32, w), 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff),
                    shl(32, and(w, 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff))
                )
                w := or(
                    and(shr(64, w), 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff),
                    shl(64, and(w, 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff))
                )
                w := or(shr(128, w), shl(128, w))
            }
            let low := reversed(mload(add(ptr, 64)))
            challenge := addmod(low, mulmod(reversed(mload(add(ptr, 96))), TWO_256, R), R)
        }
    }

{{program}}

    /// The evaluation of a table of empty entries: EMPTY_BITS times the sum of 1, rho, ..., rho^(count - 1).
    function _emptyEntries(uint256 rho, uint256 count) private pure returns (uint256 sum) {
        assembly ("memory-safe") {
            // For each binary digit of the count, the first one first: the sum of the first k powers, and rho^k.
            let power := 1
            for { let bit := CAPACITY_BIT } bit { bit := shr(1, bit) } {
                sum := mulmod(sum, add(1, power), R)
                power := mulmod(power, power, R)
                if and(count, bit) {
                    sum := add(mulmod(sum, rho, R), 1)
                    power := mulmod(power, rho, R)
                }
            }
            sum := mulmod(sum, EMPTY_BITS, R)
        }
    }

    /// What the verifier adds to the memory sum: the sum of 1/(gamma - cell) over the words of the input, minus that over
    /// the words of the output{{data_note}}. A cell is the constant of its tape + beta word + beta^2 index.
    function _publicCells(uint256[5] memory x, bytes calldata input, bytes calldata output) private pure returns (uint256) {
        // One fraction; its parts are sums of 1/(cell - gamma), which is the negative.
        (uint256 numerator, uint256 denominator) = _tape(x, input, INPUT_CELL, 0, 1);
        numerator = R - numerator;
        (numerator, denominator) = _tape(x, output, OUTPUT_CELL, numerator, denominator);
{{data_call}}        // The prover has inverted the denominator. Zero has no inverse.
        uint256 inverse = x[4];
        if (inverse >= R || mulmod(denominator, inverse, R) != 1) revert WrongInverse();
        return mulmod(numerator, inverse, R);
    }

    /// Adds the sum of 1/(cell - gamma) over a tape to a fraction.
    function _tape(uint256[5] memory x, bytes calldata tape, uint256 cell, uint256 numerator, uint256 denominator)
        private
        pure
        returns (uint256, uint256)
    {
        assembly ("memory-safe") {
            let beta := mload(add(x, 32))
            let square := mulmod(beta, beta, R)
            let first := addmod(cell, sub(R, mload(x)), R)
            let end := add(tape.offset, tape.length)
            for { let ptr := tape.offset } lt(ptr, end) { ptr := add(ptr, 4) } {
                // Sums of two numbers below R are below 2^256, and are reduced when they are multiplied.
                let difference := add(mulmod(beta, shr(224, calldataload(ptr)), R), first)
                numerator := add(mulmod(numerator, difference, R), denominator)
                denominator := mulmod(denominator, difference, R)
                first := addmod(first, square, R)
            }
            numerator := mod(numerator, R)
        }
        return (numerator, denominator);
    }
{{data}}
    /// Whether e(A, B) = e(alpha, beta) e(S0 + x0 S1 + ... + x4 S5, kappa) e(D, gamma) e(C, delta), and no point of the
    /// proof is the identity. Every point of the proof is an input of the pairing precompile, which refuses points off the
    /// curve, outside the subgroup, and with coordinates that are not reduced.
    function _equation(bytes calldata proof, uint256[5] memory x) private view returns (bool holds) {
        uint256 m;
        bool identity;
        assembly ("memory-safe") {
            function isZero(ptr) -> zero {
                zero := iszero(
                    or(
                        or(calldataload(ptr), calldataload(add(ptr, 32))),
                        or(calldataload(add(ptr, 64)), calldataload(add(ptr, 96)))
                    )
                )
            }
            let o := proof.offset
            identity := or(isZero(o), and(isZero(add(o, 128)), isZero(add(o, 256))))
            identity := or(identity, or(isZero(add(o, 384)), isZero(add(o, D_AT))))
            m := mload(0x40)
            mstore(m, S1_X_HI)
            mstore(add(m, 0x020), S1_X_LO)
            mstore(add(m, 0x040), S1_Y_HI)
            mstore(add(m, 0x060), S1_Y_LO)
            mstore(add(m, 0x080), mload(x))
            mstore(add(m, 0x0a0), S2_X_HI)
            mstore(add(m, 0x0c0), S2_X_LO)
            mstore(add(m, 0x0e0), S2_Y_HI)
            mstore(add(m, 0x100), S2_Y_LO)
            mstore(add(m, 0x120), mload(add(x, 0x20)))
            mstore(add(m, 0x140), S3_X_HI)
            mstore(add(m, 0x160), S3_X_LO)
            mstore(add(m, 0x180), S3_Y_HI)
            mstore(add(m, 0x1a0), S3_Y_LO)
            mstore(add(m, 0x1c0), mload(add(x, 0x40)))
            mstore(add(m, 0x1e0), S4_X_HI)
            mstore(add(m, 0x200), S4_X_LO)
            mstore(add(m, 0x220), S4_Y_HI)
            mstore(add(m, 0x240), S4_Y_LO)
            mstore(add(m, 0x260), mload(add(x, 0x60)))
            mstore(add(m, 0x280), S5_X_HI)
            mstore(add(m, 0x2a0), S5_X_LO)
            mstore(add(m, 0x2c0), S5_Y_HI)
            mstore(add(m, 0x2e0), S5_Y_LO)
            mstore(add(m, 0x300), mload(add(x, 0x80)))
        }
        if (identity) revert IdentityPoint();
        _call(G1_MSM, m, 0x320, m, 128);
        assembly ("memory-safe") {
            mstore(add(m, 0x080), S0_X_HI)
            mstore(add(m, 0x0a0), S0_X_LO)
            mstore(add(m, 0x0c0), S0_Y_HI)
            mstore(add(m, 0x0e0), S0_Y_LO)
        }
        // The sum goes where the third pair begins.
        _call(G1_ADD, m, 0x100, m + 0x300, 128);
        assembly ("memory-safe") {
            // A and B.
            calldatacopy(m, proof.offset, 0x180)
            mstore(add(m, 0x180), ALPHA_X_HI)
            mstore(add(m, 0x1a0), ALPHA_X_LO)
            mstore(add(m, 0x1c0), ALPHA_Y_HI)
            mstore(add(m, 0x1e0), ALPHA_Y_LO)
            mstore(add(m, 0x200), MINUS_BETA_X0_HI)
            mstore(add(m, 0x220), MINUS_BETA_X0_LO)
            mstore(add(m, 0x240), MINUS_BETA_X1_HI)
            mstore(add(m, 0x260), MINUS_BETA_X1_LO)
            mstore(add(m, 0x280), MINUS_BETA_Y0_HI)
            mstore(add(m, 0x2a0), MINUS_BETA_Y0_LO)
            mstore(add(m, 0x2c0), MINUS_BETA_Y1_HI)
            mstore(add(m, 0x2e0), MINUS_BETA_Y1_LO)
            mstore(add(m, 0x380), MINUS_KAPPA_X0_HI)
            mstore(add(m, 0x3a0), MINUS_KAPPA_X0_LO)
            mstore(add(m, 0x3c0), MINUS_KAPPA_X1_HI)
            mstore(add(m, 0x3e0), MINUS_KAPPA_X1_LO)
            mstore(add(m, 0x400), MINUS_KAPPA_Y0_HI)
            mstore(add(m, 0x420), MINUS_KAPPA_Y0_LO)
            mstore(add(m, 0x440), MINUS_KAPPA_Y1_HI)
            mstore(add(m, 0x460), MINUS_KAPPA_Y1_LO)
            // D.
            calldatacopy(add(m, 0x480), add(proof.offset, D_AT), 0x80)
            mstore(add(m, 0x500), MINUS_GAMMA_X0_HI)
            mstore(add(m, 0x520), MINUS_GAMMA_X0_LO)
            mstore(add(m, 0x540), MINUS_GAMMA_X1_HI)
            mstore(add(m, 0x560), MINUS_GAMMA_X1_LO)
            mstore(add(m, 0x580), MINUS_GAMMA_Y0_HI)
            mstore(add(m, 0x5a0), MINUS_GAMMA_Y0_LO)
            mstore(add(m, 0x5c0), MINUS_GAMMA_Y1_HI)
            mstore(add(m, 0x5e0), MINUS_GAMMA_Y1_LO)
            // C.
            calldatacopy(add(m, 0x600), add(proof.offset, 0x180), 0x80)
            mstore(add(m, 0x680), MINUS_DELTA_X0_HI)
            mstore(add(m, 0x6a0), MINUS_DELTA_X0_LO)
            mstore(add(m, 0x6c0), MINUS_DELTA_X1_HI)
            mstore(add(m, 0x6e0), MINUS_DELTA_X1_LO)
            mstore(add(m, 0x700), MINUS_DELTA_Y0_HI)
            mstore(add(m, 0x720), MINUS_DELTA_Y0_LO)
            mstore(add(m, 0x740), MINUS_DELTA_Y1_HI)
            mstore(add(m, 0x760), MINUS_DELTA_Y1_LO)
        }
        _call(PAIRING, m, 0x780, m, 32);
        assembly ("memory-safe") {
            holds := eq(mload(m), 1)
        }
    }
}
