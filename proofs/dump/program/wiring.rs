//! Programs that show which word an instruction takes from where, and where it traps.

use crate::random::random_programs::{lines, word};
use crate::runs::Case;
use crate::text::{make, numbered, plain};
use provable::lang::isa::{Op, OperandKind, SPECS};
use provable::vm::Inputs;
use rand::Rng;
use rand::rngs::StdRng;

const LAST: u32 = u32::MAX;
const HALF: u32 = 1 << 31;

/// All of them.
pub fn cases(rng: &mut StdRng) -> Vec<Case> {
    let mut all = Vec::new();
    alone(&mut all);
    depths(&mut all);
    heap(&mut all);
    jumps(&mut all);
    tapes(&mut all);
    sha256(&mut all, rng);
    all
}

fn add(all: &mut Vec<Case>, text: &str, data: impl IntoIterator<Item = (u32, u32)>) {
    let program = numbered(lines(text)).with_data(data);
    all.push((program, Inputs::default()));
}

/// Sets C or clears it.
fn carry(carry: u32) -> String {
    format!("PUSH 0,SUB {carry},POP")
}

/// Every instruction on stacks of up to three words, with C set and clear.
fn alone(all: &mut Vec<Case>) {
    for spec in &SPECS {
        let operands: &[Option<u32>] = match spec.operand {
            OperandKind::None => &[None],
            OperandKind::Word | OperandKind::Target => &[Some(5)],
            _ => &[None, Some(0), Some(1), Some(7)],
        };
        for operand in operands {
            for depth in 0..=3 {
                for c in [0, 1] {
                    let mut code = lines(&carry(c));
                    code.extend((0..depth).map(|place| make(Op::Push, Some(9 - 2 * place))));
                    code.push(make(spec.op, *operand));
                    code.push(plain(Op::Nop));
                    let data = (3..12).map(|address| (address, 100 + address));
                    let inputs = Inputs {
                        public: Vec::new(),
                        secret: vec![21],
                    };
                    all.push((numbered(code).with_data(data), inputs));
                }
            }
        }
    }
}

/// DUP and SWAP at depths around that of the stack. (The proof's machine counts to a depth one by one.)
fn depths(all: &mut Vec<Case>) {
    for op in [Op::Dup, Op::Swap] {
        for n in (0..=6).map(Some).chain([None, Some(9), Some(1000)]) {
            for depth in 0..=8 {
                let mut code: Vec<_> = (0..depth).map(|word| make(Op::Push, 10 + word)).collect();
                code.push(make(op, n));
                all.push((numbered(code), Inputs::default()));
            }
        }
    }
}

/// Addresses and distances at the edges. A sum that wraps would be at a cell that holds a word.
fn heap(all: &mut Vec<Case>) {
    let sums = [
        (3, 4u32.wrapping_neg()),
        (4, 4u32.wrapping_neg()),
        (LAST, 1),
        (LAST, 0),
        (LAST - 1, 1),
        (0, LAST),
        (1, LAST),
        (HALF, HALF),
        (HALF - 1, HALF),
        (LAST, HALF),
        (0, HALF),
        (HALF, HALF - 1),
        (HALF + 1, HALF - 1),
        (5, HALF - 1),
        (5, 0),
    ];
    for (base, distance) in sums {
        let reached = base.wrapping_add(distance);
        let stored = [(LAST, 91), (0, 92), (1, 93), (base, 94), (reached, 95)];
        for text in [
            format!("PUSH {base},LOADX {distance},WRITE"),
            format!("PUSH 8,PUSH {base},PUSH 77,PUT {distance},WRITE"),
        ] {
            add(all, &text, stored);
            add(all, &text, []);
        }
    }
    for address in [0, 5, HALF - 1, HALF, LAST - 1, LAST] {
        for text in [
            format!("PUSH 6,PUSH 7,STORE {address},LOAD {address},WRITE"),
            format!("PUSH 6,PUSH 7,PUSH {address},STORE,WRITE"),
            format!("PUSH 6,PUSH {address},LOAD,WRITE"),
            format!("PUSH 6,PUSH {address},LOADX,WRITE"),
            format!("LOAD {address},WRITE"),
            format!("PUSH {address},PUSH 7,PUT,LOADX,WRITE"),
        ] {
            add(all, &text, [(address, 88)]);
            add(all, &text, []);
        }
    }
}

/// Every jump, taken and not, to and past the end; and returns.
fn jumps(all: &mut Vec<Case>) {
    const LENGTH: u32 = 10;
    for jump in ["JMP", "JZ", "JNZ", "JC", "JNC", "CALL"] {
        for target in [0, 7, 8, LENGTH - 1, LENGTH, LENGTH + 1, HALF, LAST] {
            for c in [0, 1] {
                for word in [0, 1, HALF, LAST] {
                    let carry = carry(c);
                    let text = format!(
                        "PUSH 9,{carry},PUSH {word},{jump} {target},PUSH 1,NOP,PUSH 2,PUSH 3"
                    );
                    add(all, &text, []);
                }
            }
        }
    }
    for text in [
        "CALL 2,HALT,CALL 5,PUSH 1,RET,CALL 8,PUSH 2,RET,PUSH 3,RET",
        "CALL 2,HALT,CALL 5,PUSH 1,RET,CALL 8,PUSH 2,RET,PUSH 3,RET,RET",
        "JMP 2,RET,CALL 1",
        "CALL 1,RET",
        "CALL 1,CALL 2,RET,RET",
        "CALL 1,CALL 2,CALL 3,HALT",
        "RET",
        "CALL 1",
        "JMP 2,HALT,JMP 1",
    ] {
        add(all, text, []);
    }
}

/// Endings with words that are left of the tapes, or too few.
fn tapes(all: &mut Vec<Case>) {
    for text in [
        "",
        "HALT",
        "READ",
        "READ,HALT",
        "READ,READ,WRITE,WRITE",
        "SECRET,WRITE,HALT",
        "SECRET,SECRET,SECRET,READ,WRITE,HALT",
        "READ,SECRET,SUB,WRITE,JMP 6,HALT",
        "READ,SECRET,SUB,WRITE,JMP 5,HALT",
        "PUSH 0,READ,POP,ASSERT",
        "PUSH 1,READ,POP,ASSERT",
    ] {
        for (public, secret) in [(0, 0), (1, 0), (1, 1), (2, 1), (2, 3), (3, 4)] {
            let inputs = Inputs {
                public: (0..public).map(|place| 50 + place).collect(),
                secret: (0..secret).map(|place| 70 + 3 * place).collect(),
            };
            all.push((numbered(lines(text)), inputs));
        }
    }
}

/// SHA256 of words at the edges, that overlap, or that are missing.
fn sha256(all: &mut Vec<Case>, rng: &mut StdRng) {
    let places = [
        (0, 8),
        (0, 7),
        (16, 0),
        (15, 0),
        (40, 0),
        (0, 40),
        (0, 0),
        (4, 0),
        (0, 4),
        (LAST - 7, 100),
        (LAST - 6, 100),
        (LAST, 100),
        (100, LAST - 15),
        (100, LAST - 14),
        (100, LAST),
        (LAST - 23, LAST - 15),
        (LAST - 7, LAST - 23),
    ];
    for (state, block) in places {
        let words = (0..8u32).map(|place| state.wrapping_add(place));
        let words = words.chain((0..16).map(|place| block.wrapping_add(place)));
        let data: Vec<_> = words.map(|at| (at, rng.r#gen())).collect();
        let outputs: Vec<_> = (0..8)
            .map(|place| format!("LOAD {},WRITE", state.wrapping_add(place)))
            .collect();
        let outputs = outputs.join(",");
        for text in [
            format!("PUSH 3,PUSH {state},PUSH {block},SHA256"),
            format!("PUSH {state},PUSH {block},SHA256,PUSH {block},SHA256"),
            format!("PUSH {state},PUSH {block},SHA256,POP,{outputs}"),
        ] {
            add(all, &text, data.iter().copied());
        }
    }
    for missing in [0, 3, 7, 8, 15, 23] {
        let present = (0..24).filter(|at| *at != missing);
        let data: Vec<_> = present.map(|at| (at, word(rng))).collect();
        add(all, "PUSH 0,PUSH 8,SHA256", data);
    }
}
