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
    // Where NOP stands between them, PUSH and an operation are two rows.
    (
        "apart",
        "PUSH 7,PUSH 3,NOP,ADD,PUSH 9,NOP,SUB,PUSH 3,NOP,MUL,PUSH 5,NOP,MULHI,PUSH 9,NOP,ROTL,PUSH 7,NOP,LT,PUSH 1,NOP,OR",
        &[],
        &[],
    ),
    (
        "divide apart",
        "PUSH 100,PUSH 7,NOP,DIV,PUSH 3,NOP,MOD,PUSH 9,NOP,SHL,PUSH 31,NOP,SHR,PUSH 5,NOP,AND,PUSH 7,NOP,XOR,PUSH 7,NOP,EQ,PUSH 2,NOP,GT",
        &[],
        &[],
    ),
    (
        "immediate",
        "PUSH 4294967295,ADD 2,SUB 5,MUL 65537,MULHI 3,DIV 2,MOD 7,SHL 4,SHR 1,AND 15,OR 3,XOR 5,EQ 9,LT 4,GT 0",
        &[],
        &[],
    ),
    (
        "rotate",
        "PUSH 2147483649,ROTL 1,ROTR 3,PUSH 5,NOP,ROTR,PUSH 9,NOP,ROTL,ROTL 0,ROTR 0",
        &[],
        &[],
    ),
    (
        "copies",
        "PUSH 5,DUP 0,ADD 3,DUP 0,SUB 9,DUP 0,MUL 7,DUP 0,PUSH 4,LT,DUP 0,NOT,ADD",
        &[],
        &[],
    ),
    (
        "rotate by shifts",
        "PUSH 5,DUP 0,SHL 31,SWAP 1,SHR 1,OR,DUP 0,SHR 5,DUP 1,SHL 27,XOR,DUP 1,SHL 3,DUP 2,SHR 29,ADD,JC 0,DUP 0,DUP 0,SHL 5,SWAP 1,SHR 27,ADD",
        &[],
        &[],
    ),
    (
        "tee",
        "PUSH 7,DUP 0,STORE 3,ADD 1,STORE 4,LOAD 4,LOAD 3,ADD,DUP 0,PUSH 5,STORE,PUSH 5,LOAD,PUSH 3,STORE",
        &[],
        &[],
    ),
    (
        "distances",
        "PUSH 100,PUSH 7,PUT 2,PUSH 8,PUT 4294967295,PUSH 9,PUT,LOAD,PUSH 98,LOADX 1,PUSH 99,LOADX 3,PUSH 100,NOP,LOAD",
        &[],
        &[],
    ),
    (
        "computed stores",
        "PUSH 9,PUSH 7,DUP 1,STORE,PUSH 8,SWAP 1,STORE,PUSH 9,PUSH 5,NOP,STORE,LOAD 9,LOAD 5,STORE,LOAD 9,PUSH 3,DUP 1,STORE",
        &[],
        &[],
    ),
    (
        "zero tests",
        "PUSH 0,EQ 0,JNZ 4,HALT,PUSH 3,EQ 0,JZ 8,HALT,PUSH 0,EQ 0,ASSERT,PUSH 1,POP,JMP 15,HALT,PUSH 1,SWAP 0,PUSH 3,SWAP 1,LT,PUSH 8,PUSH 9,SWAP 1,GT",
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
