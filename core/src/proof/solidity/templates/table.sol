    /// Bytes of an entry of the program: its operand plus 2^32 - 1, and its control bits in the last three.
    uint256 private constant ENTRY_BYTES = {{entry_bytes}};

    /// The program's {{entries}} entries, four in a line. What fills the last line is empty, or zero where
    /// the circuit's table has ended.
    function _table() private pure returns (bytes memory) {
        return
{{table}};
    }

    /// The evaluation of the program's table at rho: the sum of rho^j (bits_j + beta operand_j) over all entries of the
    /// circuit's table.
    function _program(uint256 beta, uint256 rho, bytes calldata) private pure returns (uint256 sum) {
        bytes memory table = _table();
        // The empty entries after those in the table.
        sum = _emptyEntries(rho, {{entries_after}});
        assembly ("memory-safe") {
            let bitsAt := sub(256, mul(8, ENTRY_BYTES))
            let operandAt := add(bitsAt, 24)
            // Takes from an operand what was added to it.
            let offset := sub(R, 0xffffffff)
            // Horner's rule, from the last entry. A sum of two numbers below R and one of 24 bits is below 2^256, and is
            // reduced when it is multiplied.
            for { let ptr := add(add(table, 32), mload(table)) } gt(ptr, add(table, 32)) { } {
                ptr := sub(ptr, ENTRY_BYTES)
                sum := add(add(mulmod(sum, rho, R), and(shr(bitsAt, mload(ptr)), 0xffffff)), mulmod(beta, add(shr(operandAt, mload(ptr)), offset), R))
                ptr := sub(ptr, ENTRY_BYTES)
                sum := add(add(mulmod(sum, rho, R), and(shr(bitsAt, mload(ptr)), 0xffffff)), mulmod(beta, add(shr(operandAt, mload(ptr)), offset), R))
                ptr := sub(ptr, ENTRY_BYTES)
                sum := add(add(mulmod(sum, rho, R), and(shr(bitsAt, mload(ptr)), 0xffffff)), mulmod(beta, add(shr(operandAt, mload(ptr)), offset), R))
                ptr := sub(ptr, ENTRY_BYTES)
                sum := add(add(mulmod(sum, rho, R), and(shr(bitsAt, mload(ptr)), 0xffffff)), mulmod(beta, add(shr(operandAt, mload(ptr)), offset), R))
            }
            sum := mod(sum, R)
        }
    }
