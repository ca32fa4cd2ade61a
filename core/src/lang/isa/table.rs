//! The rows of the instruction table.

use super::op::{Carry, Carry::Kept, Carry::Set, Effect, Op, OperandKind, OperandKind::*, Spec};

#[allow(clippy::too_many_arguments)]
const fn row(
    op: Op,
    mnemonic: &'static str,
    operand: OperandKind,
    needs: u64,
    change: i64,
    stack: &'static str,
    carry: Carry,
    summary: &'static str,
    traps: &'static str,
) -> Spec {
    Spec {
        op,
        mnemonic,
        operand,
        effect: Effect { needs, change },
        stack,
        carry,
        summary,
        traps,
    }
}

/// Every instruction, in the order of [`Op`]'s variants.
#[rustfmt::skip]
pub static SPECS: [Spec; 39] = [
    row(Op::Push, "PUSH", Word, 0, 1, "( -- n )", Kept, "Pushes the operand.", ""),
    row(Op::Pop, "POP", None, 1, -1, "( a -- )", Kept, "Drops the top word.", ""),
    row(Op::Dup, "DUP", OptionalDepth(0), 1, 1, "( -- copy )", Kept, "Pushes a copy of the n-th word below the top; n is 0 if not given.", ""),
    row(Op::Swap, "SWAP", OptionalDepth(1), 2, 0, "( a b -- b a )", Kept, "Exchanges the top word with the n-th word below it; n is 1 if not given.", ""),
    row(Op::Add, "ADD", OptionalWord, 2, -1, "( a b -- a+b )", Set, "Adds modulo 2^32; C is the carry out.", ""),
    row(Op::Sub, "SUB", OptionalWord, 2, -1, "( a b -- a-b )", Set, "Subtracts modulo 2^32; C is the borrow (a < b).", ""),
    row(Op::Mul, "MUL", OptionalWord, 2, -1, "( a b -- a*b )", Set, "Multiplies modulo 2^32; C says that the product did not fit.", ""),
    row(Op::Div, "DIV", OptionalWord, 2, -1, "( a b -- a/b )", Kept, "Divides, rounding down.", "b = 0"),
    row(Op::Mod, "MOD", OptionalWord, 2, -1, "( a b -- a mod b )", Kept, "Leaves the remainder of the division.", "b = 0"),
    row(Op::And, "AND", OptionalWord, 2, -1, "( a b -- a&b )", Kept, "Bitwise and.", ""),
    row(Op::Or, "OR", OptionalWord, 2, -1, "( a b -- a|b )", Kept, "Bitwise or.", ""),
    row(Op::Xor, "XOR", OptionalWord, 2, -1, "( a b -- a^b )", Kept, "Bitwise exclusive or.", ""),
    row(Op::Not, "NOT", None, 1, 0, "( a -- ~a )", Kept, "Inverts every bit.", ""),
    row(Op::Shl, "SHL", OptionalWord, 2, -1, "( a n -- a<<n )", Kept, "Shifts left by n bits; what leaves the word is lost.", "n >= 32"),
    row(Op::Shr, "SHR", OptionalWord, 2, -1, "( a n -- a>>n )", Kept, "Shifts right by n bits, filling with zeros.", "n >= 32"),
    row(Op::Eq, "EQ", OptionalWord, 2, -1, "( a b -- a=b )", Kept, "Leaves 1 if the words are equal, else 0.", ""),
    row(Op::Lt, "LT", OptionalWord, 2, -1, "( a b -- a<b )", Kept, "Leaves 1 if a is less than b, unsigned, else 0.", ""),
    row(Op::Gt, "GT", OptionalWord, 2, -1, "( a b -- a>b )", Kept, "Leaves 1 if a is greater than b, unsigned, else 0.", ""),
    row(Op::Jmp, "JMP", Target, 0, 0, "( -- )", Kept, "Continues at the target.", "the target is outside the program"),
    row(Op::Jz, "JZ", Target, 1, -1, "( a -- )", Kept, "Continues at the target if a = 0.", "a = 0 and the target is outside the program"),
    row(Op::Jnz, "JNZ", Target, 1, -1, "( a -- )", Kept, "Continues at the target if a is not 0.", "a is not 0 and the target is outside the program"),
    row(Op::Jc, "JC", Target, 0, 0, "( -- )", Kept, "Continues at the target if C is set.", "C is set and the target is outside the program"),
    row(Op::Jnc, "JNC", Target, 0, 0, "( -- )", Kept, "Continues at the target if C is clear.", "C is clear and the target is outside the program"),
    row(Op::Call, "CALL", Target, 0, 0, "( -- )", Kept, "Continues at the target and remembers where to come back to.", "the target is outside the program"),
    row(Op::Ret, "RET", None, 0, 0, "( -- )", Kept, "Continues after the CALL that was made last.", "no CALL is open"),
    row(Op::Load, "LOAD", OptionalAddress, 0, 1, "( -- v ) with an address, else ( addr -- v )", Kept, "Pushes the heap's word at the address.", "nothing was ever stored at the address"),
    row(Op::Store, "STORE", OptionalAddress, 1, -1, "( v -- ) with an address, else ( v addr -- )", Kept, "Stores v in the heap at the address.", ""),
    row(Op::Read, "READ", None, 0, 1, "( -- w )", Kept, "Pushes the next word of the public input.", "no word is left"),
    row(Op::Secret, "SECRET", None, 0, 1, "( -- w )", Kept, "Pushes the next word of the secret input.", "no word is left"),
    row(Op::Write, "WRITE", None, 1, -1, "( a -- )", Kept, "Appends a to the public output.", ""),
    row(Op::Assert, "ASSERT", None, 1, -1, "( a -- )", Kept, "Does nothing if a is not 0.", "a = 0"),
    row(Op::Nop, "NOP", None, 0, 0, "( -- )", Kept, "Does nothing.", ""),
    row(Op::Halt, "HALT", None, 0, 0, "( -- )", Kept, "Ends the run.", ""),
    row(Op::Rotl, "ROTL", OptionalWord, 2, -1, "( a n -- r )", Kept, "Rotates left by n bits; what leaves the word on the left comes back on the right.", "n >= 32"),
    row(Op::Rotr, "ROTR", OptionalWord, 2, -1, "( a n -- r )", Kept, "Rotates right by n bits; what leaves the word on the right comes back on the left.", "n >= 32"),
    row(Op::Mulhi, "MULHI", OptionalWord, 2, -1, "( a b -- h )", Kept, "Leaves the high word of the product: a*b / 2^32, rounded down.", ""),
    row(Op::Loadx, "LOADX", OptionalOffset, 1, 0, "( a -- v )", Kept, "Replaces a by the heap's word at the address a+n; n is signed, and 0 if not given.", "a+n is no address, or nothing was ever stored there"),
    row(Op::Put, "PUT", OptionalOffset, 2, -1, "( a v -- a )", Kept, "Stores v in the heap at the address a+n, and leaves a; n is signed, and 0 if not given.", "a+n is no address"),
    row(Op::Sha256, "SHA256", None, 2, -1, "( state block -- state )", Kept, "Replaces the 8 words of the heap at the address state by the SHA-256 compression of the 16 words at the address block under them.", "one of the 24 words was never stored, or two of them have one address, or one is past the last address"),
];
