
    /// The constant part of a cell of the heap, and what a cell that is set has more.
    uint256 private constant HEAP_CELL = {{heap_cell}};
    uint256 private constant SET = {{set}};

    /// The {{data_words}} words of the program's data, each after its address, both in 4 bytes.
    function _dataTable() private pure returns (bytes memory) {
        return
{{data_table}};
    }

    /// Adds to a fraction what the verifier adds for the program's data: for each word, 1/(gamma - the cell that is set to it)
    /// - 1/(gamma - the cell that is not set). This is (SET + beta word) over the product of both.
    function _data(uint256[5] memory x, uint256 numerator, uint256 denominator) private pure returns (uint256, uint256) {
        bytes memory table = _dataTable();
        assembly ("memory-safe") {
            let beta := mload(add(x, 32))
            let first := addmod(HEAP_CELL, sub(R, mload(x)), R)
            let end := add(add(table, 32), mload(table))
            for { table := add(table, 32) } lt(table, end) { table := add(table, 8) } {
                let cell := mload(table)
                // One cell less the other, and the one that is not set less gamma.
                let set := addmod(mulmod(beta, and(shr(192, cell), 0xffffffff), R), SET, R)
                let unset := addmod(mulmod(beta, mulmod(beta, shr(224, cell), R), R), first, R)
                let both := mulmod(unset, add(unset, set), R)
                numerator := addmod(mulmod(numerator, both, R), mulmod(denominator, set, R), R)
                denominator := mulmod(denominator, both, R)
            }
        }
        return (numerator, denominator);
    }
