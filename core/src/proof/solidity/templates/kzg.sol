    /// EIP-4844's precompile that evaluates a committed polynomial, and how many coefficients it speaks of.
    uint256 private constant POINT_EVALUATION = 0x0a;
    uint256 private constant COEFFICIENTS = 4096;
    uint256 private constant EVALUATION_AT = 672;
    uint256 private constant OPENING_AT = 704;

    // Commitments, by the powers of the public ceremony of EIP-4844, to the program's {{entries}} entries as coefficients:
    // to their control bits less those of an empty entry, and to their operands.
{{commitments}}

    /// The evaluation of the program's table at rho: the sum of rho^j (bits_j + beta operand_j) over all entries of the
    /// circuit's table. The prover says what it is, and the precompile checks it against the commitment: this holds as long
    /// as nobody knows the secret of EIP-4844's ceremony.
    function _program(uint256 beta, uint256 rho, bytes calldata proof) private view returns (uint256) {
        uint256 m;
        uint256 flags;
        uint256 yLo;
        assembly ("memory-safe") {
            m := mload(0x40)
            mstore(m, OPERANDS_X_HI)
            mstore(add(m, 0x020), OPERANDS_X_LO)
            mstore(add(m, 0x040), OPERANDS_Y_HI)
            mstore(add(m, 0x060), OPERANDS_Y_LO)
            mstore(add(m, 0x080), beta)
        }
        _call(G1_MSM, m, 0xa0, m, 128);
        assembly ("memory-safe") {
            mstore(add(m, 0x080), BITS_X_HI)
            mstore(add(m, 0x0a0), BITS_X_LO)
            mstore(add(m, 0x0c0), BITS_Y_HI)
            mstore(add(m, 0x0e0), BITS_Y_LO)
        }
        // The commitment to bits + beta operand.
        _call(G1_ADD, m, 0x100, m, 128);
        assembly ("memory-safe") {
            flags := mload(add(m, 0x040))
            yLo := mload(add(m, 0x060))
        }
        flags = _flags(flags, yLo);
        assembly ("memory-safe") {
            // The precompile takes: versioned hash, rho, the evaluation, the commitment and the opening, both compressed.
            let xLo := mload(add(m, 0x020))
            mstore(add(m, 0x060), shl(128, or(mload(m), flags)))
            mstore(add(m, 0x070), xLo)
        }
        _call(SHA_256, m + 0x60, 48, m, 32);
        assembly ("memory-safe") {
            mstore8(m, 1)
            mstore(add(m, 0x020), rho)
            calldatacopy(add(m, 0x040), add(proof.offset, EVALUATION_AT), 32)
            calldatacopy(add(m, 0x090), add(proof.offset, OPENING_AT), 48)
        }
        _call(POINT_EVALUATION, m, 0xc0, m + 0xc0, 64);
        uint256 evaluation;
        bool ok;
        assembly ("memory-safe") {
            // It returns its two constants, which also says that it is this precompile.
            ok := and(eq(mload(add(m, 0x0c0)), COEFFICIENTS), eq(mload(add(m, 0x0e0)), R))
            evaluation := mload(add(m, 0x040))
        }
        if (!ok) revert PrecompileFailed(POINT_EVALUATION);
        return addmod(evaluation, _emptyEntries(rho, CAPACITY), R);
    }
