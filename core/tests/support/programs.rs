//! Programs that use every instruction, for the tests of the circuit and of proofs.

use provable::lang::isa::Op;
use provable::lang::program::{Instruction, Program};

/// Name, program, public input, secret input. Each instruction appears, with its operand and without it.
pub const PROGRAMS: &[(&str, &str, &[u32], &[u32])] = &[
    ("empty", "", &[], &[]),
    (
        "seed",
        "PUSH 10,PUSH 20,ADD,STORE 0,LOAD 0,PUSH 5,ADD,HALT",
        &[],
        &[],
    ),
    (
        "stack",
        "PUSH 1,PUSH 2,PUSH 3,DUP 0,DUP 1,DUP 3,SWAP 0,SWAP 1,SWAP 3,POP,POP,NOP",
        &[],
        &[],
    ),
    (
        "adder",
        "PUSH 4294967295,PUSH 2,ADD,PUSH 5,SUB,PUSH 7,PUSH 3,SUB,HALT",
        &[],
        &[],
    ),
    (
        "compare",
        "PUSH 3,PUSH 3,EQ,PUSH 1,LT,PUSH 9,GT,PUSH 8,PUSH 2,GT,PUSH 4,PUSH 5,LT,PUSH 1,EQ",
        &[],
        &[],
    ),
    (
        "multiply",
        "PUSH 65536,PUSH 65537,MUL,PUSH 7,MUL,PUSH 3,MUL,HALT",
        &[],
        &[],
    ),
    (
        "divide",
        "PUSH 100,PUSH 7,DIV,PUSH 100,PUSH 7,MOD,PUSH 9,SHL,PUSH 31,SHR",
        &[],
        &[],
    ),
    (
        "bits",
        "PUSH 3735928559,PUSH 305419896,AND,PUSH 252645135,OR,PUSH 4042322160,XOR,NOT,HALT",
        &[],
        &[],
    ),
    (
        "jumps",
        "PUSH 0,JZ 3,HALT,PUSH 1,JZ 2,PUSH 1,JNZ 8,HALT,PUSH 0,JNZ 7,JMP 11,HALT",
        &[],
        &[],
    ),
    (
        "carries",
        "PUSH 1,PUSH 2,SUB,JC 5,HALT,JNC 4,PUSH 1,ADD,JC 10,HALT,PUSH 0,PUSH 0,ADD,JNC 15,HALT,JC 14",
        &[],
        &[],
    ),
    (
        "calls",
        "CALL 3,CALL 3,HALT,PUSH 4,CALL 7,POP,RET,PUSH 9,POP,RET",
        &[],
        &[],
    ),
    ("open call", "CALL 2,HALT,PUSH 1", &[], &[]),
    (
        "heap",
        "PUSH 7,PUSH 4000000000,STORE,PUSH 4000000000,LOAD,PUSH 3,STORE,LOAD 3",
        &[],
        &[],
    ),
    (
        "heap computed",
        "PUSH 5,PUSH 9,PUSH 4000000000,STORE,PUSH 4000000000,LOAD,STORE 1,PUSH 2,STORE 1,LOAD 1",
        &[],
        &[],
    ),
    (
        "tapes",
        "READ,READ,SECRET,ADD,WRITE,WRITE,SECRET,POP,PUSH 1,ASSERT",
        &[5, 6],
        &[7, 8, 9],
    ),
];

/// Assembles lines that are separated by commas. A line is a mnemonic, and an operand that is a number.
pub fn assemble(text: &str) -> Program {
    let lines = text.split(',').filter(|line| !line.is_empty());
    Program::new(lines.enumerate().map(|(index, line)| {
        let mut words = line.split(' ');
        let op = Op::from_mnemonic(words.next().unwrap()).unwrap();
        let operand = words.next().map(|word| word.parse().unwrap());
        (Instruction { op, operand }, index as u32 + 1)
    }))
}
